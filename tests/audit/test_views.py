import datetime

import pytest
from django.urls import reverse

from mobilization.audit.models import AuditEntry
from mobilization.core.context import request_context
from tests.accounts.factories import UserFactory, user_with
from tests.audit.factories import act
from tests.awards.factories import AwardFactory
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def entries(client, **parameters) -> list[str]:
    response = client.get(reverse("audit:list"), parameters)
    assert response.status_code == 200
    return [entry.act for entry in response.context["object_list"] if not entry.act.startswith("unit.")]


@pytest.fixture
def watcher(client):
    client.force_login(user_with("city_staff", city()))
    return client


@pytest.mark.parametrize("role", ["official", "reviewer"])
@pytest.mark.parametrize("asked", [{}, {"export": "csv"}])
def test_log_is_not_for_everybody(client, role, asked):
    client.force_login(user_with(role, UnitFactory()))
    assert client.get(reverse("audit:list"), asked).status_code == 404


@pytest.mark.parametrize("role", ["city_staff", "city_leader", "administrator"])
def test_log_city_roles_read_all(client, role):
    client.force_login(user_with(role, city()))
    act("a.without_unit")
    act("a.with_unit", unit=UnitFactory())
    assert {"a.with_unit", "a.without_unit"} <= set(entries(client))


def test_log_auditor_reads_the_own_scope(client):
    district = UnitFactory(kind="rural_district")
    client.force_login(user_with("auditor", district))
    act("a.inside", unit=UnitFactory(parent=district))
    act("a.outside", unit=UnitFactory())
    act("a.nowhere")
    assert [code for code in entries(client) if code.startswith("a.")] == ["a.inside"]


def test_log_filters(watcher):
    actor, unit = UserFactory(full_name="Nguyễn Văn Hiến"), UnitFactory(name="Sóc Sơn")
    long_ago = datetime.datetime(2025, 1, 1, tzinfo=datetime.UTC)
    with request_context("12345678-x"):
        act("a.first", actor=actor, at=long_ago)
    act("a.second", unit=unit)
    assert entries(watcher, actor="van hien") == ["a.first"]
    assert entries(watcher, unit="soc son") == ["a.second"]
    assert entries(watcher, first="01/01/2025", last="01/01/2025") == ["a.first"]
    assert entries(watcher, request_id="12345678-x") == ["a.first"]
    assert entries(watcher, act="audit.export") == []


@pytest.mark.parametrize(
    "name", ["act", "actor", "unit", "first", "last", "request_id", "cursor", "per_page"]
)
@pytest.mark.parametrize("value", ["\x00", "'", "x" * 5000, "\u202e", "9999-99-99", "[]"])
def test_log_any_filter_is_answered(watcher, name, value):
    assert watcher.get(reverse("audit:list"), {name: value}).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_log_queries_do_not_grow(watcher, django_assert_num_queries, count):
    for _ in range(count):
        act(unit=UnitFactory())
    watcher.get(reverse("audit:list"))
    with django_assert_num_queries(6):
        watcher.get(reverse("audit:list"))


@pytest.mark.parametrize("count", [1, 3])
def test_log_queries_do_not_grow_with_records_that_are_called_by_others(
    watcher, django_assert_num_queries, count
):
    for award in AwardFactory.create_batch(count):
        act("award.add", target=award)
    watcher.get(reverse("audit:list"), {"act": "award.add"})
    with django_assert_num_queries(5):
        assert len(entries(watcher, act="award.add")) == count


def test_log_names_records_also_those_that_are_gone(watcher):
    unit = UnitFactory(full_name="Xã Còn Đây")
    act("a.b", target=unit)
    gone = UnitFactory.build(pk=10**9, name="x", parent=None)
    act("a.c", target=gone)
    page = watcher.get(reverse("audit:list")).content.decode()
    assert "Xã Còn Đây" in page
    assert unit.get_absolute_url() in page
    assert "1000000000" in page


def test_log_data_is_shown_as_text(watcher):
    act("a.b", data={"reason": "<script>alert(1)</script>"})
    page = watcher.get(reverse("audit:list")).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_export_is_all_filtered_rows_and_recorded(watcher):
    for _ in range(30):
        act("a.b")
    response = watcher.get(reverse("audit:list"), {"first": "01/01/2020", "export": "csv"})
    rows = b"".join(response.streaming_content).decode("utf-8-sig").splitlines()
    assert sum(",a.b," in row for row in rows) == 30
    assert AuditEntry.objects.of_act("audit.export").get().data == {"filters": ["first"], "format": "csv"}
