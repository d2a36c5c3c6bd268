"""What is decided and not announced yet: out of the review queue, and a to-do of its own until it is told."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.messaging import todos
from mobilization.messaging.todos import Item, Todo
from mobilization.publication.models import PendingDecision
from models_registry import set_aside
from models_registry.notices import REVIEW
from models_registry.set_aside import Link, SetAside

MOST_COUNTED = 1_000


def _rows(registration: Any, version: Any) -> QuerySet:
    """Return what was decided on a registration as it stands; a decision on an earlier version does not hold."""
    return PendingDecision.objects.pending().filter(registration=registration, seen_version=version)


def _by(user: User) -> QuerySet:
    return PendingDecision.objects.pending().filter(entered_by=user).values_list("registration", flat=True)


def _link(user: User) -> Link:
    found = PendingDecision.objects.pending().to_announce_by(user)
    count = found.order_by().values("pk")[:MOST_COUNTED].count()
    return Link(_("Decided, waiting to be announced"), reverse("publication:pending"), count)


def _waiting(user: User) -> QuerySet:
    found = PendingDecision.objects.pending().to_announce_by(user).select_related("registration__unit")
    return found.defer("registration__search").order_by("entered_at", "pk")


def _item(row: PendingDecision) -> Item:
    registration = row.registration
    return Item(str(registration), registration.get_absolute_url(), registration.unit, row.entered_at)


set_aside.register(SetAside("publication.pending", _rows, _by, _link))

todos.register(
    Todo(
        "publication.announce",
        _("Announce what was decided"),
        REVIEW,
        url="publication:pending",
        rows=_waiting,
        item=_item,
        perm="publication.publish",
    )
)
