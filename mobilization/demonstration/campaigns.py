"""The years' campaigns with the calendar seen in Hanoi."""

import datetime

from mobilization.audit import log
from mobilization.demonstration.world import HOME_CODE, LAST_DAY, NEIGHBOUR_CODE, World
from mobilization.units.models import Unit
from models_registry.models import Campaign, CampaignWindow, Extension
from models_registry.states import Level, Stage

YEARS = range(2021, 2027)
# stage → (opens, due, closes) as (years after, month, day)
CALENDAR = {
    Stage.REGISTRATION: ((0, 1, 5), (0, 3, 15), (0, 4, 30)),
    Stage.MID_YEAR: ((0, 6, 15), (0, 7, 15), (0, 7, 31)),
    Stage.RESULTS: ((0, 6, 1), (0, 10, 31), (0, 12, 15)),
    Stage.APPRAISAL: ((0, 10, 1), (0, 11, 30), (0, 12, 31)),
    Stage.RECOGNITION: ((0, 9, 1), (1, 1, 15), (1, 1, 31)),
}


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
            CampaignWindow(
                campaign=campaign,
                stage=stage,
                level=level,
                **{
                    name: datetime.date(year + later, month, day)
                    for name, (later, month, day) in zip(
                        ("opens_on", "due_on", "closes_on"), days, strict=True
                    )
                },
            )
            for stage, days in CALENDAR.items()
            for level in Level
        )
        if year == LAST_DAY.year:
            _extend(campaign, world)
        log.record("campaign.open", actor=staff, target=campaign, unit=world.city, data={"year": year})
    return made


def _extend(campaign: Campaign, world: World) -> None:
    """Let the units of the demonstration's officials register late, so that the form can be tried at any season."""
    for code in (HOME_CODE, NEIGHBOUR_CODE):
        Extension.objects.create(
            campaign=campaign,
            unit=Unit.objects.by_code(code, LAST_DAY).get(),
            stage=Stage.REGISTRATION,
            until=datetime.date(campaign.year + 1, 1, 31),
            reason="Sắp xếp lại tổ dân phố sau bão, đăng ký bổ sung",
            granted_by=world.people["thanhpho"],
        )
