"""The command and the files it reads."""

import datetime
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from mobilization.audit.models import AuditEntry
from mobilization.units.management.commands.load_units import SHIPPED
from mobilization.units.models import Succession, Unit
from mobilization.units.plan_files import SUCCESSION_COLUMNS, UNIT_COLUMNS, read_plan
from mobilization.units.plans import PlanRefused
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db
HEAD = ",".join(UNIT_COLUMNS)
CITY = "01,city,Thành phố Hà Nội,Hà Nội,,2008-08-01,,,,,,"


def load(**options) -> list[str]:
    output = StringIO()
    call_command("load_units", stdout=output, **options)
    return output.getvalue().splitlines()


def files(tmp_path, units: str, successions: str = "") -> dict:
    (tmp_path / "units.csv").write_text(units, encoding="utf-8")
    (tmp_path / "successions.csv").write_text(successions, encoding="utf-8")
    return {"units": tmp_path / "units.csv", "successions": tmp_path / "successions.csv"}


def test_load_units_shipped_then_again_changes_nothing():
    assert load() == [
        "units: 769 added, 0 changed, 0 unchanged",
        "successions: 881 added, 0 changed, 0 unchanged",
    ]
    rows = list(Unit.objects.order_by("id").values_list())
    entries = AuditEntry.objects.count()
    assert load() == [
        "units: 0 added, 0 changed, 769 unchanged",
        "successions: 0 added, 0 changed, 881 unchanged",
    ]
    assert list(Unit.objects.order_by("id").values_list()) == rows
    assert AuditEntry.objects.count() == entries


def test_load_units_is_what_the_files_say():
    load()
    plan = read_plan((SHIPPED / "units.csv").read_bytes(), (SHIPPED / "successions.csv").read_bytes())
    stored = {(unit.code, unit.valid_from): unit for unit in Unit.objects.select_related("parent")}
    for life in plan.lives:
        unit = stored[life.key]
        assert (unit.kind, unit.full_name, unit.name, unit.valid_to) == (
            life.kind,
            life.full_name,
            life.name,
            life.valid_to,
        )
        assert (unit.parent.code if unit.parent else "") == life.parent_code
        assert (unit.lat, unit.lon, unit.population, unit.area_km2, unit.seat) == (
            life.lat,
            life.lon,
            life.population,
            life.area_km2,
            life.seat,
        )
    assert Succession.objects.filter(share=None).count() == 367
    assert Succession.objects.main().count() == 612


def test_load_units_dry_run_leaves_nothing():
    assert load(dry_run=True)[0] == "units: 769 added, 0 changed, 0 unchanged"
    assert not Unit.objects.exists()


def test_load_units_by_an_account_is_in_its_name(tmp_path):
    user = UserFactory()
    load(actor=user.email, **files(tmp_path, f"{HEAD}\n{CITY}\n"))
    assert AuditEntry.objects.get(actor=user).act == "unit.open"


def test_load_units_unknown_account_or_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="nobody@example"):
        load(actor="nobody@example.vn")
    with pytest.raises(CommandError, match="No such file"):
        load(units=tmp_path / "none.csv")
    with pytest.raises(CommandError, match="--units"):
        load(successions=tmp_path / "none.csv")


def test_load_units_later_file_may_close_and_correct(tmp_path):
    ward = "00004,ward,Phường A,A,01,2020-01-01,{},,,,,"
    load(**files(tmp_path, "\n".join([HEAD, CITY, ward.format("")])))
    later = files(tmp_path, "\n".join([HEAD, CITY, ward.format("2025-07-01").replace(",A,", ",Á,")]))
    assert load(**later)[0] == "units: 0 added, 1 changed, 1 unchanged"
    unit = Unit.objects.get(code="00004")
    assert (unit.name, unit.valid_to) == ("Á", datetime.date(2025, 7, 1))
    # The first file knows nothing of the end; what the portal has learnt since stays.
    again = files(tmp_path, "\n".join([HEAD, CITY, ward.format("").replace(",A,", ",Á,")]))
    assert load(**again)[0] == "units: 0 added, 0 changed, 2 unchanged"


def test_load_units_contradiction_loads_nothing_and_names_the_rows(tmp_path):
    rows = [
        HEAD,
        CITY,
        "00004,ward,Phường A,A,01,2020-01-01,,,,,,",
        "00004,ward,Phường B,B,01,2021-01-01,,,,,,",
    ]
    with pytest.raises(CommandError, match=r"units.csv:4: .*Phường A.*Phường B"):
        load(**files(tmp_path, "\n".join(rows)))
    assert not Unit.objects.exists()


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("code", ""),
        ("code", "x" * 21),
        ("valid_from", "31/02/2020"),
        ("valid_from", "2020-02-31"),
        ("valid_from", "0001-01-01"),
        ("valid_to", "9999-12-31"),
        ("lat", "north"),
        ("lat", "NaN"),
        ("lon", "181"),
        ("population", "-5"),
        ("population", "1.5"),
        ("area_km2", "1e99"),
        ("seat", "x" * 301),
        ("full_name", "a\x07b"),
    ],
)
def test_read_plan_bad_cell_is_named(cell, value):
    cells = dict(zip(UNIT_COLUMNS, CITY.split(","), strict=True)) | {cell: value}
    with pytest.raises(PlanRefused) as refused:
        read_plan(f"{HEAD}\n{','.join(cells[column] for column in UNIT_COLUMNS)}\n")
    (problem,) = refused.value.problems
    assert (problem.source, problem.row) == ("units", 2)
    assert cell in problem.reason


def test_read_plan_missing_columns_are_named():
    with pytest.raises(PlanRefused, match="parent_code"):
        read_plan("code,kind\n01,city\n")
    with pytest.raises(PlanRefused, match="is_main"):
        read_plan(f"{HEAD}\n{CITY}\n", ",".join(SUCCESSION_COLUMNS[:-2]))


@pytest.mark.parametrize(
    "content", [b"\xff\xfe\x00\x01", b"PK\x03\x04" + bytes(range(256)), '"never closed\n']
)
def test_read_plan_other_files_are_refused(content):
    with pytest.raises(PlanRefused):
        read_plan(content)


def test_read_plan_mark_order_and_nothing_are_understood():
    reordered = "\ufeff" + ",".join(reversed(UNIT_COLUMNS)) + "\n" + ",".join(reversed(CITY.split(",")))
    assert read_plan(reordered.encode()).lives[0].full_name == "Thành phố Hà Nội"
    assert read_plan("", "").lives == []
