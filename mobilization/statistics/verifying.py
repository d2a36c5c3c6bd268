"""Whether closed years are as they were sealed: hashes, chain, and every stored figure."""

import json
from collections.abc import Iterator

from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.statistics.measures import MEASURES
from mobilization.statistics.models import Seal, YearStatus
from mobilization.statistics.places import Places
from mobilization.statistics.sealing import FigureKey, canonical, digest, sealed_figures, stored_figures
from mobilization.statistics.states import Basis
from mobilization.units import closed_years
from mobilization.units.models import Unit

MOST_TOLD = 20
CLOSE = "statistics.close_year"


def problems_of(city: Unit, year: int | None = None) -> dict[int, list[str]]:
    """Return what is wrong with each closed year of ``city`` (or with one), in sentences; an empty list: nothing.

    A broken link of the chain is told at the later one of both years.
    """
    found: dict[int, list[str]] = {}
    before: Seal | None = None
    for kept in Seal.objects.of_city(city).select_related("sealed_by", "city").iterator(chunk_size=1):
        if year is None or kept.year == year:
            found[kept.year] = [
                *_seal_problems(kept, before),
                *_figure_problems(kept),
                *_state_problems(kept),
            ]
        before = kept
    missing = YearStatus.objects.of_city(city).final().exclude(year__in=found)
    if year is not None:
        missing = missing.filter(year=year)
    for status in missing:
        found[status.year] = [_("The year is marked as final and has no seal.")]
    return found


def _seal_problems(kept: Seal, before: Seal | None) -> Iterator[str]:
    if digest(kept.header) != kept.sha256:
        yield _("The header of the seal was changed: its hash is another one than was sealed.")
    previous = before.sha256 if before else ""
    if kept.previous != previous or kept.number != (before.number + 1 if before else 1):
        yield _("The chain is broken: the seal before is not the one that this year was chained to.")
    try:
        header = json.loads(kept.header)
    except ValueError:
        return
    for name, value in _columns(kept).items():
        if header.get(name) != value:
            yield _("“%(name)s” differs from what was sealed: %(sealed)s, now %(stored)s.") % {
                "name": name,
                "sealed": header.get(name),
                "stored": value,
            }
    if digest(kept.figures) != header.get("figures"):
        yield _("The sealed figures were changed: their hash is another one than was sealed.")
    if digest(kept.cells) != header.get("cells"):
        yield _("The sealed counts of records were changed: their hash is another one than was sealed.")
    told = log.of(kept).filter(act=CLOSE).values_list("data__sha256", flat=True).first()
    if told != kept.sha256:
        yield _("The log of acts tells another hash of the closing than the seal bears.")


def _columns(kept: Seal) -> dict:
    return {
        "number": kept.number,
        "year": kept.year,
        "sealed_at": kept.sealed_at.isoformat(),
        "sealed_by": {"id": kept.sealed_by_id, "name": kept.sealed_by.full_name},
        "words": kept.words,
        "previous": kept.previous,
    }


def _figure_problems(kept: Seal) -> list[str]:
    try:
        sealed = sealed_figures(kept)
    except ValueError as line:
        return [_("Line %(line)s of the sealed figures cannot be read.") % {"line": line}]
    stored = stored_figures(kept.year, kept.city)
    if Places(kept.city).fingerprint() != json.loads(kept.header).get("tree", ""):
        # The tree of units changed since: figures on today's units stand elsewhere now.
        sealed, stored = (
            {key: v for key, v in all_.items() if key[0] == Basis.AS_FILED} for all_ in (sealed, stored)
        )
    differing = sorted(key for key in sealed.keys() | stored.keys() if sealed.get(key) != stored.get(key))
    names = dict(Unit.objects.filter(pk__in={key[1] for key in differing}).values_list("pk", "full_name"))
    told = [_difference(key, sealed.get(key), stored.get(key), names) for key in differing[:MOST_TOLD]]
    if len(differing) > MOST_TOLD:
        told.append(_("… and %(count)s more figures.") % {"count": len(differing) - MOST_TOLD})
    return told


def _difference(key: FigureKey, sealed: tuple | None, stored: tuple | None, names: dict[int, str]) -> str:
    basis, unit, dimension, measure, named = key
    label = MEASURES[measure].label if measure in MEASURES else measure
    place = " · ".join(
        str(part)
        for part in (dict(Basis.choices).get(basis, basis), names.get(unit, unit), label, dimension, named)
        if part
    )
    return _("%(place)s: sealed %(sealed)s, stored %(stored)s.") % {
        "place": place,
        "sealed": canonical(sealed),
        "stored": canonical(stored),
    }


def _state_problems(kept: Seal) -> Iterator[str]:
    if not YearStatus.objects.of_city(kept.city).final().filter(year=kept.year).exists():
        yield _("The year is sealed and not marked as final.")
    if not closed_years.is_closed(kept.city, kept.year):
        yield _("The year is sealed, and its records are not locked.")
