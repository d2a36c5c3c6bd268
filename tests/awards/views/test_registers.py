import csv
import datetime
import io

import pytest
from django.urls import reverse

from awards.models import NumberBook
from awards.transitions import revoke
from mobilization.audit.models import AuditEntry
from tests.accounts.factories import user_with
from tests.awards.certificates.factories import HandoverFactory
from tests.awards.factories import SIGNED, AwardFactory, DecisionFactory, issue_past, issued
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def url(name, *args):
    return reverse(f"awards:{name}", args=args)


def rows(response):
    text = b"".join(response.streaming_content).decode().lstrip("\ufeff")
    return list(csv.reader(io.StringIO(text)))


def local(commune, count=1):
    decision = DecisionFactory(unit=commune, tier="commune")
    AwardFactory.create_batch(count, decision=decision, unit=commune)
    return issue_past(decision, actor=user_with("city_leader", city()))


def test_certificates_lists_what_was_issued_in_scope(client, commune):
    own = local(commune, 2)
    local(UnitFactory())
    AwardFactory(decision=DecisionFactory(unit=commune, tier="commune"), unit=commune)

    client.force_login(user_with("official", commune))
    found = client.get(url("certificates")).context["object_list"]

    assert {award.decision_id for award in found} == {own.pk}
    assert len(found) == 2


def test_certificates_lead_to_handing_out_who_may(client, staff, leader):
    decision = issued(1)
    page = url("hand_out", decision.pk)

    client.force_login(staff)
    assert page in client.get(url("certificates")).content.decode()
    client.force_login(leader)
    assert page not in client.get(url("certificates")).content.decode()


def test_certificates_by_handing_out(client, staff):
    client.force_login(staff)
    given, kept = issued(2).awards.order_by("pk")
    HandoverFactory(award=given)

    for word, award in (("yes", given), ("no", kept)):
        assert list(client.get(url("certificates"), {"handed": word}).context["object_list"]) == [award]
    assert "Bà Nguyễn Thị Mai" in client.get(url("certificates")).content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "thon"}, 2),
        ({"year": "2026"}, 2),
        ({"year": "2025"}, 0),
        ({"tier": "city"}, 2),
        ({"tier": "commune"}, 0),
        ({"state": "revoked"}, 1),
        ({"number": "77/qđ"}, 2),
    ],
)
def test_certificates_filters(client, staff, leader, query, count):
    client.force_login(staff)
    decision = issued(2, number="77/QĐ")
    one = decision.awards.order_by("pk").first()
    revoke(decision, actor=leader, number="9/QĐ", signed_on=SIGNED, reason="Sai", awards=[one])

    assert len(client.get(url("certificates"), query).context["object_list"]) == count


def test_certificates_export_has_all_rows_and_no_code(client, staff):
    client.force_login(staff)
    decision = issued(30)
    HandoverFactory(award=decision.awards.order_by("pk").first())

    table = rows(client.get(url("certificates"), {"export": "csv"}))

    assert len(table) == 31
    text = str(table)
    assert "Bà Nguyễn Thị Mai" in text
    assert all(award.verify_code not in text for award in decision.awards.all())
    assert AuditEntry.objects.get(act="certificate.export").data == {"filters": [], "format": "csv"}


def test_book_has_its_numbers_in_order_and_only_its_readers(client, commune, staff):
    local(commune, 2)
    local(commune, 1)
    book = NumberBook.objects.get()
    client.force_login(user_with("reviewer", commune))

    page = client.get(url("book", book.pk))

    assert [award.golden_book_number for award in page.context["object_list"]] == [1, 2, 3]
    assert list(client.get(url("books")).context["object_list"]) == [book]
    client.force_login(user_with("reviewer", UnitFactory()))
    assert client.get(url("book", book.pk)).status_code == 404
    assert list(client.get(url("books")).context["object_list"]) == []


def test_yearly_shows_this_year_unless_another_is_asked_for(client, staff, time_machine):
    time_machine.move_to("2026-06-01T12:00:00+07:00")
    client.force_login(staff)
    issued(1)
    issued(2, signed_on=datetime.date(2025, 12, 1))

    this, last = client.get(url("yearly")), client.get(url("yearly"), {"year": "2025"})

    assert (this.context["total"], last.context["total"]) == (1, 2)
    assert this.context["year"] == 2026


