"""What the page of statistics shows, and its downloads: tables made of stored figures, ready to be laid out."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import TextChoices
from django.http import Http404, QueryDict
from django.utils.translation import gettext as _

from mobilization.statistics import readers
from mobilization.statistics.measures import MEASURES, Measure, key_labels
from mobilization.statistics.readers import Number, UnitFigures
from mobilization.statistics.states import Basis, Dimension, Scope
from mobilization.units.models import Unit
from mobilization.units.states import DISTRICTS

HEADLINES = (
    *("registered", "accepted", "reported", "recognised"),
    *("exemplary", "dialogues_periodic", "opinions_received", "models_awarded"),
)
UNIT_COLUMNS = (
    *("registered", "registered_new", "accepted", "reported", "recognised", "exemplary"),
    *("dialogues_periodic", "dialogues_ad_hoc", "opinions_received", "models_awarded"),
)
BREAKDOWNS = (Dimension.FIELD, Dimension.LEVEL, Dimension.KIND, Dimension.SUBJECT, Dimension.TIER)
CHART = ("registered", "accepted", "recognised")


@dataclass(frozen=True)
class Choice:
    """What the address asks for; what it does not say, or says wrongly, is the usual choice."""

    year: int | None
    years: list[int]
    unit: Unit
    city: Unit
    basis: str
    scope: str
    sort: str

    @classmethod
    def of(cls, query: QueryDict) -> "Choice":
        """Read the address. Raises ``Http404`` for a unit that is none, and where no units are loaded."""
        unit = _unit(query.get("unit", ""))
        city = readers.city_of(unit)
        years = readers.computed_years(city)
        asked = query.get("year", "")
        year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else None
        sort = query.get("sort", "")
        return cls(
            year=year or (years[0] if years else None),
            years=years,
            unit=unit,
            city=city,
            basis=_one_of(Basis, query.get("basis"), Basis.AS_FILED),
            scope=_one_of(Scope, query.get("scope"), Scope.SUBTREE),
            sort=sort if sort.removeprefix("-") in {*UNIT_COLUMNS, "name"} else "name",
        )

    @property
    def address(self) -> dict[str, str]:
        """The parameters that lead here again."""
        return {"year": str(self.year), "unit": str(self.unit.pk), "basis": self.basis, "scope": self.scope}

    @property
    def counts_like_the_lists(self) -> bool:
        """Whether the public lists, filtered by this unit, hold just the records behind the figures."""
        if self.scope != Scope.SUBTREE or self.unit == self.city:
            return self.scope == Scope.SUBTREE
        return (self.basis == Basis.CURRENT) == self.unit.is_in_force()


def _unit(asked: str) -> Unit:
    units = Unit.objects.select_related("parent")
    if not asked:
        unit = units.in_force().cities().first()
    else:
        unit = units.filter(pk=int(asked)).first() if asked.isascii() and asked.isdigit() else None
    if unit is None:
        raise Http404
    return unit


def _one_of(words: type[TextChoices], asked: str | None, usual: str) -> str:
    return asked if asked in words.values else usual


@dataclass(frozen=True)
class Line:
    """One measure beside the year before."""

    measure: Measure
    number: Number
    before: Number | None

    @property
    def change(self) -> int | None:
        """How much more than in the year before; None where that was not computed."""
        return None if self.before is None else self.number.total - self.before.total


@dataclass(frozen=True)
class Breakdown:
    """A table of measures by the keys of one dimension."""

    dimension: str
    label: str
    measures: list[Measure]
    rows: list[tuple[str, list[int]]]
    total: list[int]


class Board:
    """One year of one unit. Every part asks the database a fixed number of times, and only when it is shown."""

    def __init__(self, choice: Choice) -> None:
        self.choice = choice
        self.status = readers.year_status(choice.year, choice.unit) if choice.year else None

    @cached_property
    def _numbers(self) -> dict[int, dict[str, Number]]:
        choice = self.choice
        years = [choice.year, *([choice.year - 1] if choice.year - 1 in choice.years else [])]
        return readers.numbers_of(choice.unit, years, choice.basis, choice.scope)

    @property
    def numbers(self) -> dict[str, Number]:
        """Code → number of the chosen year."""
        return self._numbers[self.choice.year]

    @cached_property
    def year_before(self) -> int | None:
        """The year that is compared with."""
        return self.choice.year - 1 if self.choice.year - 1 in self.choice.years else None

    @cached_property
    def lines(self) -> list[Line]:
        """Every measure, with its definition and the year before."""
        before = self._numbers[self.year_before] if self.year_before else {}
        return [Line(measure, self.numbers[code], before.get(code)) for code, measure in MEASURES.items()]

    @property
    def headlines(self) -> list[Line]:
        """The measures at the top of the page."""
        lines = {line.measure.code: line for line in self.lines}
        return [lines[code] for code in HEADLINES]

    @cached_property
    def breakdowns(self) -> list[Breakdown]:
        """By field, level, kind, subject and tier; each with the measures that know it."""
        return [self._breakdown(dimension) for dimension in BREAKDOWNS]

    def _breakdown(self, dimension: Dimension) -> Breakdown:
        measures = [measure for measure in MEASURES.values() if dimension in measure.dimensions]
        values = [self.numbers[measure.code].breakdowns.get(dimension, {}) for measure in measures]
        rows = [
            (label, [value.get(key, 0) for value in values]) for key, label in key_labels(dimension).items()
        ]
        total = [self.numbers[measure.code].total for measure in measures]
        return Breakdown(dimension, dimension.label, measures, rows, total)

    @property
    def chart(self) -> dict:
        """The bars of the chart: registered, accepted and recognised by field."""
        by_field = self.breakdowns[0]
        codes = [measure.code for measure in by_field.measures]
        return {
            "categories": [label for label, _values in by_field.rows],
            "series": [
                {
                    "name": str(MEASURES[code].label),
                    "data": [values[codes.index(code)] for _label, values in by_field.rows],
                }
                for code in CHART
            ],
        }

    @cached_property
    def below(self) -> list[Unit]:
        """The units directly below the chosen one."""
        return readers.units_below(self.choice.unit, self.choice.year, self.choice.basis)

    @cached_property
    def units(self) -> list[UnitFigures]:
        """The table of the units below, sorted as the address asks."""
        choice = self.choice
        lines = readers.table_of(self.below, choice.year, choice.basis, choice.scope, UNIT_COLUMNS)
        code = choice.sort.removeprefix("-")
        if code == "name":
            return lines[::-1] if choice.sort.startswith("-") else lines
        # Stable, so that units with the same number stay in the order of their names.
        return sorted(lines, key=lambda line: line.numbers[code].total, reverse=choice.sort.startswith("-"))

    @cached_property
    def own(self) -> UnitFigures:
        """What the chosen unit did itself, a line of the same table."""
        choice = self.choice
        return readers.table_of([choice.unit], choice.year, choice.basis, Scope.OWN, UNIT_COLUMNS)[0]

    @cached_property
    def former(self) -> list[UnitFigures]:
        """Restated: what abolished units did themselves (*cấp huyện cũ*); nothing otherwise."""
        if self.choice.basis != Basis.CURRENT:
            return []
        return readers.former_units(self.choice.unit, self.choice.year, UNIT_COLUMNS)

    @property
    def former_label(self) -> str:
        """Who they were, in words."""
        if all(line.unit.kind in DISTRICTS for line in self.former):
            return _("Former district level: what the districts did themselves")
        return _("Former units: what they did themselves")

    @property
    def columns(self) -> list[Measure]:
        """The measures of the table of units."""
        return [MEASURES[code] for code in UNIT_COLUMNS]

    @property
    def has_estimates(self) -> bool:
        """Whether any number of the page is an estimate."""
        shown = [self.numbers, *(line.numbers for line in self.units)]
        return any(number.estimated for numbers in shown for number in numbers.values())
