"""Loading a register of 10,000 rows, each checked, beside reading the same file and writing the same rows unchecked."""

import datetime
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import connection, transaction
from django.utils import timezone
from python_calamine import CalamineWorkbook

from awards.models import RegisterBatch, RegisterRow
from awards.register.loading import load
from mobilization.accounts.models import User
from mobilization.units.models import Unit
from models_registry.models import Campaign, Recognition, Registration, ReviewStep, SkilledModel
from tests.bench.runner import Row, peak_memory
from tests.bench.words import AIMS, FAMILY, GIVEN, GROUPS, PLACES, TITLES

ROWS, FEW = 10_000, 2_500
ROUNDS = 3
YEARS = (2021, 2022, 2023, 2024)
SHEET = "Mô hình"


def rows() -> Iterator[Row]:
    """The memory of the worker for four times the rows, and the time."""
    actor = User.objects.order_by("pk")[0]
    with tempfile.TemporaryDirectory() as directory:
        many, few = Path(directory) / "many.xlsx", Path(directory) / "few.xlsx"
        _make(many, ROWS)
        _make(few, FEW)
        # First, while the process from which both are forked is still small.
        yield Row(
            f"workbook import, memory of the worker for {ROWS:,} rows",
            _undone(lambda: _load(many, actor)),
            _undone(lambda: _load(few, actor)),
            f"for {FEW:,} rows",
            "cost",
            1.25,
            rounds=1,
            measure=peak_memory,
            unit="MB",
        )

        yield Row(
            f"workbook import, {ROWS:,} rows, all checked",
            _undone(lambda: _load(many, actor)),
            _undone(lambda: _plain(many, actor)),
            "read it, bulk_create the same rows",
            "cost",
            2,
            rounds=ROUNDS,
        )


def _make(path: Path, count: int) -> None:
    units = list(Unit.objects.in_force(datetime.date(2021, 1, 1)).communes().filter(valid_to__year=2025))
    with xlsxwriter.Workbook(
        path, {"constant_memory": True, "default_date_format": "dd/mm/yyyy"}
    ) as workbook:
        sheet = workbook.add_worksheet(SHEET)
        sheet.write_row(0, 0, _cells(0, units[0]))
        for number in range(count):
            sheet.write_row(number + 1, 0, _cells(number, units[number % len(units)]).values())


def _cells(n: int, unit: Unit) -> dict[str, Any]:
    """Return row ``n`` by heading: a recognised model, no two alike."""
    year = YEARS[n % len(YEARS)]
    return {
        "Năm": year,
        "Mã đơn vị": unit.code,
        "Đơn vị": unit.full_name,
        "Tên mô hình": f"{TITLES[n % len(TITLES)]} lần {n}",
        "Loại": "Mô hình",
        "Chủ thể": "Tập thể",
        "Bên đăng ký": GROUPS[n % len(GROUPS)],
        "Địa điểm": PLACES[n % len(PLACES)],
        "Lĩnh vực": "Phát triển kinh tế",
        "Cấp": "Cơ sở",
        "Mới/Duy trì": "Mới",
        "Mục tiêu": f"{AIMS[n % len(AIMS)]} ({n})",
        "Cách làm": f"{AIMS[(n + 1) % len(AIMS)]} ({n})",
        "Số hộ": n % 400,
        "Bắt đầu": datetime.date(year, 2, 1 + n % 28),
        "Kết thúc": datetime.date(year, 9, 1 + n % 28),
        "Người phụ trách": f"{FAMILY[n % len(FAMILY)]} {GIVEN[n % len(GIVEN)]}",
        "Kinh phí (đồng)": 2_000_000 + n,
        "Xã hội hóa (đồng)": 1_000_000,
        "Kết quả": f"{AIMS[(n + 2) % len(AIMS)]} ({n})",
        "Trạng thái": "Đã công nhận",
        "Cơ quan công nhận": f"Đảng ủy {unit.full_name}"[:200],
        "Số quyết định": f"{n}-QĐ/ĐU",
        "Ngày quyết định": datetime.date(year, 12, 10),
    }


def _undone(write: Callable[[], None]) -> Callable[[], None]:
    """Return ``write`` as it runs in a transaction that is checked as if it ended well, and rolled back."""

    def run() -> None:
        with transaction.atomic():
            write()
            connection.check_constraints()
            transaction.set_rollback(True)

    return run


def _load(path: Path, actor: User) -> None:
    report = load(path, actor=actor)
    if not report.ok:
        raise SystemExit(f"The workbook was refused: {report.refusals[0]}")


def _plain(path: Path, actor: User) -> None:
    """What one writes in an hour: nothing is checked, each table gets its rows by one ``bulk_create``."""
    now = timezone.now()
    sheet = CalamineWorkbook.from_path(str(path)).get_sheet_by_name(SHEET)
    heading, *lines = sheet.iter_rows()
    lines = [dict(zip(heading, line, strict=True)) for line in lines]
    units = {unit.code: unit.pk for unit in Unit.objects.in_force(datetime.date(2021, 1, 1))}
    campaigns = {campaign.year: campaign for campaign in Campaign.objects.all()}
    batch = RegisterBatch.objects.create(file_name=path.name, sha256="0" * 64, actor=actor, loaded_at=now)
    models = SkilledModel.objects.bulk_create(
        SkilledModel(title=line["Tên mô hình"], unit_id=units[line["Mã đơn vị"]], created_at=now)
        for line in lines
    )
    made = Registration.objects.bulk_create(
        _registration(line, model, campaigns[int(line["Năm"])], actor, now)
        for line, model in zip(lines, models, strict=True)
    )
    Recognition.objects.bulk_create(
        Recognition(
            registration=one,
            level=one.level,
            body=line["Cơ quan công nhận"],
            number=line["Số quyết định"],
            decided_on=line["Ngày quyết định"],
            recorded_by=actor,
            recorded_at=now,
        )
        for line, one in zip(lines, made, strict=True)
    )
    ReviewStep.objects.bulk_create(
        ReviewStep(
            registration=one,
            act="recognise",
            from_state="reported",
            to_state="recognised",
            actor=actor,
            at=now,
            reason=f"Loaded from the register “{path.name}”.",
            version=1,
        )
        for one in made
    )
    RegisterRow.objects.bulk_create(
        RegisterRow(batch=batch, sheet=SHEET, number=number, fingerprint=f"{number:064}", registration=one)
        for number, one in enumerate(made, start=2)
    )


def _registration(line: dict, model: SkilledModel, campaign: Campaign, actor: User, now) -> Registration:
    return Registration(
        model=model,
        campaign=campaign,
        year=campaign.year,
        unit_id=model.unit_id,
        state="recognised",
        state_since=now,
        title=line["Tên mô hình"],
        kind="model",
        subject="collective",
        registrant=line["Bên đăng ký"],
        place=line["Địa điểm"],
        field="economy",
        level="grassroots",
        novelty="new",
        aim=line["Mục tiêu"],
        method=line["Cách làm"],
        households=int(line["Số hộ"]),
        starts_on=line["Bắt đầu"],
        ends_on=line["Kết thúc"],
        person_name=line["Người phụ trách"],
        money=int(line["Kinh phí (đồng)"]),
        money_from_people=int(line["Xã hội hóa (đồng)"]),
        result_summary=line["Kết quả"],
        typed_by=actor,
        typists=[actor.pk],
        submitted_by=actor,
        submitted_at=now,
        reported_at=now,
        changed_by=actor,
        created_at=now,
        changed_at=now,
    )
