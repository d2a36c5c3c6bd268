"""What a dialogue and an opinion can be, and every move between: the whole workflow on one screen."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Kind(TextChoices):
    """Whether the dialogue stands in the yearly plan."""

    PERIODIC = "periodic", _("Periodic")
    AD_HOC = "ad_hoc", _("Ad hoc")


class Form(TextChoices):
    """How people take part."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online")
    MIXED = "mixed", _("In person and online")


class Chair(TextChoices):
    """Who chairs: one or more together."""

    PARTY_SECRETARY = "party_secretary", _("Party secretary")
    COUNCIL_CHAIR = "council_chair", _("Chair of the People's Council")
    COMMITTEE_CHAIR = "committee_chair", _("Chair of the People's Committee")


class State(TextChoices):
    """Where a dialogue stands."""

    PLANNED = "planned", pgettext_lazy("dialogue", "Planned")
    ANNOUNCED = "announced", pgettext_lazy("dialogue", "Announced")
    HELD = "held", pgettext_lazy("dialogue", "Held")
    PUBLISHED = "published", pgettext_lazy("dialogue", "Results published")
    CANCELLED = "cancelled", pgettext_lazy("dialogue", "Cancelled")


#: Statistics count a dialogue from here on.
COUNTED = frozenset({State.HELD, State.PUBLISHED})
#: Opinions may be entered: some are sent in before the conference, some are found after it.
OPEN_FOR_OPINIONS = frozenset({State.ANNOUNCED, State.HELD, State.PUBLISHED})


class Act(TextChoices):
    """What is done to a dialogue; ``plan`` and ``record`` make one, ``edit`` leaves its state."""

    PLAN = "plan", pgettext_lazy("dialogue", "Planned")
    RECORD = "record", pgettext_lazy("dialogue", "Recorded after it was held")
    EDIT = "edit", pgettext_lazy("dialogue", "Changed")
    ANNOUNCE = "announce", pgettext_lazy("dialogue", "Announced")
    HOLD = "hold", pgettext_lazy("dialogue", "Held")
    PUBLISH = "publish", pgettext_lazy("dialogue", "Results published")
    CANCEL = "cancel", pgettext_lazy("dialogue", "Cancelled")


#: act → (states it may start from, state it leads to). An empty state: the dialogue did not exist.
MOVES: dict[str, tuple[frozenset[str], str]] = {
    Act.PLAN: (frozenset({""}), State.PLANNED),
    Act.RECORD: (frozenset({""}), State.HELD),
    Act.ANNOUNCE: (frozenset({State.PLANNED}), State.ANNOUNCED),
    Act.HOLD: (frozenset({State.ANNOUNCED}), State.HELD),
    Act.PUBLISH: (frozenset({State.HELD}), State.PUBLISHED),
    Act.CANCEL: (frozenset({State.PLANNED, State.ANNOUNCED}), State.CANCELLED),
}


class OpinionField(TextChoices):
    """What an opinion is about."""

    LAND = "land", _("Land, site clearance, resettlement")
    CONSTRUCTION = "construction", _("Urban management, order of construction")
    INFRASTRUCTURE = "infrastructure", _("Roads and infrastructure")
    ENVIRONMENT = "environment", _("Environment")
    ECONOMY = "economy", _("Economy, livelihoods")
    CULTURE_SOCIETY = "culture_society", _("Culture, education, health")
    WELFARE = "welfare", _("Social policy")
    SECURITY = "security", _("Security and public order")
    ADMINISTRATION = "administration", _("Administrative procedures, conduct of officials")
    POLITICAL_SYSTEM = "political_system", _("Party and political system")
    OTHER = "other", pgettext_lazy("field of an opinion", "Other")