def test_yearly_counts_what_stands_by_kind(client, staff, leader):
    client.force_login(staff)
    decision = DecisionFactory()
    for kind in ("collective", "individual", "household"):
        AwardFactory(decision=decision, recipient_kind=kind)
    issue_past(decision, actor=leader)
    gone = decision.awards.get(recipient_kind="household")
    revoke(decision, actor=leader, number="9/QĐ", signed_on=SIGNED, reason="Sai", awards=[gone])

    context = client.get(url("yearly"), {"year": "2026"}).context

    assert [count for _label, count in context["kinds"]] == [1, 1, 0]
    assert gone not in context["object_list"]


def test_yearly_goes_unit_by_unit_over_pages(client, staff):
    client.force_login(staff)
    units = [UnitFactory(name=name) for name in ("Đông Anh", "Ứng Hòa", "Ba Đình")]
    decision = DecisionFactory()
    for unit in [*units, *units] * 5:
        AwardFactory(decision=decision, unit=unit)
    issue_past(decision, actor=user_with("city_leader", city()))

    first = client.get(url("yearly"), {"year": "2026"})
    second = client.get(url("yearly"), {"year": "2026", "cursor": first.context["page"].next})

    seen = [award.unit.name for page in (first, second) for award in page.context["object_list"]]
    assert seen == ["Ba Đình"] * 10 + ["Đông Anh"] * 10 + ["Ứng Hòa"] * 10


@pytest.mark.parametrize("name", ["certificates", "books", "yearly"])
def test_list_asks_the_same_questions_for_one_and_three(client, staff, name, django_assert_max_num_queries):
    client.force_login(staff)
    for count in (1, 3):
        for award in issued(count).awards.all():
            HandoverFactory(award=award)
        client.get(url(name), {"year": "2026"})
        with django_assert_max_num_queries(11):
            client.get(url(name), {"year": "2026"})


@pytest.mark.parametrize("name", ["certificates", "books", "yearly"])
@pytest.mark.parametrize(
    "query",
    [
        "year=0",
        "year=99999999999",
        "year=x",
        "year=%00",
        "q=%00",
        "q=" + "x" * 3000,
        "unit=-1",
        "unit=" + "9" * 30,
        "tier=x",
        "state=x",
        "handed=x",
        "cursor=W10",
        "number=%00",
        "kind=x",
        "order=x",
        "columns=x",
        "per_page=9",
    ],
)
def test_bad_filter_is_answered(client, staff, name, query):
    client.force_login(staff)
    issued()

    assert client.get(f"{url(name)}?{query}").status_code == 200


def test_decisions_export_has_each_with_its_number_of_awards(client, staff, leader):
    client.force_login(staff)
    decision = issued(2, number="77/QĐ")
    revoke(decision, actor=leader, number="9/QĐ", signed_on=SIGNED, reason="Sai")

    table = rows(client.get(url("list"), {"export": "csv"}))

    assert {(line[0], line[-1], line[-2]) for line in table[1:]} == {
        ("77/QĐ", "2", ""),
        ("9/QĐ", "0", "77/QĐ"),
    }
    assert AuditEntry.objects.get(act="decision.export").actor == staff


@pytest.mark.parametrize(("name", "column"), [("books", "last"), ("yearly", "achievement")])
def test_register_shows_the_columns_that_are_asked_for(client, staff, name, column):
    client.force_login(staff)
    issued()
    every = client.get(url(name), {"year": "2026"})
    one = client.get(url(name), {"year": "2026", "columns": column})
    heads = [page.content.decode().count('<th scope="col"') for page in (every, one)]
    assert heads == [1 + len(every.context["columns"]), 2]


def test_decisions_show_the_columns_that_are_asked_for(client, staff):
    client.force_login(staff)
    decision = issued()

    assert decision.signer in client.get(url("list"), {"columns": "signer"}).content.decode()
    assert decision.signer not in client.get(url("list")).content.decode()
