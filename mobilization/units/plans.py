"""A reorganisation as a plan: which units there are to be, which end, what becomes of what; and its report."""

import datetime
import decimal
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from django.utils.translation import gettext_lazy as _

from mobilization.core.errors import DomainError
from mobilization.units.models import Succession, Unit

SHOWN_PROBLEMS = 20


class LifeKey(NamedTuple):
    """What names one life of a unit for good: its code and its first day."""

    code: str
    valid_from: datetime.date

    def __str__(self) -> str:
        return f"{self.code} ({self.valid_from:%d/%m/%Y})"


@dataclass(frozen=True)
class Life:
    """A unit as it is to be.

    Unknown to the portal, it is opened. Known (same code and first day), it is compared: it may gain an end, and its
    name, place and figures may be corrected; another kind, parent or end is a contradiction. ``row`` is the line of
    the file it was read from.
    """

    code: str
    kind: str
    full_name: str
    name: str
    parent_code: str
    valid_from: datetime.date
    valid_to: datetime.date | None = None
    lat: decimal.Decimal | None = None
    lon: decimal.Decimal | None = None
    population: int | None = None
    area_km2: decimal.Decimal | None = None
    seat: str = ""
    row: int = 0

    @property
    def key(self) -> LifeKey:
        """The name of this life."""
        return LifeKey(self.code, self.valid_from)


@dataclass(frozen=True)
class Closing:
    """A unit ends: ``on`` is the first day on which it is no more."""

    unit: LifeKey
    on: datetime.date
    row: int = 0


@dataclass(frozen=True)
class Link:
    """The predecessor went into the successor. A full name, where given, must be the unit's: codes are easily misread."""

    predecessor: LifeKey
    successor: LifeKey
    on: datetime.date
    relation: str
    is_main: bool
    share: decimal.Decimal | None = None
    basis: str = ""
    predecessor_name: str = ""
    successor_name: str = ""
    row: int = 0


@dataclass(frozen=True)
class Plan:
    """What is to be; what the portal knows already is left as it is."""

    lives: Sequence[Life] = ()
    closings: Sequence[Closing] = ()
    links: Sequence[Link] = ()


@dataclass(frozen=True)
class Problem:
    """Why a plan cannot be: the file (``units`` or ``successions``), its row (0 if it is of no file), the reason."""

    source: str
    row: int
    reason: str

    def __str__(self) -> str:
        return f"{self.source}.csv:{self.row}: {self.reason}" if self.row else str(self.reason)


class PlanRefused(DomainError):
    """The plan contradicts itself or what the portal knows; ``problems`` says where. Nothing was changed."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = list(problems)
        shown = " ".join(str(problem) for problem in self.problems[:SHOWN_PROBLEMS])
        super().__init__(
            str(_("The units were not changed: %(problems)s")) % {"problems": shown}, code="plan_refused"
        )


class Move(NamedTuple):
    """Whoever worked for ``predecessor`` works for ``successor`` from ``on``; None where nothing succeeded it."""

    predecessor: Unit
    successor: Unit | None
    on: datetime.date


@dataclass
class Report:
    """What a reorganisation did, or with ``dry_run`` would do."""

    dry_run: bool
    opened: list[Unit] = field(default_factory=list)
    closed: list[Unit] = field(default_factory=list)
    amended: list[tuple[Unit, dict]] = field(default_factory=list)
    unchanged: int = 0
    linked: list[Succession] = field(default_factory=list)
    relinked: list[Succession] = field(default_factory=list)
    links_unchanged: int = 0
    moves: list[Move] = field(default_factory=list)
    heirs_changed: int = 0

    @property
    def changes_nothing(self) -> bool:
        """Whether the portal knew all of it."""
        return not (self.opened or self.closed or self.amended or self.linked or self.relinked)
