"""The words in which a figure is addressed: basis, scope and the ways to break it down."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Basis(TextChoices):
    """Under which units a figure stands."""

    AS_FILED = "as_filed", _("Units of the time")
    CURRENT = "current", _("Units of today")


class Scope(TextChoices):
    """Whether the units below are in it. The two are kept apart and never mixed."""

    OWN = "own", _("The unit itself")
    SUBTREE = "subtree", _("With all units below")


class Dimension(TextChoices):
    """What a measure is broken down by; ``none`` is its total."""

    NONE = "none", _("Total")
    FIELD = "field", _("By field")
    LEVEL = "level", _("By level")
    KIND = "kind", _("By kind")
    SUBJECT = "subject", _("By subject")
    TIER = "tier", _("By tier of the granting body")


class Why(TextChoices):
    """Why a year was computed."""

    ASKED = "asked", _("Asked for")
    CHANGE = "change", _("Something changed")
    NIGHTLY = "nightly", _("Every night")
    COMMAND = "command", _("By command")
    CLOSING = "closing", _("Closing of the year")


class RunState(TextChoices):
    """What became of a computation."""

    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CUT_OFF = "cut_off", _("Cut off")


class CorrectionState(TextChoices):
    """Where a request to change a closed year stands."""

    ASKED = "asked", pgettext_lazy("correction", "Waiting for a decision")
    APPROVED = "approved", pgettext_lazy("correction", "Approved")
    DECLINED = "declined", pgettext_lazy("correction", "Declined")
