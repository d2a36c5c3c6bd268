"""Compares a plan with the units that there are, and finds everything that contradicts.

Works on a picture of all units in memory (a city has some hundred, the country some thousand), so that a mistake is
told with its row and reason before the database would refuse it.
"""

import datetime
from collections import defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from django.utils.translation import gettext as _

from mobilization.units.models import Succession, Unit
from mobilization.units.plans import Closing, Life, LifeKey, Link, Plan, PlanRefused, Problem
from mobilization.units.states import PARENT_KINDS, Relation, UnitKind

AMENDABLE = ("full_name", "name", "lat", "lon", "population", "area_km2", "seat")
LINK_FIELDS = ("relation", "share", "is_main", "basis")
END_OF_TIME = datetime.date.max
SHOWN_UNITS = 5


@dataclass
class Entry:
    """One life in the picture: as it is now, or as the plan makes it."""

    key: LifeKey
    kind: str
    full_name: str
    valid_to: datetime.date | None
    parent: LifeKey | None
    unit: Unit | None = None
    life: Life | None = None

    @property
    def ends(self) -> datetime.date:
        return self.valid_to or END_OF_TIME

    def is_in_force(self, on: datetime.date) -> bool:
        return self.key.valid_from <= on < self.ends

    def holds(self, other: "Entry") -> bool:
        """Tell whether this life covers the whole of the other."""
        return self.key.valid_from <= other.key.valid_from and other.ends <= self.ends


@dataclass
class Changes:
    """What a sound plan comes to."""

    openings: list[Entry] = field(default_factory=list)
    closings: list[Entry] = field(default_factory=list)
    amendments: list[tuple[Unit, dict[str, Any]]] = field(default_factory=list)
    unchanged: int = 0
    new_links: list[Link] = field(default_factory=list)
    changed_links: list[tuple[Succession, Link]] = field(default_factory=list)
    links_unchanged: int = 0


def compare(plan: Plan) -> Changes:
    """Return what ``plan`` changes; raises ``PlanRefused`` with every contradiction."""
    comparison = _Comparison()
    comparison.take_lives(plan.lives)
    comparison.take_closings(plan.closings)
    comparison.check_tree()
    comparison.take_links(plan.links)
    if comparison.problems:
        raise PlanRefused(comparison.problems)
    return comparison.changes


