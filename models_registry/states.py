"""The registry's words and its whole workflow: what may happen to a registration, from where to where, and by whom."""

from enum import Enum, nonmember
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class State(TextChoices):
    """Where a registration stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    RETURNED = "returned", _("Returned")
    WITHDRAWN = "withdrawn", _("Withdrawn")
    DECLINED = "declined", _("Declined")
    ACCEPTED = "accepted", _("Accepted, being carried out")
    REPORTED = "reported", _("Results reported")
    REPORT_RETURNED = "report_returned", _("Report returned")
    RECOGNISED = "recognised", _("Recognised")
    NOT_RECOGNISED = "not_recognised", _("Not recognised")

    ACCEPTED_ON = nonmember(
        frozenset({"accepted", "reported", "report_returned", "recognised", "not_recognised"})
    )
    """Accepted, and all that follows: on the list of the campaign."""

    PUBLIC = nonmember(ACCEPTED_ON)
    """What anybody may read."""

    REGISTERED = nonmember(ACCEPTED_ON | {"submitted", "returned"})
    """Submitted and neither withdrawn nor declined: what the measure *registered* counts."""

    REPORTED_ON = nonmember(frozenset({"reported", "report_returned", "recognised", "not_recognised"}))
    """Results were handed in at least once."""

    TO_REVIEW = nonmember(frozenset({"submitted", "reported"}))
    """The reviewer's turn."""

    SENT_BACK = nonmember(frozenset({"returned", "report_returned"}))
    """Back with the unit, with a reason."""

    TO_FILE = nonmember(frozenset({"draft", "returned", "accepted", "report_returned"}))
    """The unit's turn."""

    OPEN = nonmember(TO_REVIEW | TO_FILE)
    """Somebody still has to act before the year can close."""

    DECIDED = nonmember(frozenset({"withdrawn", "declined", "recognised", "not_recognised"}))
    """The year's review has come to its end."""

    APPRAISED = nonmember(frozenset({"recognised", "not_recognised"}))
    """The appraisal is over: only the outcome of the year is left to be set."""

    RENEWABLE = nonmember(frozenset({"accepted", "recognised", "not_recognised"}))
    """From here a model can go on into the next campaign."""


INITIAL = State.DRAFT


class Kind(TextChoices):
    """What is registered."""

    MODEL = "model", _("Model")
    EXAMPLE = "example", _("Example")
    WORK = "work", _("Public work")


class Subject(TextChoices):
    """Who registers."""

    COLLECTIVE = "collective", _("Collective")
    INDIVIDUAL = "individual", _("Individual")


class WorkField(TextChoices):
    """The four fields of the movement."""

    POLITICAL_SYSTEM = "political_system", _("Building the political system")
    ECONOMY = "economy", _("Economic development")
    CULTURE_SOCIETY = "culture_society", _("Culture and society")
    DEFENCE_SECURITY = "defence_security", _("National defence and security")


class Level(TextChoices):
    """At which level a model is registered or recognised; declared from the lowest to the highest."""

    GRASSROOTS = "grassroots", _("Grassroots")
    INTERMEDIATE = "intermediate", _("Intermediate")
    CITY = "city", _("City")

    @property
    def rank(self) -> int:
        """Return the place from below, starting with 0."""
        return list(Level).index(self)

    def is_above(self, other: str) -> bool:
        """Tell whether this level stands above ``other``."""
        return self.rank > Level(other).rank


class Novelty(TextChoices):
    """Whether this year is the model's first."""

    NEW = "new", _("New")
    MAINTAINED = "maintained", _("Maintained")


class Outcome(TextChoices):
    """What the end of the year concludes about a model."""

    REPLICATE = "replicate", _("Replicate")
    MAINTAIN = "maintain", _("Maintain")
    STRENGTHEN = "strengthen", _("Strengthen")
    END = "end", _("End")

    GOES_ON = nonmember(frozenset({"replicate", "maintain", "strengthen"}))
    """The model can be renewed into the next campaign."""


class Stage(TextChoices):
    """The dated windows of a campaign."""

    REGISTRATION = "registration", _("Registration")
    MID_YEAR = "mid_year", _("Mid-year report")
    RESULTS = "results", _("Results")
    APPRAISAL = "appraisal", _("Appraisal")
    RECOGNITION = "recognition", _("Recognition")


class ProposalState(TextChoices):
    """Where a proposal to the level above stands."""

    PENDING = "pending", _("Waiting")
    ACCEPTED = "accepted", _("Accepted")
    DECLINED = "declined", _("Declined")


