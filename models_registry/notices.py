"""What people are told about registrations, and what of them waits for whom."""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.messaging import services, todos
from mobilization.messaging.services import Draft
from mobilization.messaging.todos import Item, Todo
from models_registry.models import Assignment, Registration, ReviewStep
from models_registry.questions import review_queue
from models_registry.told import FILING, REVIEW


def announce_assigned(given: Sequence[Assignment], *, actor: User) -> int:
    """Tell a reviewer once of all that was ``given`` to him, the latest first; the same asked again tells nothing."""
    latest = given[0]
    data = {"count": len(given)}
    if len(given) == 1:
        registration = latest.registration
        data |= {"title": registration.title, "unit": registration.unit.full_name}
    return services.send(
        "registration.assigned",
        [latest.reviewer],
        actor=actor,
        unit=latest.registration.unit if len(given) == 1 else None,
        url=f"{reverse('models_registry:queue')}?assigned=me",
        data=data,
        key=f"registration.assigned:{latest.assigned_at.isoformat()}",
    )


def announce_due(on: datetime.date) -> int:
    """Tell the units what was returned to them and is due on the day ``on``; run twice, it tells once."""
    due = list(Registration.objects.due_back_on(on).select_related("unit"))
    reasons = dict(
        ReviewStep.objects.returns()
        .filter(registration__in=due)
        .order_by("at", "pk")
        .values_list("registration", "reason")
    )
    people = people_of(due)
    return services.send_many(
        _draft(
            "registration.due_tomorrow",
            registration,
            user,
            data={"due_on": on, "reason": reasons.get(registration.pk, "")},
            key=f"registration.due_tomorrow:{registration.pk}:{on}",
        )
        for registration in due
        for user in people[registration.pk]
    )


def tell(
    kind_code: str,
    registrations: Sequence[Registration],
    *,
    actor: User | None = None,
    data: dict | None = None,
    each: Mapping[int, dict] | None = None,
    key: str | Mapping[int, str] = "",
) -> int:
    """Tell the people of each registration about it; return how many messages are new.

    The words are filled from ``data``, and what ``each`` holds for a registration's id, with ``title`` and ``unit`` of
    the registration. A ``key`` (one, or one for each id) is completed by the registration. The number of statements
    does not grow with the registrations.
    """
    people = people_of(registrations)
    return services.send_many(
        _draft(
            kind_code,
            registration,
            user,
            actor=actor,
            data=(data or {}) | (each or {}).get(registration.pk, {}),
            key=_key_for(registration, key),
        )
        for registration in registrations
        for user in people[registration.pk]
    )


def _key_for(registration: Registration, key: str | Mapping[int, str]) -> str:
    own = key.get(registration.pk, "") if isinstance(key, Mapping) else key
    return f"{own}:{registration.pk}" if own else ""


def people_of(registrations: Iterable[Registration]) -> dict[int, list[User]]:
    """Return who is to be told about each registration (by its id), in one statement.

    Whoever typed or submitted it, as long as he holds a position at the unit that answers for it today; otherwise all
    officials of that unit. The registrations come with their unit.
    """
    registrations = list(registrations)
    heirs = {registration.unit.heir_id for registration in registrations}
    held = Position.objects.in_force().at(heirs).filter(user__is_active=True).select_related("user")
    at_unit: dict[int, list[Position]] = defaultdict(list)
    for position in held.order_by("user"):
        at_unit[position.unit_id].append(position)
    return {one.pk: _people(one, at_unit[one.unit.heir_id]) for one in registrations}


def _people(registration: Registration, held: list[Position]) -> list[User]:
    authors = {registration.typed_by_id, registration.submitted_by_id}
    own = {position.user_id: position.user for position in held if position.user_id in authors}
    officials = {position.user_id: position.user for position in held if position.role == Role.OFFICIAL}
    return list((own or officials).values())


def _draft(
    kind_code: str,
    registration: Registration,
    user: User,
    *,
    data: dict,
    key: str,
    actor: User | None = None,
) -> Draft:
    words = {"title": registration.title, "unit": registration.unit.full_name} | data
    return Draft(
        kind_code, user, actor=actor, unit=registration.unit, target=registration, data=words, key=key
    )


_LINE = ("id", "title", "state", "state_since", "return_due_on", "unit__full_name", "unit__heir__full_name")


def _filing(user: User):
    return _lines(Registration.objects.awaiting_filing_by(user))


def _reviewing(user: User):
    return _lines(review_queue(user).rows())


def _concluding(user: User):
    """Last year's too, since years are concluded in January; older ones are history."""
    since = timezone.localdate().year - 1
    return _lines(Registration.objects.awaiting_outcome_by(user, since=since))


def _lines(registrations):
    return registrations.select_related("unit__heir").only(*_LINE).longest_waiting_first()


def _item(row: Registration) -> Item:
    address = row.get_absolute_url()
    return Item(str(row), address, row.unit, row.state_since, row.return_due_on, heir=row.unit.heir)


_FILE = {"group": FILING, "url": "models_registry:list", "item": _item}
_START = "models_registry.start_registration"
_DECIDE = {"group": REVIEW, "url": "models_registry:queue", "item": _item}

todos.register(
    Todo(
        "registration.complete",
        _("Complete and send again"),
        rows=lambda user: _filing(user).sent_back(),
        query="state=sent_back",
        perm=_START,
        **_FILE,
    ),
    Todo(
        "registration.report",
        _("Report results"),
        rows=lambda user: _filing(user).to_report(),
        query="state=accepted",
        perm=_START,
        **_FILE,
    ),
    Todo(
        "registration.submit",
        _("Finish and submit"),
        rows=lambda user: _filing(user).drafts(),
        query="state=draft",
        perm=_START,
        **_FILE,
    ),
    Todo(
        "registration.review",
        _("Review and decide"),
        rows=lambda user: _reviewing(user).unproposed(),
        perm="models_registry.review_registrations",
        **_DECIDE,
    ),
    Todo(
        "registration.outcome",
        _("Set the outcome of the year"),
        rows=_concluding,
        perm="models_registry.review_registrations",
        group=REVIEW,
        url="models_registry:list",
        query="state=no_outcome",
        item=_item,
    ),
    Todo(
        "registration.proposal",
        _("Decide on proposals"),
        rows=lambda user: _reviewing(user).proposed(),
        perm="models_registry.review_registrations",
        **_DECIDE,
    ),
)
