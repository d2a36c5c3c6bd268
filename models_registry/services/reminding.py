"""Reminding the units that owe something: whom, of what, once a day."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.messaging import services as messaging
from mobilization.messaging.models import Message
from mobilization.messaging.services import Draft
from mobilization.units.models import Unit
from models_registry.matrix import Debts, Line, Owed
from models_registry.models import Campaign

REMINDED = "registration.reminded"


@dataclass(frozen=True)
class Reminder:
    """One unit that owes something: of what it is reminded, who is told, and whether it was told today already."""

    line: Line
    owed: Owed
    people: tuple[User, ...]
    is_told: bool

    @property
    def goes_out(self) -> bool:
        """Tell whether anybody is told by it now."""
        return bool(self.people) and not self.is_told


def reminders(campaign: Campaign, lines: Sequence[Line]) -> list[Reminder]:
    """Return a reminder for each of ``lines`` that owes something, in four statements.

    The officials of the unit that answers today are told.
    """
    today = timezone.localdate()
    debts = Debts.of(campaign.windows.all(), today, campaign.extensions.in_force(today))
    owing = [(line, owed) for line in lines if (owed := debts.by(line))]
    people = _officials({line.heir for line, _owed in owing})
    keys = {_key(campaign, line): line.pk for line, _owed in owing}
    told = Message.objects.filter(
        recipient__in={user for one in people.values() for user in one}, key__in=keys
    )
    told_units = {keys[key] for key in told.order_by().values_list("key", flat=True)}
    return [Reminder(line, owed, people[line.heir], line.pk in told_units) for line, owed in owing]


def remind(campaign: Campaign, found: Sequence[Reminder], *, actor: User, words: str = "") -> int:
    """Tell the people of those of ``found`` that go out, with ``words`` of one's own; return how many are told.

    A unit is reminded once a day, whoever asks and however often; recorded under the actor's name.
    """
    found = [one for one in found if one.goes_out]
    units = Unit.objects.in_bulk([one.line.pk for one in found])
    with transaction.atomic():
        told = messaging.send_many(
            Draft(
                REMINDED,
                user,
                actor=actor,
                unit=units[one.line.pk],
                target=campaign,
                url=f"{reverse('models_registry:list')}?year={campaign.year}",
                data=_data(campaign, one, words),
                key=_key(campaign, one.line),
            )
            for one in found
            for user in one.people
        )
        if told:
            data = {"units": sorted(one.line.name for one in found), "count": told}
            log.record("campaign.remind", actor=actor, target=campaign, unit=campaign.city, data=data)
    return told


def _officials(units: set[int]) -> dict[int, tuple[User, ...]]:
    held = Position.objects.in_force().at(units).with_role(Role.OFFICIAL).filter(user__is_active=True)
    found: dict[int, dict[int, User]] = defaultdict(dict)
    for position in held.select_related("user").order_by("user__sort_key", "user"):
        found[position.unit_id][position.user_id] = position.user
    return defaultdict(tuple, {unit: tuple(people.values()) for unit, people in found.items()})


def _data(campaign: Campaign, one: Reminder, words: str) -> dict:
    numbers = {"missing": one.owed.missing, "returned": one.owed.returned, "unreported": one.owed.unreported}
    return {"title": campaign.title, "unit": one.line.name, "words": words} | numbers


def _key(campaign: Campaign, line: Line) -> str:
    return f"{REMINDED}:{campaign.pk}:{line.pk}:{timezone.localdate()}"
