"""What waits for those who sit in a session of the council: the own sheet, the votes, closing it."""

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.appraisal.models import AgendaItem, CouncilSession
from mobilization.messaging import todos
from mobilization.messaging.todos import Item, Todo
from models_registry.models import Registration
from models_registry.told import REVIEW


def _sheets(user: User) -> QuerySet:
    """Return the items on the agenda that the member still appraises: whoever must not decide on one does not."""
    appraised = Registration.objects.awaiting_review_by(user).values("pk")
    found = AgendaItem.objects.before(user).without_sheet_of(user).filter(registration__in=appraised)
    joined = found.select_related("session", "registration__unit")
    return joined.defer("registration__search").order_by("session__held_on", "session", "position", "pk")


def _sheet(row: AgendaItem) -> Item:
    registration = row.registration
    address = reverse("appraisal:sheet", args=[registration.pk])
    return Item(str(registration), address, registration.unit, registration.state_since, row.session.held_on)


def _votes(user: User) -> QuerySet:
    return CouncilSession.objects.held().led_by(user).with_votes_missing().longest_waiting_first()


def _closings(user: User) -> QuerySet:
    return CouncilSession.objects.held().led_by(user).ready_to_close().longest_waiting_first()


def _session(row: CouncilSession) -> Item:
    return Item(str(row), row.get_absolute_url(), row.unit, row.held_on)


_SESSIONS = {"group": REVIEW, "url": "appraisal:sessions", "perm": "appraisal.change_session"}

todos.register(
    Todo("session.sheet", _("Appraise before the session"), rows=_sheets, item=_sheet, **_SESSIONS),
    Todo("session.vote", _("Write down the votes"), rows=_votes, item=_session, **_SESSIONS),
    Todo("session.close", _("Close the session"), rows=_closings, item=_session, **_SESSIONS),
)
