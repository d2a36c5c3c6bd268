import datetime
import io

import openpyxl
import pytest
from django.urls import reverse

from mobilization.audit import acts, log
from mobilization.audit.models import AuditEntry
from mobilization.units.models import Unit
from mobilization.units.plan_files import read_plan
from tests.accounts.factories import user_with
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db
D = datetime.date
ON = D(2025, 7, 1)


@pytest.fixture
def staff(client):
    unit = UnitFactory(name="Nhà", full_name="Xã Nhà")
    client.force_login(user_with("official", unit))
    return client


def listed(client, **parameters) -> list[str]:
    response = client.get(reverse("units:list"), parameters)
    assert response.status_code == 200
    return [unit.name for unit in response.context["object_list"]]


def test_list_shows_units_of_the_day_in_vietnamese_order(staff):
    UnitFactory(name="Đông")
    UnitFactory(name="Dương", valid_to=ON)
    UnitFactory(name="Ấm", valid_from=ON)
    assert listed(staff, kind="commune") == ["Ấm", "Đông", "Nhà"]
    assert listed(staff, kind="commune", on="30/06/2025") == ["Dương", "Đông", "Nhà"]
    assert listed(staff, kind="city") == ["Hà Nội"]


def test_list_search_ignores_accents(staff):
    UnitFactory(name="Sóc Sơn")
    assert listed(staff, q="soc son") == ["Sóc Sơn"]
    assert listed(staff, q="khong co") == []


@pytest.mark.parametrize("day", ["31/02/2025", "0000-01-01", "x", "\x00", "01/01/9999"])
def test_list_day_that_is_none_is_told(staff, day):
    response = staff.get(reverse("units:list"), {"on": day})
    assert response.status_code == 200
    assert response.context["filter_form"].errors["on"]


def test_list_is_paged_by_key(staff):
    for number in range(30):
        UnitFactory(name=f"Thôn {number:02d}")
    page = staff.get(reverse("units:list"), {"kind": "commune"}).context["page"]
    rest = staff.get(reverse("units:list"), {"kind": "commune", "cursor": page.next}).context["page"]
    assert (len(page), len(rest)) == (25, 6)


@pytest.mark.parametrize("count", [1, 3])
def test_list_queries_do_not_grow(staff, django_assert_num_queries, count):
    for _ in range(count):
        UnitFactory(parent=UnitFactory(kind="town"))
    staff.get(reverse("units:list"))
    with django_assert_num_queries(3):
        staff.get(reverse("units:list"))


@pytest.mark.parametrize("count", [1, 3])
def test_detail_queries_do_not_grow(staff, django_assert_num_queries, count):
    unit = UnitFactory(valid_from=D(2020, 1, 1), valid_to=ON, parent=UnitFactory(kind="town"))
    for _ in range(count):
        succeed(UnitFactory(valid_to=D(2024, 1, 1)), unit, on=D(2024, 1, 1))
    succeed(unit, *[UnitFactory(valid_from=ON) for _ in range(count)], on=ON)
    staff.get(unit.get_absolute_url())
    with django_assert_num_queries(7):
        staff.get(unit.get_absolute_url())


def test_detail_tells_tree_life_and_lineage(staff):
    district = UnitFactory(kind="rural_district", full_name="Huyện Cũ", valid_from=D(2020, 1, 1), valid_to=ON)
    unit = UnitFactory(parent=district, full_name="Xã Cũ", valid_to=ON)
    after = UnitFactory(full_name="Xã Mới", valid_from=ON)
    succeed(unit, after, on=ON)
    page = staff.get(unit.get_absolute_url()).content.decode()
    for words in ("Xã Cũ", "Huyện Cũ", "Xã Mới", "30/06/2025", "Nghị quyết 1/NQ"):
        assert words in page
    assert "Xã Cũ" in staff.get(district.get_absolute_url()).content.decode()
    assert "Xã Cũ" in staff.get(after.get_absolute_url()).content.decode()


