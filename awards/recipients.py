"""Finding recipients: for many names at once, and the ones whose names resemble one that is being typed."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.postgres.search import SearchQuery
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from awards.models import Recipient
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.search import folded_words
from mobilization.core.text import fold
from mobilization.units.models import Unit

Named = tuple[str, str, Unit]
"""Kind, name and unit."""
LEAST = 0.6
"""Share of common words under which two names are not alike."""
CANDIDATES = 200
SHOWN = 8


@dataclass(frozen=True)
class Alike:
    """A recipient whose name resembles another: how much, and whether it is the same but for accents."""

    recipient: Recipient
    share: float

    @property
    def is_same(self) -> bool:
        """Tell whether the names are the same, accents and case aside."""
        return self.share == 1


def alike(name: str, unit: Unit | None, user, *, besides: int | None = None) -> list[Alike]:
    """Return the recipients whose names are most like ``name``, the likest first.

    Of the unit and of what went into it, and of the same name wherever ``user`` reads. ``besides`` is left out.
    """
    words = folded_words(name)
    if not words:
        return []
    standing = Recipient.objects.standing().visible_to(user).exclude(pk=besides).select_related("unit__heir")
    near = Q(unit__heir=unit.heir_id) if unit else Q()
    query = SearchQuery(" | ".join(words), search_type="raw", config="simple")
    found = {row.pk: row for row in standing.filter(near, search=query).order_by("-pk")[:CANDIDATES]}
    found |= {row.pk: row for row in standing.named(name).order_by("-pk")[:SHOWN]}
    rated = [Alike(row, _likeness(words, folded_words(row.name))) for row in found.values()]
    best = [one for one in rated if one.share >= LEAST]
    return sorted(best, key=lambda one: (-one.share, one.recipient.name, one.recipient.pk))[:SHOWN]


def recipients_of(named: Sequence[Named], *, actor) -> list[Recipient]:
    """Return the recipient of each (kind, name, unit), recorded anew where there is none; two statements in all.

    One of the same name and kind at the unit itself is meant, else the only one at a unit that went into the same
    unit of today. Doubles that were merged stand for the one that was kept. Who somebody else records at the same
    moment is found at the second look.
    """
    try:
        with transaction.atomic():
            return _find_or_record(named, actor)
    except IntegrityError:
        with transaction.atomic():
            return _find_or_record(named, actor)


def _find_or_record(named: Sequence[Named], actor) -> list[Recipient]:
    keys = [(kind, fold(" ".join(name.split())), unit) for kind, name, unit in named]
    rows = Recipient.objects.filter(
        unit__heir__in={unit.heir_id for _kind, _name, unit in keys},
        folded_name__in={name for _kind, name, _unit in keys},
    ).select_related("unit", "merged_into")
    at_unit: dict[tuple, Recipient] = {}
    near: dict[tuple, set[Recipient]] = defaultdict(set)
    for row in rows.order_by("-pk"):
        meant = row.merged_into or row
        near[row.kind, row.folded_name, row.unit.heir_id].add(meant)
        if not row.note and (
            row.merged_into is None or (row.kind, row.folded_name, row.unit_id) not in at_unit
        ):
            at_unit[row.kind, row.folded_name, row.unit_id] = meant
    made: dict[tuple, Recipient] = {}
    answer = []
    for (kind, folded, unit), (_kind, name, _unit) in zip(keys, named, strict=True):
        here = (kind, folded, unit.pk)
        around = near[kind, folded, unit.heir_id]
        found = at_unit.get(here) or (next(iter(around)) if len(around) == 1 else None) or made.get(here)
        if found is None:
            made[here] = found = Recipient(
                kind=kind, name=" ".join(name.split()), unit=unit, created_by=actor
            )
        answer.append(found)
    Recipient.objects.bulk_create(made.values())
    _record(made.values(), actor)
    return answer


@transaction.atomic
def save_recipient(recipient: Recipient, *, actor, seen_version: int | None = None) -> Recipient:
    """Record a new recipient, or change one; names on awards stay as they were granted.

    Raises ``Conflict`` if it was changed or merged since ``seen_version``; ``DomainError`` at the field ``name`` where the unit has one of this name and nothing tells them apart.
    """
    added = recipient.pk is None
    if added:
        recipient.created_by = actor
    else:
        stored = Recipient.objects.select_for_update().get(pk=recipient.pk)
        if stored.merged_into_id or (seen_version is not None and seen_version != stored.version):
            raise Conflict(
                _("Somebody changed this recipient while you read it. Please read it again."), code="stale"
            )
        recipient.version = stored.version + 1
    recipient.name = " ".join(recipient.name.split())
    try:
        with transaction.atomic():
            recipient.save()
    except IntegrityError as error:
        if "recipient_once" not in str(error):
            raise
        sentence = _(
            "This unit already has a recipient of this name. Choose it, or say what tells them apart."
        )
        raise DomainError(fields={"note": [sentence]}, code="twice") from error
    if added:
        _record([recipient], actor)
    else:
        log.record("recipient.change", actor=actor, target=recipient, unit=recipient.unit)
    return recipient


def _record(made, actor) -> None:
    log.record_many(log.Record("recipient.add", actor, one, one.unit, {"kind": one.kind}) for one in made)


def _likeness(one: list[str], other: list[str]) -> float:
    if one == other:
        return 1.0
    mine, theirs = set(one), set(other)
    return min(0.99, 2 * len(mine & theirs) / (len(mine) + len(theirs))) if theirs else 0.0
