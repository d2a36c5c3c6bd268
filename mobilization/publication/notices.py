"""What is decided and not announced yet: out of the review queue, and a to-do of its own until it is told."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.messaging import kinds, services, todos
from mobilization.messaging.kinds import Kind, day, filled, paragraphs
from mobilization.messaging.todos import Item, Todo
from mobilization.publication.models import PendingDecision, Publication
from models_registry import set_aside
from models_registry.models import Registration
from models_registry.set_aside import Link, SetAside
from models_registry.told import DECISIONS, REVIEW

MOST_COUNTED = 1_000

kinds.register(
    Kind(
        "publication.announced",
        _("Decisions announced"),
        DECISIONS,
        at_once=False,
        subject=filled(_("Announced: %(title)s")),
        body=paragraphs(
            filled(_("Decision %(number)s of %(decided_on)s, %(body)s."), decided_on=day),
            filled(_("Decisions in all: %(total)s")),
        ),
    )
)


def announce(made: Publication, registrations: Iterable[Registration]) -> int:
    """Tell the reviewers of the units concerned and the city's people of ``made``, in its transaction: each once.

    The officials are told of each registration by the registry. Whoever announced knows.
    """
    heirs = {registration.unit.heir_id for registration in registrations}
    concerned = Q(role=Role.REVIEWER, unit__in=heirs)
    concerned |= Q(role__in=[Role.CITY_STAFF, Role.CITY_LEADER], unit=made.city)
    held = Position.objects.in_force().filter(concerned).exclude(user=made.published_by)
    document = {"title": made.title, "number": made.number, "body": made.body}
    return services.send(
        "publication.announced",
        [position.user for position in held.select_related("user")],
        actor=made.published_by,
        unit=made.city,
        target=made,
        data=document | {"decided_on": made.decided_on.isoformat(), "total": made.counts["total"]},
        key=f"publication.announced:{made.pk}",
    )


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
