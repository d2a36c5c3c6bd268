"""Dialogue conferences 2023–2026: totals only for the past, opinions one by one for 2025 and 2026."""

import datetime
from dataclasses import dataclass

from dialogues.models import Dialogue, DialogueStep, Opinion, OpinionStep
from dialogues.states import Act, Chair, Form, Kind, OpinionAct, OpinionField, OpinionStatus, State
from mobilization.accounts.models import User
from mobilization.audit import log
from mobilization.demonstration import texts
from mobilization.demonstration.registrations import units_of_year
from mobilization.demonstration.world import HOME_CODE, LAST_DAY, World
from mobilization.units.models import Unit

A_YEAR = {2023: 70, 2024: 70, 2025: 90, 2026: 110}
SUMMARY_UNTIL = 2024
AD_HOC = 0.15
BATCH = 500
DAYS_TAKEN = (15, 25, 30, 40, 60)
"""How long a matter took that was settled after its dialogue; 45 days were promised."""
FIELD_OF_MATTER = {
    "Chiếu sáng ngõ": OpinionField.INFRASTRUCTURE,
    "Thoát nước": OpinionField.ENVIRONMENT,
    "Thu gom rác": OpinionField.ENVIRONMENT,
    "Cấp giấy chứng nhận": OpinionField.LAND,
    "Đường giao thông": OpinionField.INFRASTRUCTURE,
    "Nhà văn hóa": OpinionField.CULTURE_SOCIETY,
    "Trường học": OpinionField.CULTURE_SOCIETY,
    "Thủ tục hành chính": OpinionField.ADMINISTRATION,
}
# act → share of the opinions that end with it
ENDS = {
    OpinionAct.ANSWER_ON_SPOT: 45,
    OpinionAct.RESOLVE: 25,
    OpinionAct.TAKE_UP: 18,
    OpinionAct.REFER_OUTSIDE: 7,
    OpinionAct.NOT_ACCEPT: 5,
}
STATUS_AFTER = {
    OpinionAct.ANSWER_ON_SPOT: OpinionStatus.ANSWERED_ON_SPOT,
    OpinionAct.RESOLVE: OpinionStatus.RESOLVED,
    OpinionAct.TAKE_UP: OpinionStatus.IN_PROGRESS,
    OpinionAct.REFER_OUTSIDE: OpinionStatus.OUTSIDE_COMPETENCE,
    OpinionAct.NOT_ACCEPT: OpinionStatus.NOT_ACCEPTED,
}


@dataclass
class Conference:
    """A dialogue, who recorded it, and what was said."""

    dialogue: Dialogue
    actor: User
    opinions: list[tuple[Opinion, OpinionAct]]


def make(world: World) -> int:
    """Make the dialogues of all years and return how many there are."""
    made = []
    for year, number in A_YEAR.items():
        units = units_of_year(year)
        made += [_conference(world, year, world.random.choice(units)) for _count in range(number)]
    home = Unit.objects.by_code(HOME_CODE, LAST_DAY).get()
    made += [_conference(world, LAST_DAY.year, home) for _count in range(3)]
    made += [_ahead(world, home, days) for days in (5, 16)]
    _store(made)
    log.record(
        "dialogue.demonstration",
        actor=world.people["quantri"],
        target=None,
        unit=world.city,
        data={"rows": len(made)},
    )
    return len(made)


def _conference(world: World, year: int, unit: Unit) -> Conference:
    random = world.random
    # Neither before the reorganisation of the year takes the unit away, nor after the demonstration's last day.
    last = min(datetime.date(year, 11, 10), (unit.valid_to or LAST_DAY) - datetime.timedelta(days=20))
    held_on = world.day(max(datetime.date(year, 2, 10), unit.valid_from), last)
    attending = random.randint(60, 260)
    periodic = random.random() > AD_HOC
    dialogue = _dialogue(world, unit, held_on)
    dialogue.kind = Kind.PERIODIC if periodic else Kind.AD_HOC
    dialogue.state = State.PUBLISHED
    dialogue.published_on = held_on + datetime.timedelta(days=random.choice((5, 7, 9, 10, 14)))
    dialogue.announced_on = held_on - datetime.timedelta(days=random.choice((7, 8, 10, 14, 5)))
    dialogue.attending, dialogue.spoke = attending, random.randint(5, 25)
    dialogue.minutes_number, dialogue.minutes_date = f"{random.randint(1, 60)}/BB-ĐT", held_on
    dialogue.conclusion_number = f"{random.randint(20, 400)}/TB-UBND"
    dialogue.conclusion_date = held_on + datetime.timedelta(days=5)
    opinions = []
    if year <= SUMMARY_UNTIL:
        _summarise(world, dialogue)
    else:
        opinions = [_opinion(world, dialogue, order) for order in range(1, random.randint(4, 9))]
    return Conference(dialogue, dialogue.typed_by, opinions)


def _ahead(world: World, unit: Unit, days: int) -> Conference:
    dialogue = _dialogue(world, unit, LAST_DAY + datetime.timedelta(days=days + 7))
    dialogue.announced_on = LAST_DAY
    dialogue.state = State.ANNOUNCED
    return Conference(dialogue, dialogue.typed_by, [])


