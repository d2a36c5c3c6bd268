"""The words in which a figure is addressed: basis, scope and the ways to break it down."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
