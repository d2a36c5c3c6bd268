"""Questions to opinions: whose they are, how they stand, what became of what was promised."""

import datetime
from typing import TYPE_CHECKING, Self

from django.db.models import (
    Case,
    CharField,
    Count,
    Exists,
    F,
    Manager,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from dialogues.querysets.days import days_of, is_overdue
from dialogues.querysets.reach import NEAR, readable_units
from dialogues.states import COUNTED, OPEN_STATUSES, OpinionStatus, Promise, State
from mobilization.accounts.scopes import own_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_query
from mobilization.units.models import Unit

if TYPE_CHECKING:
    from mobilization.accounts.models import User

#: For how many days an opinion is overdue: from, to (None: longer).
AGES: dict[str, tuple[int, int | None]] = {
    "week": (1, 7),
    "month": (8, 30),
    "quarter": (31, 90),
    "longer": (91, None),
}


class OpinionQuerySet(QuerySet):
    """Opinions."""

    def of_counted_dialogues(self) -> Self:
        """Return those of dialogues that took place: what statistics count."""
        return self.filter(dialogue__state__in=COUNTED)

    def of_year(self, year: int) -> Self:
        """Return those of dialogues held in the calendar year."""
        return self.filter(dialogue__held_on__range=days_of(year))

    def under(self, unit: Unit) -> Self:
        """Return those raised at dialogues of the unit and of all units below it."""
        return self.filter(dialogue__unit__path__startswith=unit.path)

    def with_status(self, *statuses: str) -> Self:
        """Return those that stand at one of ``statuses``."""
        return self.filter(status__in=statuses)

    def open(self) -> Self:
        """Return those that somebody still has to deal with."""
        return self.filter(status__in=OPEN_STATUSES)

    def overdue(self, on: datetime.date | None = None) -> Self:
        """Return those still open whose due date lies before ``on`` (today without one)."""
        return self.filter(is_overdue(on))

    def answerable(self) -> Self:
        """Return those of dialogues that were not cancelled."""
        return self.exclude(dialogue__state=State.CANCELLED)

    def due_between(self, first: datetime.date, last: datetime.date) -> Self:
        """Return those due on one of the days from ``first`` to ``last``."""
        return self.filter(due_on__range=(first, last))

    def due_soon(self, on: datetime.date | None = None) -> Self:
        """Return those still open that are due within the next 7 days."""
        on = on or timezone.localdate()
        return self.open().due_between(on, on + datetime.timedelta(days=7))

    def overdue_for(self, age: str, on: datetime.date | None = None) -> Self:
        """Return those overdue for so long: ``age`` is a key of ``AGES``."""
        on = on or timezone.localdate()
        return self.overdue(on).filter(_aged(age, on))

    def by_unit_and_age(self, on: datetime.date | None = None) -> QuerySet:
        """Return for each unit in charge how many are overdue, in total and by ``AGES``, the most first; one statement.

        Rows are dicts: ``unit_in_charge``, its name and sort key, ``total``, ``oldest`` (due date), one per age.
        """
        on = on or timezone.localdate()
        rows = self.overdue(on).order_by().values("unit_in_charge", "unit_in_charge__full_name")
        ages = {age: Count("pk", filter=_aged(age, on)) for age in AGES}
        return rows.annotate(total=Count("pk"), oldest=Min("due_on"), **ages).order_by(
            "-total", "unit_in_charge__sort_key", "unit_in_charge"
        )

    def reopen_asked(self) -> Self:
        """Return the closed ones that somebody would have open again."""
        return self.filter(reopen_asked=True)

    def recorded_by(self, user: "User") -> Self:
        """Return those raised at dialogues of the own unit of ``user``."""
        return self.filter(dialogue__unit__in=own_units(user, Role.OFFICIAL).values("pk"))

    def answered(self) -> Self:
        """Return those that have an answer, solved or not."""
        return self.exclude(answered_on=None)

    def reopened(self) -> Self:
        """Return those that were closed and opened again at least once."""
        return self.filter(reopened__gt=0)

    def public(self) -> Self:
        """Return those that were published on purpose, of published dialogues. Show their public texts only."""
        return self.filter(is_public=True, dialogue__state=State.PUBLISHED)

    def concerning(self, units: QuerySet[Unit]) -> Self:
        """Return those raised at dialogues of ``units``, and those in their charge."""
        return self.filter(Q(dialogue__unit__in=units) | Q(unit_in_charge__in=units))

    def with_promise(self, on: datetime.date | None = None) -> Self:
        """Add ``promise``: what became, by ``on`` (today), of the day first named; empty where none was named."""
        on = on or timezone.localdate()
        still_open = Q(status__in=OPEN_STATUSES)
        outcomes = (
            (Q(promised_on=None), ""),
            (Q(status=OpinionStatus.ANSWERED_ON_SPOT), Promise.KEPT),
            (Q(status=OpinionStatus.RESOLVED, answered_on__lte=F("promised_on")), Promise.KEPT),
            (Q(status=OpinionStatus.RESOLVED), Promise.LATE),
            (still_open & Q(due_on__lt=on), Promise.OVERDUE),
            (still_open & Q(promised_on__lt=on), Promise.POSTPONED),
            (still_open, Promise.PENDING),
        )
        cases = (When(condition, then=Value(str(outcome))) for condition, outcome in outcomes)
        return self.annotate(
            promise=Case(*cases, default=Value(str(Promise.NOT_DONE)), output_field=CharField())
        )

    def promises(self, on: datetime.date | None = None) -> dict[str, int]:
        """Return outcome → how many of these opinions, in the order of ``Promise``; one statement."""
        counted = self.exclude(promised_on=None).with_promise(on).order_by().values("promise")
        found = dict(counted.annotate(n=Count("pk")).values_list("promise", "n"))
        return {outcome.value: found[outcome] for outcome in Promise if outcome in found}

    def with_due_or_never(self) -> Self:
        """Add the due date as ``due_or_never``, the last of all days where there is none: to sort by."""
        return self.annotate(due_or_never=Coalesce("due_on", Value(datetime.date.max)))

    def in_charge_of(self, user: "User") -> Self:
        """Return those that the unit of ``user`` has to answer."""
        return self.filter(unit_in_charge__in=own_units(user, Role.OFFICIAL).values("pk"))

    def visible_to(self, user: "User") -> Self:
        """Return those that ``user`` may read: of readable dialogues, or in the charge of a readable unit."""
        units = readable_units(user).values("pk")
        found = self.filter(Q(dialogue__unit__in=units) | Q(unit_in_charge__in=units))
        return found.not_withheld_from(user)

    def units_in_charge(self, user: "User") -> QuerySet[Unit]:
        """Return the units that are in charge of any opinion that ``user`` may read.

        Those in his scope are asked for one opinion each, and only the others for those of his dialogues: with both in
        one condition all opinions would be read.
        """
        mine = readable_units(user).values("pk")
        one = self.filter(unit_in_charge=OuterRef("pk")).not_withheld_from(user)
        near = Unit.objects.filter(Exists(one), pk__in=mine)
        others = self.filter(dialogue__unit__in=mine).exclude(unit_in_charge__in=mine).not_withheld_from(user)
        return Unit.objects.filter(Q(pk__in=near.values("pk")) | Q(pk__in=others.values("unit_in_charge")))

    def not_withheld_from(self, user: "User") -> Self:
        """Leave out the sensitive ones, unless ``user`` works at the recording unit, the unit in charge or the city.

        A position above the unit is not enough, but for city staff.
        """
        if user.is_authenticated and user.has_role(Role.CITY_STAFF):
            return self
        own = own_units(user, *NEAR).values("pk")
        return self.filter(Q(is_sensitive=False) | Q(dialogue__unit__in=own) | Q(unit_in_charge__in=own))

    def not_sensitive(self) -> Self:
        """Return those that a hall may see."""
        return self.filter(is_sensitive=False)

    def search(self, text: str) -> Self:
        """Return those whose matter or public text has every word of ``text``, accents and case aside."""
        query = folded_query(text)
        return self if query is None else self.filter(search=query)

    def in_order(self) -> Self:
        """Order as they were raised."""
        return self.order_by("dialogue_id", "order")


class OpinionManager(Manager.from_queryset(OpinionQuerySet)):
    """Leaves the search vector in the database, as that of dialogues does."""

    def get_queryset(self) -> OpinionQuerySet:
        """Return all opinions without their search vectors."""
        return super().get_queryset().defer("search")


def _aged(age: str, on: datetime.date) -> Q:
    first, last = AGES[age]
    aged = Q(due_on__lte=on - datetime.timedelta(days=first))
    return aged if last is None else aged & Q(due_on__gte=on - datetime.timedelta(days=last))
