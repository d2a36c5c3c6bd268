"""The words of fair review: sheets, notes, sessions of a council and how far each has come."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from models_registry.states import Act as RegistryAct


class SheetState(TextChoices):
    """How far a score sheet has come."""

    DRAFT = "draft", _("Being written")
    HANDED_IN = "handed_in", _("Handed in")


class Visibility(TextChoices):
    """Who reads a note."""

    ME = "me", _("Only me")
    REVIEWERS = "reviewers", _("Reviewers in scope")
    UNIT = "unit", _("Reviewers and the unit")


class SessionState(TextChoices):
    """How far a session of the council has come."""

    PLANNED = "planned", _("Planned")
    HELD = "held", _("Being held")
    CLOSED = "closed", _("Closed")


SESSION_MOVES = {
    "hold": (SessionState.PLANNED, SessionState.HELD),
    "close": (SessionState.HELD, SessionState.CLOSED),
}
"""What leads a session from where to where."""


class Part(TextChoices):
    """What somebody is in a session."""

    CHAIR = "chair", _("Chair")
    MEMBER = "member", _("Member")
    SECRETARY = "secretary", _("Secretary")


class Verdict(TextChoices):
    """What the council concludes on one registration."""

    RECOGNISE = "recognise", _("Recognise")
    REFUSE = "refuse", _("Do not recognise")

    def act_on(self, *, proposed: bool) -> RegistryAct:
        """Return the registry's act that this is: at the own level, or on the proposal that waits."""
        if self is Verdict.RECOGNISE:
            return RegistryAct.ACCEPT_PROPOSAL if proposed else RegistryAct.RECOGNISE
        return RegistryAct.DECLINE_PROPOSAL if proposed else RegistryAct.REFUSE