class Act(TextChoices):
    """What somebody can do to a registration. The labels read as what was done, in a timeline."""

    SUBMIT = "submit", _("Submitted")
    WITHDRAW = "withdraw", _("Withdrawn")
    RETURN = "return", _("Returned for completion")
    RESUBMIT = "resubmit", _("Submitted again")
    ACCEPT = "accept", _("Accepted")
    DECLINE = "decline", _("Declined")
    REPORT = "report", _("Results reported")
    RETURN_REPORT = "return_report", _("Report returned for completion")
    RESUBMIT_REPORT = "resubmit_report", _("Results reported again")
    RECOGNISE = "recognise", _("Recognised")
    REFUSE = "refuse", _("Not recognised")
    PROPOSE = "propose", _("Proposed upward")
    ACCEPT_PROPOSAL = "accept_proposal", _("Proposal accepted")
    DECLINE_PROPOSAL = "decline_proposal", _("Proposal declined")
    CONCLUDE = "conclude", _("Outcome of the year set")
    RENEW = "renew", _("Renewed")

    RETURNS = nonmember(frozenset({"return", "return_report"}))
    """Sending back to the unit, with a reason, remarks and a due date."""

    HANDS_IN = nonmember(frozenset({"submit", "resubmit", "report", "resubmit_report"}))
    """The unit gives it out of its hands, having read the whole through."""

    COMES_BACK = nonmember(frozenset({"resubmit", "resubmit_report"}))
    """Back from the unit, mended; the reviewer sees what changed."""

    NEED_REASON = nonmember(frozenset({"return", "return_report", "decline", "refuse", "decline_proposal"}))
    """Whoever says no says why."""

    DECIDES_PROPOSAL = nonmember(frozenset({"accept_proposal", "decline_proposal"}))
    """The answer to a proposal of the level below."""

    CONCLUDES_APPRAISAL = nonmember(frozenset({"recognise", "refuse", "accept_proposal"}))
    """In the window of recognition only."""


class By(Enum):
    """Whose act it is. Which tier "the level" means on which day is data: ``DecidingTier``."""

    UNIT = "unit"
    """The officials of the unit that answers for the registration."""

    LEVEL = "level"
    """Whoever decides at the level at which the model is registered."""

    RECOGNISER = "recogniser"
    """Whoever decides at the highest level that has recognised the model."""

    PROPOSED_LEVEL = "proposed_level"
    """Whoever decides at the level to which the model is proposed."""


class Move(NamedTuple):
    """One line of the workflow."""

    sources: frozenset[str]
    target: State | None
    """The state afterwards; None leaves the registration where it stands."""
    by: By
    perm: str


def _move(sources: str, target: State | None, by: By, perm: str) -> Move:
    return Move(frozenset(State(source) for source in sources.split()), target, by, f"models_registry.{perm}")


MOVES: dict[Act, Move] = {
    Act.SUBMIT: _move("draft", State.SUBMITTED, By.UNIT, "submit_registration"),
    Act.WITHDRAW: _move("submitted returned", State.WITHDRAWN, By.UNIT, "withdraw_registration"),
    Act.RETURN: _move("submitted", State.RETURNED, By.LEVEL, "return_registration"),
    Act.RESUBMIT: _move("returned", State.SUBMITTED, By.UNIT, "resubmit_registration"),
    Act.ACCEPT: _move("submitted", State.ACCEPTED, By.LEVEL, "accept_registration"),
    Act.DECLINE: _move("submitted", State.DECLINED, By.LEVEL, "decline_registration"),
    Act.REPORT: _move("accepted", State.REPORTED, By.UNIT, "report_registration"),
    Act.RETURN_REPORT: _move("reported", State.REPORT_RETURNED, By.LEVEL, "return_report"),
    Act.RESUBMIT_REPORT: _move("report_returned", State.REPORTED, By.UNIT, "resubmit_report"),
    Act.RECOGNISE: _move("reported", State.RECOGNISED, By.LEVEL, "recognise_registration"),
    Act.REFUSE: _move("reported", State.NOT_RECOGNISED, By.LEVEL, "refuse_registration"),
    Act.PROPOSE: _move("recognised", None, By.RECOGNISER, "propose_registration"),
    Act.ACCEPT_PROPOSAL: _move("recognised", None, By.PROPOSED_LEVEL, "accept_proposal"),
    Act.DECLINE_PROPOSAL: _move("recognised", None, By.PROPOSED_LEVEL, "decline_proposal"),
    Act.CONCLUDE: _move(" ".join(sorted(State.ACCEPTED_ON)), None, By.LEVEL, "conclude_registration"),
    # The registration itself stays where it stands; a draft for the next campaign comes to stand beside it.
    Act.RENEW: _move(" ".join(sorted(State.RENEWABLE)), None, By.UNIT, "renew_registration"),
}
