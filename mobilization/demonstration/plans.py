"""What becomes of each generated registration: a likely course of acts on likely days, drawn by chance."""

import datetime
from dataclasses import dataclass, field
from typing import Any

from mobilization.demonstration.texts import DECLINE_REASONS, REFUSE_REASONS, RETURN_REASONS
from mobilization.demonstration.world import LAST_DAY, World
from models_registry.states import Act, Level, Outcome, State

# What a year's registrations have come to, in percent.
PAST = {
    State.RECOGNISED: 80, State.NOT_RECOGNISED: 8, State.DECLINED: 4, State.WITHDRAWN: 3, State.ACCEPTED: 5,
}  # fmt: skip
PRESENT = {
    State.DRAFT: 3, State.SUBMITTED: 5, State.RETURNED: 4, State.WITHDRAWN: 2, State.DECLINED: 3, State.ACCEPTED: 28,
    State.REPORTED: 18, State.REPORT_RETURNED: 4, State.RECOGNISED: 28, State.NOT_RECOGNISED: 5,
}  # fmt: skip
OUTCOMES = {Outcome.MAINTAIN: 55, Outcome.REPLICATE: 20, Outcome.STRENGTHEN: 12, Outcome.END: 13}
LEVELS = {Level.GRASSROOTS: 80, Level.INTERMEDIATE: 15, Level.CITY: 5}
RETURNED_ONCE = 0.12
EXEMPLARY = 0.15
PROPOSED = 0.06


@dataclass
class PlannedAct:
    """One act to come: what, when, and with what words and values."""

    act: Act
    day: datetime.date
    words: dict[str, Any] = field(default_factory=dict)


def draw(world: World, weights: dict) -> Any:
    """Return one of the keys, by weight."""
    return world.random.choices(list(weights), list(weights.values()))[0]


def course(world: World, year: int, end: State, level: str) -> list[PlannedAct]:
    """Return the acts that lead a registration of ``year`` at ``level`` from draft to ``end``."""
    if end == State.DRAFT:
        return []
    random = world.random
    late_start = year == LAST_DAY.year and end in {State.SUBMITTED, State.RETURNED}
    day = world.day(datetime.date(year, 1, 10), datetime.date(year, 3, 20))
    if late_start:
        # What still waits in November came in lately, within an extension.
        day = world.day(datetime.date(year, 10, 20), datetime.date(year, 11, 12))
    plan = [PlannedAct(Act.SUBMIT, day)]
    day = _later(world, day, 2, 12)
    if end == State.SUBMITTED:
        return plan
    if end == State.RETURNED or random.random() < RETURNED_ONCE:
        due = day + datetime.timedelta(days=10)
        words = {
            "reason": random.choice(RETURN_REASONS),
            "due_on": due,
            "remarks": {"method": RETURN_REASONS[0]},
        }
        plan.append(PlannedAct(Act.RETURN, day, words))
        if end == State.RETURNED:
            return plan
        day = _later(world, day, 2, 9)
        plan.append(PlannedAct(Act.RESUBMIT, day))
        day = _later(world, day, 1, 6)
    if end == State.WITHDRAWN:
        return [*plan, PlannedAct(Act.WITHDRAW, day)]
    if end == State.DECLINED:
        return [*plan, PlannedAct(Act.DECLINE, day, {"reason": random.choice(DECLINE_REASONS)})]
    plan.append(PlannedAct(Act.ACCEPT, day))
    return plan if end == State.ACCEPTED else plan + _results(world, year, end, level)


def _results(world: World, year: int, end: State, level: str) -> list[PlannedAct]:
    random = world.random
    day = world.day(datetime.date(year, 8, 1), datetime.date(year, 10, 25))
    plan = [PlannedAct(Act.REPORT, day)]
    if end == State.REPORTED:
        return plan
    if end == State.REPORT_RETURNED:
        words = {"reason": "Đề nghị bổ sung số liệu trước và sau khi thực hiện.", "remarks": {}}
        return [*plan, PlannedAct(Act.RETURN_REPORT, _later(world, day, 2, 9), words)]
    last = datetime.date(year, 12, 20)
    day = world.day(datetime.date(year, 10, 20), last)
    if end == State.NOT_RECOGNISED:
        return [*plan, PlannedAct(Act.REFUSE, day, {"reason": random.choice(REFUSE_REASONS)})]
    plan.append(PlannedAct(Act.RECOGNISE, day, {"exemplary": random.random() < EXEMPLARY}))
    if level != Level.CITY and random.random() < PROPOSED:
        plan.append(PlannedAct(Act.PROPOSE, _later(world, day, 1, 3)))
        if year < LAST_DAY.year or random.random() < 0.5:  # noqa: PLR2004 -- the other half waits
            plan.append(PlannedAct(Act.ACCEPT_PROPOSAL, _later(world, day, 4, 8)))
    if year < LAST_DAY.year:
        plan.append(PlannedAct(Act.CONCLUDE, datetime.date(year, 12, 28), {"outcome": draw(world, OUTCOMES)}))
    return plan


def _later(world: World, day: datetime.date, least: int, most: int) -> datetime.date:
    return min(day + datetime.timedelta(days=world.random.randint(least, most)), LAST_DAY)
