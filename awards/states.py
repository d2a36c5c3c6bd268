"""The whole workflow of a decision on one screen: its states, acts and moves, and the words around them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class GrantingTier(TextChoices):
    """The tier of the body that grants an award.

    The tiers of the unit tree, and above them the state (the Prime Minister): the city keeps those decisions.
    """

    COMMUNE = "commune", _("Commune tier")
    COMMITTEE = "committee", _("Committee directly under the city")
    DISTRICT = "district", _("District tier")
    CITY = "city", _("City tier")
    STATE = "state", _("State tier")


class RecipientKind(TextChoices):
    """Who receives an award (Law 06/2022/QH15, article 2)."""

    COLLECTIVE = "collective", _("Collective")
    INDIVIDUAL = "individual", _("Individual")
    HOUSEHOLD = "household", _("Household")


class DecisionState(TextChoices):
    """Where a decision stands."""

    DRAFT = "draft", pgettext_lazy("decision", "Draft")
    ISSUED = "issued", pgettext_lazy("decision", "Issued")
    REVOKED = "revoked", pgettext_lazy("decision", "Revoked")


class AwardState(TextChoices):
    """What is true of an award; it says something only once its decision is issued."""

    VALID = "valid", pgettext_lazy("award", "Valid")
    CORRECTED = "corrected", pgettext_lazy("award", "Corrected")
    REVOKED = "revoked", pgettext_lazy("award", "Revoked")


class AmendmentKind(TextChoices):
    """Why a decision names an earlier one."""

    CORRECTION = "correction", _("Correction")
    REVOCATION = "revocation", _("Revocation")


class Act(TextChoices):
    """What is done to a decision; each is one step of its timeline and one entry of the audit log."""

    DRAFT = "draft", pgettext_lazy("decision", "Drafted")
    ISSUE = "issue", pgettext_lazy("decision", "Issued")
    CORRECT = "correct", pgettext_lazy("decision", "Awards corrected")
    REVOKE_AWARDS = "revoke_awards", pgettext_lazy("decision", "Awards revoked")
    REVOKE = "revoke", pgettext_lazy("decision", "Revoked")
    LOAD = "load", pgettext_lazy("decision", "Loaded from a register")


MOVES: dict[Act, dict[str, str]] = {
    Act.DRAFT: {"": DecisionState.DRAFT},
    Act.ISSUE: {DecisionState.DRAFT: DecisionState.ISSUED},
    Act.CORRECT: {DecisionState.ISSUED: DecisionState.ISSUED},
    Act.REVOKE_AWARDS: {DecisionState.ISSUED: DecisionState.ISSUED},
    Act.REVOKE: {DecisionState.ISSUED: DecisionState.REVOKED},
    Act.LOAD: {"": DecisionState.ISSUED},
}
"""Act → state before → state after. The empty state is that of a decision not yet there."""

DECIDED = (DecisionState.ISSUED, DecisionState.REVOKED)
"""The states of decisions that were issued: public for ever, and never changed in content."""
