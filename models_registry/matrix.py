"""My units × this campaign: a line for each unit below, what it owes, what came of it. Four statements, any size."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from mobilization.core.text import fold
from mobilization.units.models import Unit
from mobilization.units.states import DISTRICTS, UnitKind
from models_registry.models import Campaign, CampaignWindow, Extension, Registration
from models_registry.states import Stage, State
from models_registry.targets import owed_by

DRAFTS = "drafts"
COUNTED: dict[str, Q] = {
    "registered": Q(state__in=State.REGISTERED),
    DRAFTS: Q(state=State.DRAFT),
    "waiting": Q(state=State.SUBMITTED),
    "returned": Q(state__in=State.SENT_BACK),
    "accepted": Q(state=State.ACCEPTED),
    "reported": Q(state=State.REPORTED),
    "recognised": Q(state=State.RECOGNISED),
    "late": Q(state__in=State.REGISTERED) & (Q(late=True) | Q(report_late=True)),
}
"""What the columns count. Nobody sees another unit's draft; how many there are is told."""
SHARE = "share"
NAME = "name"
SORTS = (NAME, "target", SHARE, *COUNTED)


@dataclass
class Line:
    """One unit (``pk``, and ``heir`` that answers for it today): its target, and how many there are of each."""

    pk: int
    code: str
    name: str
    kind: str
    parent: int | None
    parent_name: str
    heir: int
    target: int | None = None
    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys(COUNTED, 0))

    @property
    def share(self) -> float | None:
        """Return which part of the target is registered; None where there is none to reach."""
        return self.counts["registered"] / self.target if self.target else None

    @property
    def missing(self) -> int:
        """Return how many registrations are missing to the target."""
        return max(0, (self.target or 0) - self.counts["registered"])


@dataclass(frozen=True)
class Owed:
    """What a unit, or all units of a district, can still do and have not done: so many to register, complete, report."""

    missing: int = 0
    returned: int = 0
    unreported: int = 0

    def __bool__(self) -> bool:
        return bool(self.missing or self.returned or self.unreported)

    def __add__(self, other: "Owed") -> "Owed":
        return Owed(
            self.missing + other.missing, self.returned + other.returned, self.unreported + other.unreported
        )


def last_day_of(year: int | None) -> datetime.date:
    """Return the day whose units the table of ``year`` shows: its last, or today while it runs or where none is named."""
    today = timezone.localdate()
    return datetime.date(year, 12, 31) if year and 0 < year < today.year else today


def lines_of(campaign: Campaign, scope: QuerySet[Unit]) -> list[Line]:
    """Return the lines of the units in ``scope``, in their order.

    Units in force on ``last_day_of`` the year, and those of other days under which something of this campaign was filed
    and that no unit of that day answers for. The sum over all lines is the number over all registrations in scope.
    """
    counted = _counted(campaign, scope)
    day = last_day_of(campaign.year)
    in_force = Q(valid_from__lte=day) & (Q(valid_to=None) | Q(valid_to__gt=day))
    of_city = scope.filter(path__startswith=campaign.city.path).filter(in_force | Q(pk__in=list(counted)))
    rows = of_city.order_by("sort_key", "valid_from", "pk").values_list(
        "pk", "code", "full_name", "kind", "parent", "parent__full_name", "heir", "valid_from", "valid_to"
    )
    there: dict[int, Line] = {}
    others: dict[int, Line] = {}
    for *about, first, end in rows:
        line = Line(*about)
        (there if first <= day and (end is None or end > day) else others)[line.pk] = line
    for pk, counts in counted.items():
        line = there.get(pk) or there.get(others[pk].heir) or others[pk]
        for name, number in counts.items():
            line.counts[name] += number
    found = [line for line in there.values() if line.kind != UnitKind.CITY or any(line.counts.values())]
    found += [line for line in others.values() if any(line.counts.values())]
    owed = owed_by(campaign, ((line.pk, line.kind) for line in found))
    for line in found:
        line.target = owed.get(line.pk)
    return found


def _counted(campaign: Campaign, scope: QuerySet[Unit]) -> dict[int, dict[str, int]]:
    registrations = Registration.objects.filter(campaign=campaign, unit__in=scope).order_by()
    counted = registrations.values_list("unit").annotate(
        **{f"number_{name}": Count("pk", filter=condition) for name, condition in COUNTED.items()}
    )
    return {pk: dict(zip(COUNTED, numbers, strict=True)) for pk, *numbers in counted}


def narrowed(lines: Iterable[Line], *, parent: int | None = None, text: str = "") -> list[Line]:
    """Return the lines of ``parent`` and the units right below it whose name or code holds ``text``, accents or not."""
    words = fold(text).split()
    return [
        line for line in lines if (parent is None or parent in {line.pk, line.parent}) and _says(line, words)
    ]


def _says(line: Line, words: Sequence[str]) -> bool:
    if not words:
        return True
    said = f"{fold(line.name)} {line.code}"
    return all(word in said for word in words)