class _Comparison:
    def __init__(self) -> None:
        self.changes = Changes()
        self.problems: list[Problem] = []
        units = {unit.pk: unit for unit in Unit.objects.all()}
        self.entries: dict[LifeKey, Entry] = {}
        for unit in units.values():
            parent = units.get(unit.parent_id)
            entry = Entry(_key(unit), unit.kind, unit.full_name, unit.valid_to, parent and _key(parent), unit)
            self.entries[entry.key] = entry
        self.by_code: dict[str, list[Entry]] = defaultdict(list)
        for entry in self.entries.values():
            self.by_code[entry.key.code].append(entry)
        self.rows: dict[LifeKey, int] = {}

    def take_lives(self, lives) -> None:
        for life in lives:
            if life.key in self.rows:
                self._refuse(life.row, _("%(unit)s is in the plan twice.") % {"unit": life.key})
                continue
            self.rows[life.key] = life.row
            known = self.entries.get(life.key)
            if known:
                self._take_known(life, known)
            else:
                self._take_new(life)

    def take_closings(self, closings: list[Closing]) -> None:
        for closing in closings:
            known = self.entries.get(closing.unit)
            if known is None:
                self._refuse(closing.row, _("There is no unit %(unit)s.") % {"unit": closing.unit})
            else:
                self.rows.setdefault(closing.unit, closing.row)
                self._close(known, closing.on, closing.row)

    def check_tree(self) -> None:
        """Check overlaps, parents and children around every life that the plan names."""
        children = defaultdict(list)
        for opening in self.changes.openings:
            opening.parent = self._find_parent(opening)
        for entry in self.entries.values():
            if entry.parent:
                children[entry.parent].append(entry)
        for code in {key.code for key in self.rows}:
            self._check_overlap(sorted(self.by_code[code], key=lambda entry: entry.key.valid_from))
        for entry in self.changes.closings:
            orphans = [child for child in children[entry.key] if not entry.holds(child)]
            if orphans:
                names = ", ".join(child.full_name for child in orphans[:SHOWN_UNITS])
                words = {"unit": entry.full_name, "date": f"{entry.valid_to:%d/%m/%Y}", "names": names}
                row = self.rows[entry.key]
                self._refuse(row, _("%(unit)s cannot end on %(date)s: still under it are %(names)s.") % words)

    def take_links(self, links: list[Link]) -> None:
        stored = {
            (_key(link.predecessor), _key(link.successor)): link
            for link in Succession.objects.select_related("predecessor", "successor")
        }
        final: dict[LifeKey, dict[LifeKey, Any]] = defaultdict(dict)
        for (predecessor, successor), link in stored.items():
            final[predecessor][successor] = link
        taken: dict[tuple[LifeKey, LifeKey], Link] = {}
        for link in links:
            pair = (link.predecessor, link.successor)
            if pair in taken:
                self._refuse_link(link, _("This pair of units is in the plan twice."))
            elif self._link_is_sound(link):
                final[link.predecessor][link.successor] = link
                self._take_link(link, stored.get(pair))
            taken[pair] = link
        for predecessor in {link.predecessor for link in links}:
            self._check_shares(predecessor, list(final[predecessor].values()))

    def _take_new(self, life: Life) -> None:
        if life.kind not in UnitKind.values:
            self._refuse(life.row, _("“%(kind)s” is no kind of unit.") % {"kind": life.kind})
            return
        if life.valid_to and life.valid_to <= life.valid_from:
            self._refuse(life.row, _("A unit must be in force for at least one day."))
            return
        entry = Entry(life.key, life.kind, life.full_name, life.valid_to, None, life=life)
        self.entries[life.key] = entry
        self.by_code[life.code].append(entry)
        self.changes.openings.append(entry)

    def _take_known(self, life: Life, known: Entry) -> None:
        unit = known.unit
        same_parent = (known.parent.code if known.parent else "") == life.parent_code
        if unit.kind != life.kind or not same_parent:
            words = {"unit": unit.full_name, "code": life.key}
            self._refuse(life.row, _("%(code)s is %(unit)s, of another kind or under another unit.") % words)
            return
        amended = {name: getattr(life, name) for name in AMENDABLE if _says_else(unit, life, name)}
        if amended:
            self.changes.amendments.append((unit, amended))
            known.full_name = life.full_name
        if life.valid_to:
            self._close(known, life.valid_to, life.row)
        if not amended and known not in self.changes.closings:
            self.changes.unchanged += 1

    def _close(self, known: Entry, on: datetime.date, row: int) -> None:
        if known.valid_to == on:
            return
        words = {"unit": known.full_name, "date": f"{on:%d/%m/%Y}"}
        if known.valid_to:
            words["known"] = f"{known.valid_to:%d/%m/%Y}"
            self._refuse(row, _("%(unit)s ended on %(known)s, not on %(date)s.") % words)
        elif on <= known.key.valid_from:
            self._refuse(row, _("%(unit)s cannot end on %(date)s, before its first day is over.") % words)
        else:
            known.valid_to = on
            self.changes.closings.append(known)

    def _find_parent(self, entry: Entry) -> LifeKey | None:
        code, row = entry.life.parent_code, entry.life.row
        if not code:
            if entry.kind != UnitKind.CITY:
                self._refuse(row, _("A city stands alone; every other unit needs a parent unit."))
            return None
        holding = [parent for parent in self.by_code.get(code, []) if parent.holds(entry)]
        if not holding:
            words = {"code": code, "unit": entry.full_name}
            self._refuse(row, _("No unit %(code)s is in force as long as %(unit)s.") % words)
            return None
        if holding[0].kind not in PARENT_KINDS[entry.kind]:
            words = {"unit": entry.full_name, "parent": holding[0].full_name}
            self._refuse(row, _("%(unit)s cannot be under %(parent)s.") % words)
        return holding[0].key

    def _check_overlap(self, lives: list[Entry]) -> None:
        for earlier, later in pairwise(lives):
            if later.key.valid_from < earlier.ends:
                named = later if later.key in self.rows else earlier
                words = {"code": earlier.key.code, "first": earlier.full_name, "second": later.full_name}
                row = self.rows[named.key]
                self._refuse(row, _("Code %(code)s: %(first)s and %(second)s overlap in time.") % words)

    def _link_is_sound(self, link: Link) -> bool:
        before, after = self.entries.get(link.predecessor), self.entries.get(link.successor)
        reasons = []
        for entry, key, name in (
            (before, link.predecessor, link.predecessor_name),
            (after, link.successor, link.successor_name),
        ):
            if entry is None:
                reasons.append(_("There is no unit %(unit)s.") % {"unit": key})
            elif name and name != entry.full_name:
                words = {"unit": key, "known": entry.full_name, "name": name}
                reasons.append(_("%(unit)s is %(known)s, not %(name)s.") % words)
        if before and before.valid_to != link.on:
            reasons.append(_("%(unit)s does not end on that date.") % {"unit": before.full_name})
        if after and not after.is_in_force(link.on):
            reasons.append(_("%(unit)s is not in force on that date.") % {"unit": after.full_name})
        if link.relation not in Relation.values:
            reasons.append(_("“%(relation)s” is no relation.") % {"relation": link.relation})
        if link.share is not None and not 0 <= link.share <= 1:
            reasons.append(_("A share lies between 0 and 1."))
        if link.is_main and link.share == 0:
            reasons.append(_("The main successor takes over some of the population."))
        for reason in reasons:
            self._refuse_link(link, reason)
        return not reasons

    def _take_link(self, link: Link, stored: Succession | None) -> None:
        if stored is None:
            self.changes.new_links.append(link)
        elif any(getattr(stored, name) != getattr(link, name) for name in LINK_FIELDS):
            self.changes.changed_links.append((stored, link))
        else:
            self.changes.links_unchanged += 1

    def _check_shares(self, predecessor: LifeKey, links: list) -> None:
        if not links:
            return
        row = max((getattr(link, "row", 0) for link in links), default=0)
        words = {"unit": self.entries[predecessor].full_name}
        if sum(link.is_main for link in links) != 1:
            reason = _("%(unit)s needs exactly one main successor.") % words
            self.problems.append(Problem("successions", row, reason))
        if sum(link.share or 0 for link in links) > 1:
            reason = _("The shares of %(unit)s are more than the whole.") % words
            self.problems.append(Problem("successions", row, reason))

    def _refuse(self, row: int, reason: str) -> None:
        self.problems.append(Problem("units", row, reason))

    def _refuse_link(self, link: Link, reason: str) -> None:
        self.problems.append(Problem("successions", link.row, reason))


def _key(unit: Unit) -> LifeKey:
    return LifeKey(unit.code, unit.valid_from)


def _says_else(unit: Unit, life: Life, name: str) -> bool:
    """Tell whether the file knows better; an empty cell knows nothing."""
    said = getattr(life, name)
    return said not in {None, ""} and said != getattr(unit, name)
