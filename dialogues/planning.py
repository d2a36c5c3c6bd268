"""Last year's plan carried over into this one, in one act."""

import datetime
from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.models import Dialogue, DialogueStep
from dialogues.querysets import recordable_units
from dialogues.states import Act, State
from dialogues.transitions.dialogue import CHECKED
from dialogues.validators import validate_dialogue
from mobilization.audit import log

if TYPE_CHECKING:
    from mobilization.accounts.models import User

_COPIED = ("kind", "topic", "starts_at", "venue", "form", "chairs")


@dataclass(frozen=True)
class Candidate:
    """A dialogue of last year, and what it would become; ``why_not`` is empty where it can be copied."""

    source: Dialogue
    copy: Dialogue
    why_not: str


def candidates(user: "User", year: int, today: datetime.date | None = None) -> list[Candidate]:
    """Return the periodic dialogues of the year before that ``user`` may carry over into ``year``; two statements.

    Each goes to the unit in force that answers for it today, on the same day of the year.
    """
    today = today or timezone.localdate()
    sources = (
        Dialogue.objects.of_year(year - 1)
        .periodic()
        .exclude(state=State.CANCELLED)
        .filter(unit__in=recordable_units(user).values("pk"))
        .select_related("unit__heir")
        .order_by("unit__heir__sort_key", "held_on", "pk")
    )
    there = (
        Dialogue.objects.of_year(year)
        .periodic()
        .exclude(state=State.CANCELLED)
        .filter(unit__in=recordable_units(user).values("pk"))
        .values_list("unit", "topic", "held_on")
    )
    planned = _planned_already(sources, year, there)
    return [_candidate(source, year, today, is_planned=source.pk in planned) for source in sources]


def copy_plan(user: "User", year: int, chosen: Collection[int]) -> list[Dialogue]:
    """Plan in ``year`` what was held the year before, for the ``chosen`` ids; return the new dialogues, all or none.

    What was planned already, or lies in the past by now, is left out; so to send it twice plans it once.
    """
    with transaction.atomic():
        # In one order, so that two who copy at once wait for each other, and the second one finds what the first made.
        list(Dialogue.objects.select_for_update(of=("self",)).filter(pk__in=chosen).order_by("pk"))
        found = candidates(user, year)
        copies = [one.copy for one in found if one.source.pk in chosen and not one.why_not]
        for copy in copies:
            copy.typed_by = user
        Dialogue.objects.bulk_create(copies)
        DialogueStep.objects.bulk_create(
            DialogueStep(dialogue=copy, act=Act.PLAN, to_state=copy.state, actor=user, version=1)
            for copy in copies
        )
        log.record_many(log.Record(f"dialogue.{Act.PLAN}", user, copy, copy.unit) for copy in copies)
    return copies


def _planned_already(
    sources: Iterable[Dialogue], year: int, there: Iterable[tuple[int, str, datetime.date]]
) -> set[int]:
    """Return the ids of ``sources`` that are planned in ``year`` already: ``there`` are its (unit, topic, day).

    A unit may hold several dialogues on one topic; each that is there stands for one of last year, the nearest in days.
    """
    days: dict[tuple[int, str], list[datetime.date]] = defaultdict(list)
    for unit, topic, day in there:
        days[unit, topic].append(day)
    pairs = sorted(
        (abs(day - _same_day(source.held_on, year)), source.pk, place, (source.unit.heir.pk, source.topic))
        for source in sources
        for place, day in enumerate(days[source.unit.heir.pk, source.topic])
    )
    planned, used = set(), set()
    for _distance, source, place, which in pairs:
        if source not in planned and (which, place) not in used:
            planned.add(source)
            used.add((which, place))
    return planned


def _candidate(source: Dialogue, year: int, today: datetime.date, *, is_planned: bool) -> Candidate:
    unit = source.unit.heir
    facts = {name: getattr(source, name) for name in _COPIED}
    copy = Dialogue(unit=unit, held_on=_same_day(source.held_on, year), state=State.PLANNED, **facts)
    why_not = ""
    if is_planned:
        why_not = _("Planned already.")
    elif copy.held_on < today:
        why_not = _("The day has passed.")
    else:
        try:
            validate_dialogue({name: getattr(copy, name) for name in CHECKED})
        except ValidationError as error:
            why_not = " ".join(error.messages)
    return Candidate(source, copy, why_not)


def _same_day(day: datetime.date, year: int) -> datetime.date:
    # 29 February is 28 February in most years.
    try:
        return day.replace(year=year)
    except ValueError:
        return day.replace(year=year, day=28)