@dataclass
class Row:
    """A row of the table: one unit, or a district as the sum (``line``) of the lines ``inside`` it, its own among them."""

    line: Line
    inside: list[Line] = field(default_factory=list)


def folded(lines: Sequence[Line]) -> list[Row]:
    """Return ``lines`` folded by district where there is more than one: 526 communes are read district by district.

    A district's own line stands inside it where it says anything. Without districts, or in one of them alone, each
    unit is a row.
    """
    districts = {line.pk: line for line in lines if line.kind in DISTRICTS}
    if len(districts) < 2:  # noqa: PLR2004 -- more than one
        return [Row(line) for line in lines]
    rows = {pk: Row(line) for pk, line in districts.items()}
    inside: dict[int, list[Line]] = {
        pk: [line] if line.target is not None or any(line.counts.values()) else []
        for pk, line in districts.items()
    }
    found = []
    for line in lines:
        if line.pk in rows:
            found.append(rows[line.pk])
        elif line.parent in rows:
            inside[line.parent].append(line)
        else:
            found.append(Row(line))
    for pk, row in rows.items():
        row.inside = inside[pk]
        row.line = sum_in(districts[pk], row.inside)
    return found


def sum_in(district: Line, lines: Iterable[Line]) -> Line:
    """Return the line of a district that sums ``lines``."""
    total = total_of(lines)
    return replace(district, target=total.target, counts=total.counts)


def ordered_rows(rows: Sequence[Row], sort: str) -> list[Row]:
    """Return the rows by a column of ``SORTS``, see ``ordered``; and what is inside each by the same."""
    place = {id(line): number for number, line in enumerate(ordered([row.line for row in rows], sort))}
    for row in rows:
        row.inside = ordered(row.inside, sort)
    return sorted(rows, key=lambda row: place[id(row.line)])


def ordered(lines: Sequence[Line], sort: str) -> list[Line]:
    """Return the lines by a column of ``SORTS`` ("-" before it: the most first); what has no value stands last.

    Anything else leaves them in the order of the units.
    """
    name, backwards = sort.removeprefix("-"), sort.startswith("-")
    if name not in SORTS or name == NAME:
        return list(reversed(lines)) if sort == f"-{NAME}" else list(lines)
    valued = [(value_of(line, name), line) for line in lines]
    known = [pair for pair in valued if pair[0] is not None]
    known.sort(key=lambda pair: pair[0], reverse=backwards)
    return [line for _value, line in known] + [line for value, line in valued if value is None]


def value_of(line: Line, name: str) -> Any:
    """Return what stands in the column ``name`` of a line."""
    return line.counts[name] if name in COUNTED else getattr(line, name)


def total_of(lines: Iterable[Line]) -> Line:
    """Return a line that sums the others; the target is None where none of them has one."""
    total, sums = Line(0, "", "", "", None, "", 0), defaultdict(int)
    for line in lines:
        for name, number in line.counts.items():
            sums[name] += number
        if line.target is not None:
            total.target = (total.target or 0) + line.target
    total.counts |= sums
    return total


@dataclass(frozen=True)
class Debts:
    """What can be owed in a campaign on a day: of a stage that is closed everywhere, or not open yet, nothing is.

    A unit that was given more time owes until that is over.
    """

    registering: bool
    reporting: bool
    extended: Mapping[str, Collection[int]] = field(default_factory=dict)
    """The units that have more time, by stage."""

    @classmethod
    def of(
        cls, windows: Iterable[CampaignWindow], today: datetime.date, extensions: Iterable[Extension] = ()
    ) -> "Debts":
        """Read them out of windows and ``extensions`` of a campaign; a stage without a window is open all the time."""
        windows, extended = list(windows), defaultdict(set)
        for one in extensions:
            if today <= one.until:
                extended[one.stage].add(one.unit_id)
        due = (_is_due(windows, stage, today) for stage in (Stage.REGISTRATION, Stage.RESULTS))
        return cls(*due, extended)

    def by(self, line: Line) -> Owed:
        """Return what the unit of ``line`` owes."""
        registers = self.registering or self._has_more_time(line, Stage.REGISTRATION)
        reports = self.reporting or self._has_more_time(line, Stage.RESULTS)
        return Owed(
            line.missing if registers else 0,
            line.counts["returned"],
            line.counts["accepted"] if reports else 0,
        )

    def by_all(self, lines: Iterable[Line]) -> Owed:
        """Return what the units of ``lines`` owe together: what one does beyond its target helps no other."""
        return sum((self.by(line) for line in lines), Owed())

    def _has_more_time(self, line: Line, stage: Stage) -> bool:
        return not {line.pk, line.heir}.isdisjoint(self.extended.get(stage, ()))


def _is_due(windows: Sequence[CampaignWindow], stage: Stage, today: datetime.date) -> bool:
    found = [window for window in windows if window.stage == stage]
    return not found or any(window.opens_on <= today <= window.closes_on for window in found)