class OpinionStatus(TextChoices):
    """Where an opinion stands. Answered is not solved: both are counted."""

    RECEIVED = "received", pgettext_lazy("opinion", "Received")
    ANSWERED_ON_SPOT = "answered_on_spot", pgettext_lazy("opinion", "Answered on the spot")
    IN_PROGRESS = "in_progress", pgettext_lazy("opinion", "Being dealt with")
    RESOLVED = "resolved", pgettext_lazy("opinion", "Resolved")
    OUTSIDE_COMPETENCE = "outside_competence", pgettext_lazy("opinion", "Outside competence")
    NOT_ACCEPTED = "not_accepted", pgettext_lazy("opinion", "Not accepted")


#: Somebody still owes an answer or a deed; only these can be overdue.
OPEN_STATUSES = frozenset({OpinionStatus.RECEIVED, OpinionStatus.IN_PROGRESS})


class Promise(TextChoices):
    """What became of the day that was first named for an opinion. Putting that day off keeps no promise."""

    KEPT = "kept", pgettext_lazy("promise", "Done in time")
    LATE = "late", pgettext_lazy("promise", "Done late")
    PENDING = "pending", pgettext_lazy("promise", "Not due yet")
    POSTPONED = "postponed", pgettext_lazy("promise", "Put off")
    OVERDUE = "overdue", pgettext_lazy("promise", "Overdue")
    NOT_DONE = "not_done", pgettext_lazy("promise", "Will not be done")


class OpinionAct(TextChoices):
    """What is done to an opinion; those that ``OPINION_MOVES`` does not name leave its status."""

    RECEIVE = "receive", pgettext_lazy("opinion", "Received")
    EDIT = "edit", pgettext_lazy("opinion", "Changed")
    ANSWER_ON_SPOT = "answer_on_spot", pgettext_lazy("opinion", "Answered on the spot")
    TAKE_UP = "take_up", pgettext_lazy("opinion", "Taken up")
    ANSWER = "answer", pgettext_lazy("opinion", "Answered, still being dealt with")
    RESOLVE = "resolve", pgettext_lazy("opinion", "Resolved")
    REFER_OUTSIDE = "refer_outside", pgettext_lazy("opinion", "Found outside competence")
    NOT_ACCEPT = "not_accept", pgettext_lazy("opinion", "Not accepted")
    REOPEN = "reopen", pgettext_lazy("opinion", "Re-opened")
    ASSIGN = "assign", pgettext_lazy("opinion", "Unit in charge and due date set")
    PASS_ON = "pass_on", pgettext_lazy("opinion", "Passed on")
    ASK_REOPEN = "ask_reopen", pgettext_lazy("opinion", "Asked to be re-opened")
    PUBLISH_TEXT = "publish_text", pgettext_lazy("opinion", "Public text published")
    WITHDRAW_TEXT = "withdraw_text", pgettext_lazy("opinion", "Public text withdrawn")


#: act → (statuses it may start from, status it leads to). An empty status: the opinion did not exist.
OPINION_MOVES: dict[str, tuple[frozenset[str], str]] = {
    OpinionAct.RECEIVE: (frozenset({""}), OpinionStatus.RECEIVED),
    OpinionAct.ANSWER_ON_SPOT: (frozenset({OpinionStatus.RECEIVED}), OpinionStatus.ANSWERED_ON_SPOT),
    OpinionAct.TAKE_UP: (frozenset({OpinionStatus.RECEIVED}), OpinionStatus.IN_PROGRESS),
    OpinionAct.ANSWER: (OPEN_STATUSES, OpinionStatus.IN_PROGRESS),
    OpinionAct.RESOLVE: (
        frozenset({OpinionStatus.RECEIVED, OpinionStatus.IN_PROGRESS, OpinionStatus.ANSWERED_ON_SPOT}),
        OpinionStatus.RESOLVED,
    ),
    OpinionAct.REFER_OUTSIDE: (OPEN_STATUSES, OpinionStatus.OUTSIDE_COMPETENCE),
    OpinionAct.NOT_ACCEPT: (OPEN_STATUSES, OpinionStatus.NOT_ACCEPTED),
    OpinionAct.REOPEN: (frozenset(OpinionStatus.values) - OPEN_STATUSES, OpinionStatus.IN_PROGRESS),
}
