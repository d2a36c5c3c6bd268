"""Units, the audit log, jobs, figures and the staff home."""

import datetime

from django.utils import timezone

from mobilization.jobs.models import Job
from mobilization.statistics.models import Adjustment, Correction, Reconciliation, Seal, YearStatus
from tests.access import post_only, staff
from tests.units.factories import city


def commune(world):
    return {"pk": world.commune.pk}


def own_job(world):
    return {"pk": Job.objects.create(kind="accounts.send_invitation", actor=world.users["official"]).pk}


def year(_world):
    return {"year": 2025}


def compared_year(world):
    return {"pk": Reconciliation.objects.create(city=city(), year=2023, compared=1, differences=0).pk}


def year_to_close(_world):
    YearStatus.objects.create(
        city=city(),
        year=2023,
        computed_at=timezone.now(),
        figures=0,
        changed=0,
        duration=datetime.timedelta(),
    )
    return {"year": 2023}


def closed_year(world):
    Seal.objects.create(
        city=city(),
        year=2022,
        number=1,
        sha256="0" * 64,
        sealed_at=timezone.now(),
        sealed_by=world.users["city_leader"],
    )
    return {"year": 2022}


def unexplained(_world):
    return {"pk": Adjustment.objects.create(city=city(), year=2022, unexplained=True).pk}


def correction(world):
    asked = Correction.objects.create(
        city=city(),
        unit=world.commune,
        year=2022,
        record="dialogues.dialogue:1",
        title="Đối thoại",
        url="/desk/",
        wanted="41 người dự",
        reason="Biên bản",
        asked_by=world.users["official"],
    )
    return {"pk": asked.pk}


UNITS = [
    staff("units:list", "all"),
    staff("units:detail", "all", commune),
]

AUDIT = [
    staff("audit:list", "administrator auditor city_staff city_leader"),
]

JOB_READERS = "official city_staff administrator auditor"
JOBS = [
    staff("jobs:list", "all"),
    staff("jobs:detail", JOB_READERS, own_job),
    post_only("jobs:again", "administrator", own_job),
]
STATISTICS = [
    staff("statistics:manage", "city_staff city_leader auditor"),
    post_only("statistics:rebuild", "city_staff", year_to_close),
    post_only("statistics:reconcile", "city_staff", year_to_close),
    post_only("statistics:explain", "city_staff", unexplained),
    staff("statistics:runs", "city_staff city_leader auditor"),
    staff("statistics:reconciliation", "city_staff city_leader auditor", compared_year),
    staff("statistics:close", "city_leader", year_to_close),
    staff("statistics:closed", "city_staff city_leader auditor", closed_year),
    staff("statistics:closed", "", year),
    staff("statistics:corrections", "official neighbour reviewer city_staff city_leader auditor"),
    staff("statistics:correction", "official reviewer city_staff city_leader auditor", correction),
    staff("statistics:correction_new", ""),
    post_only(
        "statistics:correction_decide", "city_leader", lambda world: correction(world) | {"act": "approve"}
    ),
    staff("statistics:correction_decide", "", lambda world: correction(world) | {"act": "forget"}),
]

DESK = [
    staff("desk:home", "all"),
    staff("desk:sent", "official neighbour reviewer city_staff city_leader auditor"),
    staff("desk:dates", "all"),
    staff("desk:calendar", "all"),
]

ROWS = [*UNITS, *AUDIT, *JOBS, *STATISTICS, *DESK]
