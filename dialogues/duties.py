"""Who owes how many dialogues in a year, and what came of it: one statement, however many units.

A unit owes what the duty of its kind says on its last day of the year (``DialogueDuty``, with law and dates). Ad hoc
dialogues fulfil no duty and are counted apart.
"""

import datetime
from dataclasses import dataclass

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.models import DialogueDuty
from dialogues.states import COUNTED, Kind, State
from mobilization.units.models import Unit

AHEAD = (State.PLANNED, State.ANNOUNCED)
STANDINGS = {
    "breach": _("Fewer held than owed"),
    "overdue": _("Planned day has passed"),
    "unplanned": _("Still to be planned"),
    "planned": _("Planned"),
    "fulfilled": _("Fulfilled"),
    "none": _("Owes none"),
}


@dataclass(frozen=True)
class Standing:
    """What one unit owes in a year and how it stands."""

    unit: Unit
    owed: int | None
    basis: str
    held: tuple[int, int]
    ahead: tuple[int, int]
    overdue: int
    ad_hoc: int
    is_over: bool

    @property
    def held_total(self) -> int:
        """Return how many periodic dialogues were held in the year."""
        return sum(self.held)

    @property
    def ahead_total(self) -> int:
        """Return how many periodic dialogues are planned or announced, overdue ones with them."""
        return sum(self.ahead)

    @property
    def missing(self) -> int:
        """Return how many of those owed were not held."""
        return max((self.owed or 0) - self.held_total, 0)

    @property
    def code(self) -> str:
        """Return how the unit stands, a key of ``STANDINGS``."""
        if self.owed is None:
            return "none"
        if not self.missing:
            return "fulfilled"
        if self.is_over:
            return "breach"
        if self.overdue:
            return "overdue"
        return "planned" if self.ahead_total >= self.missing else "unplanned"

    @property
    def label(self) -> str:
        """Return how the unit stands, in words."""
        return str(STANDINGS[self.code])


def standings(units: QuerySet[Unit], year: int, today: datetime.date | None = None) -> list[Standing]:
    """Return how each of ``units`` in force in ``year`` stands that owes dialogues or had some, in Vietnamese order.

    Communes and districts that owe none are told as well. A unit that was dissolved within the year is measured by its
    own last day. One statement.
    """
    today = today or timezone.localdate()
    first, last = datetime.date(year, 1, 1), datetime.date(year, 12, 31)
    rows = (
        units.filter(Q(valid_to=None) | Q(valid_to__gt=first), valid_from__lte=last)
        .annotate(
            owed=_duty(last, "per_year"),
            basis=_duty(last, "basis"),
            had=_count(Q(), first, last),
            **{name: _count(condition, first, last) for name, condition in _conditions(year, today).items()},
        )
        .filter(
            Q(pk__in=Unit.objects.communes().values("pk"))
            | Q(pk__in=Unit.objects.districts().values("pk"))
            | Q(owed__isnull=False)
            | Q(had__gte=1)
        )
        .order_by("sort_key", "pk")
    )
    return [_standing(row, year, today) for row in rows]


def _conditions(year: int, today: datetime.date) -> dict[str, Q]:
    middle = datetime.date(year, 7, 1)
    early, late = Q(dialogues__held_on__lt=middle), Q(dialogues__held_on__gte=middle)
    periodic = Q(dialogues__kind=Kind.PERIODIC)
    held, ahead = Q(dialogues__state__in=COUNTED), Q(dialogues__state__in=AHEAD)
    return {
        "held_early": periodic & held & early,
        "held_late": periodic & held & late,
        "ahead_early": periodic & ahead & early,
        "ahead_late": periodic & ahead & late,
        "overdue": periodic & ahead & Q(dialogues__held_on__lt=today),
        "ad_hoc": held & Q(dialogues__kind=Kind.AD_HOC),
    }


def _count(condition: Q, first: datetime.date, last: datetime.date) -> Count:
    return Count("dialogues", filter=condition & Q(dialogues__held_on__range=(first, last)))


def _duty(last: datetime.date, name: str) -> Subquery:
    # In force on the last day of the year, or on the unit's own last day where that is earlier.
    begun = Q(valid_from__lte=last) & Q(valid_from__lt=Coalesce(OuterRef("valid_to"), datetime.date.max))
    not_over = Q(valid_to=None) | Q(valid_to__gt=last) | Q(valid_to__gte=OuterRef("valid_to"))
    duties = DialogueDuty.objects.filter(begun, not_over, unit_kind=OuterRef("kind"))
    return Subquery(duties.order_by("-valid_from").values(name)[:1])


def _standing(row: Unit, year: int, today: datetime.date) -> Standing:
    return Standing(
        unit=row,
        owed=row.owed,
        basis=row.basis or "",
        held=(row.held_early, row.held_late),
        ahead=(row.ahead_early, row.ahead_late),
        overdue=row.overdue,
        ad_hoc=row.ad_hoc,
        is_over=year < today.year or (row.valid_to is not None and row.valid_to <= today),
    )
