"""All certificates of a decision in one file, as the job makes it, beside typst alone on the same form and data.

Each side runs in a process of its own: typst keeps what it has laid out once, and a worker never meets the same
decision twice.
"""

import datetime
import itertools
import json
import multiprocessing
from collections.abc import Callable, Iterator

import typst
from django.db import connections, transaction

from awards.certificates import files, printing
from awards.models import Award, AwardForm, CertificateFile, Decision
from awards.states import RecipientKind, Variant
from awards.transitions import issue
from mobilization.accounts.models import User
from mobilization.core import documents
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress
from mobilization.jobs.states import State
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from tests.bench.runner import Row
from tests.bench.words import AIMS, GROUPS, PLACES, TITLES

CERTIFICATES = 500
ROUNDS = 5
NUMBER = "500-CERTIFICATES"
SIGNED = datetime.date(2026, 2, 5)


def rows() -> Iterator[Row]:
    """One decision with 500 awards."""
    decision = Decision.objects.filter(number=NUMBER).first() or _decision()
    actor = User.objects.order_by("pk")[0]
    data = json.dumps(printing.whole_data(decision, Variant.FULL), ensure_ascii=False)
    yield Row(
        f"certificates, {CERTIFICATES} as one PDF with the list",
        lambda: _apart(_job, decision, actor),
        lambda: _apart(_bare, data),
        "typst alone, same form and data",
        "cost",
        2,
        rounds=ROUNDS,
    )


def _apart(side: Callable[..., None], *given: object) -> None:
    connections.close_all()  # the child opens its own
    child = multiprocessing.get_context("fork").Process(target=side, args=given)
    child.start()
    child.join()
    if child.exitcode:
        raise SystemExit("The process that was to be measured has failed.")


def _job(decision: Decision, actor: User) -> None:
    CertificateFile.objects.filter(
        decision=decision
    ).delete()  # else the kept one would be found to say the same
    job = Job.objects.create(kind=files.KIND, state=State.RUNNING, attempts=1, actor=actor)
    files.make(decision, Variant.FULL, actor=actor, progress=Progress(job))


def _bare(data: str) -> None:
    typst.compile(
        input=documents.FORMS / "certificates.typ",
        root=documents.FORMS,
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": data},
    )


@transaction.atomic
def _decision() -> Decision:
    drafter, signer = User.objects.order_by("pk")[:2]
    city = Unit.objects.get(kind=UnitKind.CITY)
    decision = Decision.objects.create(
        unit=city,
        tier="city",
        title="Khen thưởng phong trào thi đua “Dân vận khéo”",
        number=NUMBER,
        signed_on=SIGNED,
        signer="Nguyễn Văn Mẫu",
        signer_post="Chủ tịch",
        drafted_by=drafter,
    )
    form = AwardForm.objects.in_force(SIGNED).of_tier("city").order_by("code")[0]
    communes = itertools.cycle(Unit.objects.in_force(SIGNED).communes().order_by("pk")[:CERTIFICATES])
    Award.objects.bulk_create(
        Award(
            decision=decision,
            form=form,
            recipient_kind=RecipientKind.values[place % 3],
            recipient_name=f"{GROUPS[place % len(GROUPS)]} {PLACES[place % len(PLACES)]} {place}",
            unit=next(communes),
            achievement=f"{TITLES[place % len(TITLES)]}. {AIMS[place % len(AIMS)]} " * (1 + place % 5),
        )
        for place in range(CERTIFICATES)
    )
    issue(decision, actor=signer, of_the_past=True)
    return decision
