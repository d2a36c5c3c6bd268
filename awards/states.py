"""The whole workflow of a nomination and of a decision on one screen: states, acts and moves, and the words around them."""

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


class NominationState(TextChoices):
    """Where a nomination (đề nghị khen thưởng) stands."""

    PROPOSED = "proposed", pgettext_lazy("nomination", "In preparation")
    SUBMITTED = "submitted", pgettext_lazy("nomination", "Submitted")
    RETURNED = "returned", pgettext_lazy("nomination", "Returned")
    EXAMINED = "examined", pgettext_lazy("nomination", "Examined")
    APPROVED = "approved", pgettext_lazy("nomination", "Approved")
    DECLINED = "declined", pgettext_lazy("nomination", "Declined")
    IN_DECISION = "in_decision", pgettext_lazy("nomination", "In a decision")
    WITHDRAWN = "withdrawn", pgettext_lazy("nomination", "Withdrawn")


class NominationAct(TextChoices):
    """What is done to a nomination; each is one step of its timeline and one entry of the audit log."""

    PROPOSE = "propose", pgettext_lazy("nomination", "Proposed")
    CHANGE = "change", pgettext_lazy("nomination", "Changed")
    SUBMIT = "submit", pgettext_lazy("nomination", "Submitted")
    WITHDRAW = "withdraw", pgettext_lazy("nomination", "Withdrawn")
    RETURN = "return", pgettext_lazy("nomination", "Returned for completion")
    EXAMINE = "examine", pgettext_lazy("nomination", "Examined")
    APPROVE = "approve", pgettext_lazy("nomination", "Approved")
    DECLINE = "decline", pgettext_lazy("nomination", "Declined")
    DRAW = "draw", pgettext_lazy("nomination", "Put into a decision")
    GIVE_BACK = "give_back", pgettext_lazy("nomination", "Given back from a draft decision")


NOMINATION_MOVES: dict[NominationAct, dict[str, str]] = {
    NominationAct.PROPOSE: {"": NominationState.PROPOSED},
    NominationAct.CHANGE: {
        NominationState.PROPOSED: NominationState.PROPOSED,
        NominationState.RETURNED: NominationState.RETURNED,
    },
    NominationAct.SUBMIT: dict.fromkeys(
        [NominationState.PROPOSED, NominationState.RETURNED], NominationState.SUBMITTED
    ),
    NominationAct.WITHDRAW: dict.fromkeys(
        [NominationState.PROPOSED, NominationState.SUBMITTED, NominationState.RETURNED],
        NominationState.WITHDRAWN,
    ),
    NominationAct.RETURN: dict.fromkeys(
        [NominationState.SUBMITTED, NominationState.EXAMINED, NominationState.APPROVED],
        NominationState.RETURNED,
    ),
    NominationAct.EXAMINE: dict.fromkeys(
        [NominationState.SUBMITTED, NominationState.EXAMINED], NominationState.EXAMINED
    ),
    NominationAct.APPROVE: {NominationState.EXAMINED: NominationState.APPROVED},
    NominationAct.DECLINE: {NominationState.EXAMINED: NominationState.DECLINED},
    NominationAct.DRAW: {NominationState.APPROVED: NominationState.IN_DECISION},
    NominationAct.GIVE_BACK: {NominationState.IN_DECISION: NominationState.APPROVED},
}
"""Act → state before → state after. The empty state is that of a nomination not yet there."""

IN_HAND = (NominationState.PROPOSED, NominationState.RETURNED)
"""With whoever proposes: may be changed, and is to be submitted."""

TO_JUDGE = (NominationState.SUBMITTED, NominationState.EXAMINED)
"""With the body that grants: examined by votes, then approved or declined."""

CLOSED = (NominationState.DECLINED, NominationState.WITHDRAWN)
"""Nothing comes of these; the same may be proposed again."""

DECIDED_ON = (NominationState.APPROVED, NominationState.DECLINED, NominationState.IN_DECISION)
"""The body that grants has decided: the papers on which it did stay on file."""

JUDGING = (
    NominationAct.RETURN,
    NominationAct.EXAMINE,
    NominationAct.APPROVE,
    NominationAct.DECLINE,
)
"""Acts that nobody takes on what they typed or submitted."""


class WarningCode(TextChoices):
    """What is told before approval, and acknowledged in words; see ``warnings``."""

    SAME_ACHIEVEMENT = "same_achievement", _("The same achievement was already awarded")
    SAME_FORM_THIS_YEAR = "same_form_this_year", _("Already awarded this form this year")
    NOT_RECOGNISED = "not_recognised", _("The registration is not recognised")
    TOO_FEW_VOTES = "too_few_votes", _("Fewer votes than the catalogue asks for")
    UNIT_ENDED = "unit_ended", _("The unit is no longer in force")
    FORM_ENDED = "form_ended", _("The form of award is no longer in the catalogue")


BLOCKING = (WarningCode.UNIT_ENDED, WarningCode.FORM_ENDED)
"""No words help: no award to a dissolved unit, none of a form that nobody grants any more."""


class DossierPart(TextChoices):
    """The papers of a nomination."""

    PROPOSAL = "proposal", _("Submission letter")
    REPORT = "report", _("Report of achievements")
    MINUTES = "minutes", _("Minutes of the examination")
    OTHER = "other", pgettext_lazy("paper", "Other paper")


REQUIRED_PARTS = (DossierPart.PROPOSAL, DossierPart.REPORT, DossierPart.MINUTES)
"""Without these signed on file a dossier is not complete; what is missing is shown, and stops nobody."""


class Border(TextChoices):
    """The frame of a certificate."""

    NONE = "none", pgettext_lazy("border", "None")
    SINGLE = "single", pgettext_lazy("border", "One line")
    DOUBLE = "double", pgettext_lazy("border", "Two lines")
    ORNATE = "ornate", pgettext_lazy("border", "Three lines with corners")


class Variant(TextChoices):
    """What paper a certificate is for."""

    FULL = "full", _("Blank paper: everything is printed")
    OVERLAY = "overlay", _("Pre-printed paper: only the words")
