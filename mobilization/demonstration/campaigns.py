"""The years' campaigns with the calendar seen in Hanoi."""

import datetime
from random import Random

from django.utils import timezone

from mobilization.audit import log
from mobilization.demonstration.world import HOME_CODE, KEPT_FREE, LAST_DAY, NEIGHBOUR_CODE, SEED, World
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry.models import Campaign, CampaignWindow, Criterion, Extension, KindTarget, Target
from models_registry.states import Level, Stage

YEARS = range(2021, 2027)
TWO_TIERS = datetime.date(2025, 7, 1)
# stage → (opens, due, closes) as (years after, month, day)
CALENDAR = {
    Stage.REGISTRATION: ((0, 1, 5), (0, 3, 15), (0, 4, 30)),
    Stage.MID_YEAR: ((0, 6, 15), (0, 7, 15), (0, 7, 31)),
    Stage.RESULTS: ((0, 6, 1), (0, 10, 31), (0, 12, 15)),
    Stage.APPRAISAL: ((0, 10, 1), (0, 11, 30), (0, 12, 31)),
    Stage.RECOGNITION: ((0, 9, 1), (1, 1, 15), (1, 1, 31)),
}
STAY_OPEN = {Stage.RESULTS, Stage.APPRAISAL, Stage.RECOGNITION}
TRIED_FOR = 60
"""Days for which a demonstration can be tried from the day on which it is loaded."""

CRITERIA = {
    "Có tên gọi, địa chỉ cụ thể, thuộc một trong bốn lĩnh vực": 5,
    "Đã đăng ký với cấp có thẩm quyền": 5,
    "Có sự lãnh đạo, chỉ đạo của cấp ủy, chính quyền": 15,
    "Huy động được nhiều lực lượng cùng tham gia": 15,
    "Có kết quả thiết thực và sức lan tỏa": 25,
    "Được nhân dân đồng tình, ủng hộ": 15,
    "Giải quyết được việc khó, việc bức xúc": 10,
    "Duy trì bền vững": 10,
}
OF_THE_CITY = "Đã được công nhận ở cấp dưới"
# What a unit of a kind owes: many small communes before July 2025, few large ones since.
SMALL = {UnitKind.WARD: 2, UnitKind.COMMUNE: 2, UnitKind.TOWNSHIP: 1, UnitKind.COMMITTEE: 2}
LARGE = {UnitKind.WARD: 6, UnitKind.COMMUNE: 5, UnitKind.COMMITTEE: 2}
OWN_TARGETS = 18
"""So many units a year owe something else than their kind."""
OF_THE_REGISTER = 12
"""What a commune of the shipped register owed a year."""


def make(world: World) -> dict[int, Campaign]:
    """Make one campaign a year, opened on 5 January, and return them by year."""
    staff = world.people["thanhpho"]
    made = {}
    for year in YEARS:
        made[year] = campaign = Campaign.objects.create(
            city=world.city,
            year=year,
            title=f"Phong trào thi đua “Dân vận khéo” năm {year}",
            guiding_number=f"{year - 2000 + 8}-HD/BDVTU",
            guiding_date=datetime.date(year, 1, 4),
            opened_on=datetime.date(year, 1, 5),
        )
        CampaignWindow.objects.bulk_create(
            CampaignWindow(campaign=campaign, stage=stage, level=level, **days_of(stage, year))
            for stage in CALENDAR
            for level in Level
        )
        _set_criteria(campaign)
        _set_targets(campaign)
        if year == LAST_DAY.year:
            _extend(campaign, world)
        log.record("campaign.open", actor=staff, target=campaign, unit=world.city, data={"year": year})
    return made


def days_of(stage: Stage, year: int, *, loaded_on: datetime.date | None = None) -> dict[str, datetime.date]:
    """Return when the window of a stage opens, is due and closes.

    In the demonstration's last year, what comes after registering does not close before one has had the time to try it,
    whenever that year is loaded (today, if no day is given); what is late is late all the same.
    """
    names = ("opens_on", "due_on", "closes_on")
    days = {
        name: datetime.date(year + later, month, day)
        for name, (later, month, day) in zip(names, CALENDAR[stage], strict=True)
    }
    if year == LAST_DAY.year and stage in STAY_OPEN:
        loaded_on = loaded_on or timezone.localdate()
        days["closes_on"] = max(days["closes_on"], loaded_on + datetime.timedelta(days=TRIED_FOR))
    return days


def _extend(campaign: Campaign, world: World) -> None:
    """Let the units of the demonstration's officials register late, so that the form can be tried at any season.

    Also in a later year than the demonstration's last: as long as it is tried from the day on which it is loaded.
    """
    tried_until = timezone.localdate() + datetime.timedelta(days=TRIED_FOR)
    until = max(datetime.date(campaign.year + 1, 1, 31), tried_until)
    for code in (HOME_CODE, NEIGHBOUR_CODE):
        Extension.objects.create(
            campaign=campaign,
            unit=Unit.objects.by_code(code, LAST_DAY).get(),
            stage=Stage.REGISTRATION,
            until=until,
            reason="Sắp xếp lại tổ dân phố sau bão, đăng ký bổ sung",
            granted_by=world.people["thanhpho"],
        )


def _set_criteria(campaign: Campaign) -> None:
    """The usual criteria at every level; the city asks for one more, which carries no points."""
    rows = [Criterion(campaign=campaign, text=text, weight=weight) for text, weight in CRITERIA.items()]
    rows.append(Criterion(campaign=campaign, text=OF_THE_CITY, level=Level.CITY))
    for position, row in enumerate(rows, start=1):
        row.position = position
    Criterion.objects.bulk_create(rows)


def _set_targets(campaign: Campaign) -> None:
    """Targets by kind, and some of single units, by a chance of their own: nothing else is drawn otherwise for it."""
    day = datetime.date(campaign.year, 12, 31)
    of_kind = LARGE if day >= TWO_TIERS else SMALL
    KindTarget.objects.bulk_create(
        KindTarget(campaign=campaign, unit_kind=kind, number=number) for kind, number in of_kind.items()
    )
    chance = Random(SEED + campaign.year)  # noqa: S311 -- the same at every start, on purpose
    communes = list(Unit.objects.communes().in_force(min(day, LAST_DAY)).order_by("code"))
    chosen = chance.sample(communes, min(OWN_TARGETS, len(communes)))
    numbers = {unit.pk: max(0, of_kind[unit.kind] + chance.randint(-2, 4)) for unit in chosen}
    code, until = KEPT_FREE
    if day < until:
        district = Unit.objects.by_code(code, day).get()
        numbers |= {unit.pk: OF_THE_REGISTER for unit in communes if unit.is_under(district)}
    Target.objects.bulk_create(
        Target(campaign=campaign, unit_id=unit, number=number) for unit, number in numbers.items()
    )