def _dialogue(world: World, unit: Unit, held_on: datetime.date) -> Dialogue:
    random = world.random
    topic = random.choice(texts.TOPICS)
    return Dialogue(
        unit=unit,
        topic=f"Đối thoại với nhân dân: {topic[0].lower()}{topic[1:]}",
        plan_number=f"{random.randint(5, 90)}/KH-UBND",
        plan_date=datetime.date(held_on.year, 1, 25),
        held_on=held_on,
        starts_at=datetime.time(random.choice((8, 14)), random.choice((0, 30))),
        venue=f"Hội trường {unit.full_name[0].lower()}{unit.full_name[1:]}",
        form=random.choices(Form.values, [80, 5, 15])[0],
        chairs=random.choice(
            ([Chair.PARTY_SECRETARY], [Chair.COMMITTEE_CHAIR], [Chair.PARTY_SECRETARY, Chair.COMMITTEE_CHAIR])
        ),
        typed_by=world.official_of(unit),
        created_at=world.moment(held_on - datetime.timedelta(days=30)),
    )


def _summarise(world: World, dialogue: Dialogue) -> None:
    random = world.random
    dialogue.summary_only = True
    dialogue.opinions_total = total = random.randint(6, 22)
    dialogue.opinions_on_spot = random.randint(total // 2, total - 2)
    dialogue.opinions_resolved = random.randint(0, total - dialogue.opinions_on_spot)
    dialogue.opinions_outside = 0
    dialogue.opinions_in_progress = total - dialogue.opinions_on_spot - dialogue.opinions_resolved


def _opinion(world: World, dialogue: Dialogue, order: int) -> tuple[Opinion, OpinionAct]:
    random = world.random
    matter, pattern = random.choice(texts.MATTERS)
    act = random.choices(list(ENDS), list(ENDS.values()))[0]
    text = pattern.format(place=texts.place(random, dialogue.unit.kind))
    answer = random.choice(texts.ANSWERS)
    answered = act in {OpinionAct.ANSWER_ON_SPOT, OpinionAct.RESOLVE}
    opinion = Opinion(
        dialogue=dialogue,
        order=order,
        field=FIELD_OF_MATTER[matter],
        matter=matter,
        text=text,
        unit_in_charge=dialogue.unit,
        due_on=None if act == OpinionAct.ANSWER_ON_SPOT else dialogue.held_on + datetime.timedelta(days=45),
        status=STATUS_AFTER[act],
        answer=answer if answered else "",
        answered_on=dialogue.held_on
        + datetime.timedelta(
            days=0 if act == OpinionAct.ANSWER_ON_SPOT else DAYS_TAKEN[order % len(DAYS_TAKEN)]
        )
        if answered
        else None,
        reason="Nội dung đã được giải quyết theo quy định, có văn bản trả lời."
        if act == OpinionAct.NOT_ACCEPT
        else "",
        is_public=True,
        public_text=text,
        public_answer=answer if answered else "",
        typed_by=dialogue.typed_by,
        created_at=world.moment(dialogue.held_on),
        version=3,
    )
    if opinion.answered_on and opinion.answered_on > LAST_DAY:
        opinion.answered_on = LAST_DAY
    return opinion, act


def _store(made: list[Conference]) -> None:
    Dialogue.objects.bulk_create((one.dialogue for one in made), batch_size=BATCH)
    DialogueStep.objects.bulk_create((step for one in made for step in _steps(one)), batch_size=BATCH)
    opinions = [(opinion, act, one.actor) for one in made for opinion, act in one.opinions]
    Opinion.objects.bulk_create((opinion for opinion, _act, _actor in opinions), batch_size=BATCH)
    OpinionStep.objects.bulk_create(
        (step for row in opinions for step in _opinion_steps(*row)), batch_size=BATCH
    )


def _steps(one: Conference) -> list[DialogueStep]:
    dialogue = one.dialogue
    acts = [(Act.PLAN, "", State.PLANNED, dialogue.created_at.date())]
    acts.append((Act.ANNOUNCE, State.PLANNED, State.ANNOUNCED, dialogue.announced_on))
    if dialogue.state == State.PUBLISHED:
        acts.append((Act.HOLD, State.ANNOUNCED, State.HELD, dialogue.held_on))
        acts.append((Act.PUBLISH, State.HELD, State.PUBLISHED, min(dialogue.published_on, LAST_DAY)))
    at_noon = dialogue.created_at.timetz().replace(hour=16, minute=30)
    return [
        DialogueStep(
            dialogue=dialogue, actor=one.actor, at=datetime.datetime.combine(day, at_noon), version=version, act=act,
            from_state=before, to_state=after,
        )
        for version, (act, before, after, day) in enumerate(acts, start=1)
    ]  # fmt: skip


def _opinion_steps(opinion: Opinion, act: OpinionAct, actor: User) -> list[OpinionStep]:
    chain = [
        (OpinionAct.RECEIVE, "", OpinionStatus.RECEIVED),
        (act, OpinionStatus.RECEIVED, opinion.status),
        (OpinionAct.PUBLISH_TEXT, opinion.status, opinion.status),
    ]
    return [
        OpinionStep(
            opinion=opinion, actor=actor, at=opinion.created_at + datetime.timedelta(minutes=number), version=number,
            act=step, from_status=before, to_status=after, words=opinion.reason if step == act else "",
        )
        for number, (step, before, after) in enumerate(chain, start=1)
    ]  # fmt: skip