def test_detail_tells_each_act_and_what_a_correction_changed(staff):
    unit = city()
    log.record(
        "unit.amend",
        actor=None,
        target=unit,
        unit=unit,
        data={"job": "load_units", "new": {"seat": "Hồ Gươm"}},
    )
    log.record(
        "unit.load_outlines", actor=None, target=unit, unit=unit, data={"job": "load_boundaries", "new": 126}
    )
    steps = staff.get(unit.get_absolute_url()).context["steps"]
    words = {str(step["label"]): step["words"] for step in steps}
    seat = Unit._meta.get_field("seat").verbose_name
    assert words[acts.label_of("unit.amend")] == f"{seat}: Hồ Gươm"
    assert words[acts.label_of("unit.load_outlines")] == ""


def test_detail_unknown_unit_is_404(staff):
    assert staff.get(reverse("units:detail", args=[0])).status_code == 404


@pytest.mark.parametrize(
    ("order", "names"), [("code", ["Bé", "An"]), ("-code", ["An", "Bé"]), ("name", ["An", "Bé"])]
)
def test_list_sorts_by_its_heads(staff, order, names):
    UnitFactory(name="An", code="90002")
    UnitFactory(name="Bé", code="90001")
    shown = listed(staff, kind="commune", order=order)
    assert [name for name in shown if name in {"An", "Bé"}] == names


def test_export_as_a_workbook_has_a_line_for_each_unit(staff):
    response = staff.get(reverse("units:list"), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response.streaming_content))).active
    assert sheet["A1"].value == "code"
    assert sheet.max_row == 1 + Unit.objects.in_force().count()


def test_export_can_be_loaded_again_and_is_logged(staff):
    UnitFactory(name="=Công", seat="+84")
    response = staff.get(reverse("units:list"), {"export": "csv"})
    content = b"".join(response.streaming_content)
    plan = read_plan(content)
    assert len(plan.lives) == Unit.objects.in_force().count()
    assert {life.key.code for life in plan.lives} == set(Unit.objects.values_list("code", flat=True))
    assert AuditEntry.objects.of_act("unit.export").count() == 1


def upload(client, url: str, units: str, successions: str = ""):
    files = {"units_file": io.BytesIO(units.encode())}
    if successions:
        files["successions_file"] = io.BytesIO(successions.encode())
    return client.post(reverse(url), files)


HEAD = "code,kind,full_name,name,parent_code,valid_from,valid_to,lat,lon,population,area_km2,seat\n"


@pytest.fixture
def administrator(client):
    client.force_login(user_with("administrator", city()))
    return client


@pytest.mark.parametrize("url", ["accounts:reorganise", "accounts:apply_reorganisation"])
def test_reorganise_is_for_administrators_only(staff, url):
    assert upload(staff, url, HEAD).status_code == 404


def test_reorganise_shows_first_and_changes_nothing(administrator):
    rows = HEAD + "99001,ward,Phường Mới,Mới,01,2027-01-01,,,,,,\n"
    response = upload(administrator, "accounts:reorganise", rows)
    assert response.status_code == 200
    assert [unit.full_name for unit in response.context["report"].opened] == ["Phường Mới"]
    assert "Phường Mới" in response.content.decode()
    assert not Unit.objects.filter(code="99001").exists()


def test_reorganise_tells_every_mistake_with_its_row(administrator):
    rows = HEAD + "99001,ward,Phường Mới,Mới,77,2027-01-01,,,,,,\n99002,hamlet,Xóm,Xóm,01,2027-01-01,,,,,,\n"
    page = upload(administrator, "accounts:reorganise", rows).content.decode()
    assert "units.csv:2" in page
    assert "units.csv:3" in page


@pytest.mark.parametrize("content", ["", "\x00", "PK\x03\x04", "code\n1\n"])
def test_reorganise_file_that_is_none_is_told(administrator, content):
    response = upload(administrator, "accounts:reorganise", content)
    assert response.status_code == 200
    assert response.context["form"].errors
