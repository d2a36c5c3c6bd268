"""Some 3,000 generated registrations 2023–2026, each with the versions and steps that led to its state."""

import datetime
from collections import Counter
from dataclasses import dataclass

from mobilization.audit import log
from mobilization.demonstration import texts
from mobilization.demonstration.acting import Actor
from mobilization.demonstration.plans import LEVELS, PAST, PRESENT, PlannedAct, course, draw
from mobilization.demonstration.world import HOME_CODE, KEPT_FREE, LAST_DAY, World
from mobilization.units.models import Unit
from mobilization.units.states import COMMUNES
from models_registry.models import Campaign, Registration, SkilledModel
from models_registry.states import Kind, Level, Novelty, Outcome, State, Subject

CARRIED_ON = 0.3
COPIES = 3
CARRIED_FIELDS = (
    "title",
    "place",
    "registrant",
    "kind",
    "subject",
    "field",
    "level",
    "aim",
    "method",
    "person_name",
)
# The home ward shows every state, so that each account finds work.
AT_HOME = (*State.values, State.SUBMITTED, State.SUBMITTED, State.REPORTED, State.REPORTED, State.RECOGNISED)


@dataclass
class Planned:
    """A registration and the acts still to come."""

    registration: Registration
    acts: list[PlannedAct]


def make(world: World, campaigns: dict[int, Campaign]) -> int:
    """Make the registrations of all years and return how many there are."""
    count = 0
    renewable: list[Registration] = []
    for year in range(2023, LAST_DAY.year + 1):
        planned = _plan_year(world, campaigns[year], renewable)
        Actor(world).play(planned)
        renewable = [
            one.registration
            for one in planned
            if one.registration.state == State.RECOGNISED and one.registration.outcome in Outcome.GOES_ON
        ]
        count += len(planned)
    log.record(
        "registration.demonstration",
        actor=world.people["quantri"],
        target=None,
        unit=world.city,
        data={"rows": count},
    )
    return count


def _plan_year(world: World, campaign: Campaign, renewable: list[Registration]) -> list[Planned]:
    year = campaign.year
    units = units_of_year(year)
    weights = PRESENT if year == LAST_DAY.year else PAST
    planned = []
    for previous in renewable:
        if world.random.random() < CARRIED_ON:
            unit = (
                previous.unit if previous.unit.is_in_force(datetime.date(year, 2, 1)) else previous.unit.heir
            )
            planned.append(_renewed(world, campaign, unit, previous, draw(world, weights)))
    planned += [
        _new(world, campaign, world.random.choice(units), draw(world, weights))
        for _number in range(world.a_year - len(planned))
    ]
    _make_after_one_another([one.registration for one in planned], renewable)
    if year == LAST_DAY.year:
        home = Unit.objects.by_code(HOME_CODE, LAST_DAY).get()
        planned += [_new(world, campaign, home, state, Level.GRASSROOTS) for state in AT_HOME]
    return planned


def _make_after_one_another(made: list[Registration], before: list[Registration]) -> None:
    """Let some of the new models be made after those of other units that were to be replicated."""
    sources = [one for one in before if one.outcome == Outcome.REPLICATE]
    copies: Counter[int] = Counter()
    for registration in [one for one in made if one.previous is None][::3]:
        for source in sources:
            is_alike = source.aim == registration.aim and source.unit_id != registration.unit_id
            if is_alike and copies[source.pk] < COPIES:
                registration.model.replicated_from = source.model
                copies[source.pk] += 1
                break


def units_of_year(year: int) -> list[Unit]:
    """Return the communes for which something is made in ``year``, in the Vietnamese order."""
    code, free_until = KEPT_FREE
    on = datetime.date(year, 2, 1)
    units = (
        Unit.objects.in_force(on)
        .of_kind(*COMMUNES)
        .select_related("heir__parent", "parent")
        .order_by("sort_key", "code")
    )
    if on < free_until:
        units = units.exclude(parent__code=code)
    return list(units)


def _new(world: World, campaign: Campaign, unit: Unit, end: State, level: Level | None = None) -> Planned:
    random = world.random
    theme = random.choice(texts.THEMES)
    place = texts.place(random, unit.kind)
    collective = random.random() < 0.75  # noqa: PLR2004 -- three of four
    name = texts.person(random)
    group = f"{random.choice(texts.GROUPS)} {place}"
    registration = Registration(
        model=SkilledModel(title=f"{theme.title} {place}", unit=unit),
        title=f"{theme.title} {place}",
        place=f"{place[0].upper()}{place[1:]}, {unit.full_name}",
        registrant=group if collective else name,
        kind=random.choices(Kind.values, [70, 22, 8])[0],
        subject=Subject.COLLECTIVE if collective else Subject.INDIVIDUAL,
        field=theme.field,
        level=level or draw(world, LEVELS),
        novelty=Novelty.NEW,
        aim=theme.aim,
        method=theme.method,
        person_name=name,
    )
    return _planned(world, registration, campaign, unit, end)


def _renewed(world: World, campaign: Campaign, unit: Unit, previous: Registration, end: State) -> Planned:
    registration = Registration(
        model=previous.model,
        previous=previous,
        novelty=Novelty.MAINTAINED,
        **{name: getattr(previous, name) for name in CARRIED_FIELDS},
    )
    return _planned(world, registration, campaign, unit, end)


def _planned(world: World, registration: Registration, campaign: Campaign, unit: Unit, end: State) -> Planned:
    random, year = world.random, campaign.year
    acts = course(world, year, end, registration.level)
    begun = acts[0].day - datetime.timedelta(days=random.randint(1, 4)) if acts else LAST_DAY
    filer = world.official_of(unit)
    registration.campaign, registration.year, registration.unit = campaign, year, unit
    registration.households = random.randint(12, 400)
    registration.participants = random.randint(30, 900)
    registration.person_post = random.choice(texts.POSTS)
    registration.beneficiaries = "Nhân dân trên địa bàn"
    registration.partners = "Mặt trận Tổ quốc và các đoàn thể"
    registration.starts_on = datetime.date(year, random.randint(1, 4), random.randint(1, 28))
    registration.ends_on = datetime.date(year, random.randint(8, 12), random.randint(1, 28))
    registration.typed_by = registration.changed_by = filer
    registration.typists = [filer.pk]
    registration.created_at = registration.changed_at = registration.state_since = world.moment(begun)
    return Planned(registration, acts)
