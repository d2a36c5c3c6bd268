"""Units, the audit log, jobs, figures and the staff home."""

from mobilization.jobs.models import Job
from tests.access import GATE, WITH_POSITION, Row, post_only, staff


def commune(world):
    return {"pk": world.commune.pk}


def own_job(world):
    return {"pk": Job.objects.create(kind="accounts.send_invitation", actor=world.users["official"]).pk}


def year(_world):
    return {"year": 2025}


UNITS = [
    staff("units:list", "all"),
    staff("units:export", "all"),
    staff("units:detail", "all", commune),
]

AUDIT = [
    staff("audit:list", "administrator auditor city_staff city_leader"),
]

JOB_READERS = "official city_staff administrator auditor"
JOBS = [
    staff("jobs:list", "all"),
    staff("jobs:detail", JOB_READERS, own_job),
    post_only("jobs:again", own_job),
]
STATISTICS = [
    staff("statistics:manage", "city_staff city_leader auditor"),
    Row(
        "statistics:rebuild",
        GATE | dict.fromkeys(WITH_POSITION, "404") | {"city_staff": "405"},
        year,
    ),
]

DESK = [
    staff("desk:home", "all"),
    staff("desk:sent", "official neighbour reviewer city_staff city_leader auditor"),
    staff("desk:dates", "all"),
    staff("desk:calendar", "all"),
]

ROWS = [*UNITS, *AUDIT, *JOBS, *STATISTICS, *DESK]
