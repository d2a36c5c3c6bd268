"""A workbook becomes records: every row is checked, then all of it is written, or nothing."""

from pathlib import Path

from django.db import connection, transaction
from django.utils.translation import gettext as _

from awards.linking import link_recipients
from awards.models import Award, Decision, RegisterBatch
from awards.register.awards_sheet import AwardsSheet
from awards.register.columns import Layout
from awards.register.dialogues_sheet import DialoguesSheet
from awards.register.models_sheet import ModelsSheet
from awards.register.places import Places
from awards.register.reading import Workbook, open_workbook
from awards.register.report import Refusal, Report
from awards.register.run import Run, SheetLoader
from awards.register.words import squash
from dialogues.models import Dialogue
from mobilization.audit import log
from mobilization.core import planner
from mobilization.core.errors import DomainError
from mobilization.units import closed_years
from models_registry.models import Recognition, Registration

SHEETS = (ModelsSheet, DialoguesSheet, AwardsSheet)
"""In this order: awards refer to models."""
_ONE_LOAD_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtext('awards.load_register'))"


class LoadedBefore(DomainError):
    """The very same file was loaded, and not undone."""

    def __init__(self, batch: RegisterBatch) -> None:
        super().__init__(
            _("This file was loaded before, as batch %(batch)d.") % {"batch": batch.pk}, code="loaded_before"
        )
        self.batch = batch


def load(path: str | Path, *, actor) -> Report:
    """Load a workbook in the name of ``actor`` and return what came of it; with a refusal nothing is written.

    Raises ``UnreadableWorkbook`` for a file that is no workbook, ``LoadedBefore`` for one that was loaded already,
    ``DomainError`` (``year_closed``) for rows of a closed year.
    """
    workbook = open_workbook(path)
    report = Report(workbook.name)
    with closed_years.told(), transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(_ONE_LOAD_AT_A_TIME)
        before = RegisterBatch.objects.filter(sha256=workbook.sha256, undone_at=None).first()
        if before is not None:
            raise LoadedBefore(before)
        run = Run(actor=actor, file_name=workbook.name, places=Places())
        loaders = _read(workbook, run, report)
        run.batch = RegisterBatch.objects.create(
            file_name=workbook.name, sha256=workbook.sha256, actor=actor, loaded_at=run.now
        )
        for loader in loaders:
            for refusals in loader.store(write=report.ok):
                report.refuse(refusals)
        report.finish()
        if report.ok:
            _close(run.batch, report, actor)
            planner.refresh(Registration, Recognition, Dialogue, Decision, Award)
            link_recipients(list(run.batch.decisions.values_list("pk", flat=True)))
        else:
            transaction.set_rollback(True)
    return report


def _read(workbook: Workbook, run: Run, report: Report) -> list[SheetLoader]:
    """Check all rows of all sheets; return the loaders with the rows that they found right."""
    known = {squash(sheet.title): sheet for sheet in SHEETS}
    found = {squash(name): name for name in workbook.sheet_names if squash(name) in known}
    if not found:
        titles = ", ".join(sheet.title for sheet in SHEETS)
        sentence = _("The workbook has none of these sheets: %(sheets)s.") % {"sheets": titles}
        report.refuse([Refusal(workbook.name, None, None, "", sentence)])
    for name in workbook.sheet_names:
        if squash(name) not in known:
            report.of(name).note = _("not read")
    loaders = []
    for title, sheet in known.items():
        if title in found:
            loader = sheet(run)
            if _read_sheet(workbook, found[title], loader, report):
                loaders.append(loader)
    return loaders


def _read_sheet(workbook: Workbook, name: str, loader: SheetLoader, report: Report) -> bool:
    """Check the rows of one sheet; False if its headings are wrong, so that no row can be read."""
    count, rows = report.of(loader.title), workbook.rows(name)
    headings = next(rows, None)
    if headings is None:
        report.refuse([Refusal(loader.title, None, None, "", _("This sheet is empty."))])
        return False
    loader.layout = Layout(loader.title, loader.columns(), headings)
    report.refuse(loader.layout.refusals)
    if loader.layout.refusals:
        return False
    formulas = workbook.formulas(name)
    for row in rows:
        count.read += 1
        report.refuse(loader.take(row, formulas))
    return True


def _close(batch: RegisterBatch, report: Report, actor) -> None:
    batch.counts = batch.counts | {"rows": {count.sheet: count.loaded for count in report.sheets.values()}}
    batch.save(update_fields=["counts"])
    report.batch = batch
    # One entry for all: which record came of which row stands in the batch's rows.
    log.record(
        "register.load",
        actor=actor,
        target=batch,
        data={"file": batch.file_name, "sha256": batch.sha256, **batch.counts},
    )
