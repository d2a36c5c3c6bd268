import io
import re
from urllib.parse import urlencode

import openpyxl
import pytest
from django.urls import reverse

from mobilization.accounts.services import own_lists
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from models_registry.columns import LABELS
from models_registry.states import Novelty
from models_registry.views import lists
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, city_staff, commune_people
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db
LIST, QUEUE = reverse("models_registry:list"), reverse("models_registry:queue")


def titles(response):
    return [row.title for row in response.context["object_list"]]


def test_list_official_sees_the_drafts_of_the_own_unit_only(client):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune, title="Bản nháp của ta")
    RegistrationFactory(title="Bản nháp của xã khác")
    RegistrationFactory(title="Bản đã nộp của xã khác", submitted=True)
    client.force_login(official)
    assert titles(client.get(LIST)) == ["Bản nháp của ta"]


@pytest.mark.parametrize("words", ["hien dat", "HIẾN ĐẤT", "hiê\u0301n đâ\u0301t"])
def test_list_search_finds_without_accents(client, words):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune, title="Khéo vận động hiến đất")
    RegistrationFactory(unit=commune, title="Tuyến đường hoa")
    client.force_login(official)
    assert titles(client.get(LIST, {"q": words})) == ["Khéo vận động hiến đất"]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"state": "sent_back"}, ["Trả lại"]),
        ({"state": "draft"}, ["Nháp"]),
        ({"field": "economy", "level": "grassroots"}, ["Nháp", "Trả lại"]),
        ({"field": "defence_security"}, []),
        ({"year": "1999"}, []),
        ({"year": "99999999999999999999"}, []),
        ({"year": "abc"}, []),
        ({"state": "no such"}, []),
        ({"q": "\x00"}, []),
    ],
)
def test_list_filters_find_or_find_nothing_and_never_break(client, query, found):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune, title="Nháp")
    RegistrationFactory(unit=commune, title="Trả lại", returned=True)
    client.force_login(official)
    response = client.get(LIST, query)
    assert response.status_code == 200
    assert sorted(titles(response)) == found


def test_list_export_has_all_filtered_rows_of_the_scope_and_no_person(client):
    commune, official, _reviewer = commune_people()
    for number in range(30):
        RegistrationFactory(unit=commune, title=f"Mô hình {number}", submitted=True)
    RegistrationFactory(title="Của xã khác", submitted=True)
    client.force_login(official)
    book = openpyxl.load_workbook(
        io.BytesIO(b"".join(client.get(LIST, {"export": "xlsx"}).streaming_content))
    )
    rows = [[cell.value for cell in row] for row in book.active.iter_rows()]
    assert len(rows) == 31
    text = str(rows)
    assert "Của xã khác" not in text
    assert "Nguyễn Văn An" not in text
    assert "0900000000" not in text
    assert AuditEntry.objects.filter(act="registration.export", actor=official).count() == 1


def test_list_export_with_words_typed_logs_the_names_of_the_filters_only(client):
    _commune, official, _reviewer = commune_people()
    client.force_login(official)
    client.get(LIST, {"export": "csv", "q": "Nguyễn Văn An", "state": "draft"})
    entry = AuditEntry.objects.get(act="registration.export")
    assert entry.data == {"filters": ["q", "state"], "format": "csv"}


def test_queue_shows_what_waits_longest_first_and_never_own_work(client):
    commune, _official, reviewer = commune_people()
    first = RegistrationFactory(unit=commune, submitted=True, title="Trước")
    RegistrationFactory(unit=commune, reported=True, title="Sau")
    RegistrationFactory(unit=commune, submitted=True, by_official=reviewer, title="Tự nhập")
    first.__class__.objects.filter(pk=first.pk).update(state_since="2026-01-01T00:00:00Z")
    client.force_login(reviewer)
    assert titles(client.get(QUEUE)) == ["Trước", "Sau"]


def test_queue_city_staff_see_lower_reviewers_work_on_demand(client):
    RegistrationFactory(unit=UnitFactory(), submitted=True, title="Việc của xã")
    RegistrationFactory(unit=UnitFactory(), submitted=True, level="intermediate", title="Việc của thành phố")
    client.force_login(city_staff())
    assert titles(client.get(QUEUE)) == ["Việc của thành phố"]
    assert sorted(titles(client.get(QUEUE, {"acting_for": "1"}))) == ["Việc của thành phố", "Việc của xã"]


@pytest.mark.parametrize(("address", "role"), [(LIST, Role.OFFICIAL), (QUEUE, Role.REVIEWER)])
def test_lists_query_count_is_the_same_for_one_and_three_rows(
    client, address, role, django_assert_max_num_queries, django_assert_num_queries
):
    commune = UnitFactory()
    client.force_login(user_with(role, commune))
    RegistrationFactory(unit=commune, submitted=True)
    client.get(address)  # the units to choose from are kept for the day
    with django_assert_max_num_queries(12) as one:
        assert len(titles(client.get(address))) == 1
    RegistrationFactory.create_batch(2, unit=commune, submitted=True)
    with django_assert_num_queries(len(one)):
        assert len(titles(client.get(address))) == 3


HTMX = {"HX-Request": "true"}
LATER = {"counts": "1"}


def later(client, address, **query):
    """Return the counts that the page fetches once it stands."""
    return client.get(address, query | LATER, headers=HTMX)


def test_bulk_bar_says_how_many_rows_the_filter_finds(client):
    commune, _official, reviewer = commune_people()
    RegistrationFactory.create_batch(27, unit=commune, submitted=True)
    client.force_login(reviewer)
    assert later(client, QUEUE).context["bulk_count"] == 27
    assert client.get(QUEUE, {"field": "culture_society"}).context["bulk_count"] == 0
    assert later(client, LIST, state="submitted").context["bulk_count"] == 27
    assert later(client, LIST).context["bulk_count"] is None, "the whole register is not counted"


def test_bulk_bar_counts_no_further_than_its_words_say(client, monkeypatch):
    monkeypatch.setattr(lists, "COUNTED", 26)
    commune, _official, reviewer = commune_people()
    RegistrationFactory.create_batch(30, unit=commune, submitted=True)
    client.force_login(reviewer)
    assert later(client, QUEUE).context["bulk_count"] == 27


def test_lists_fetch_counts_once_the_page_stands_where_there_are_some(client):
    commune, _official, reviewer = commune_people()
    RegistrationFactory.create_batch(26, unit=commune, submitted=True)
    client.force_login(reviewer)

    def fetches(address, **query):
        return 'hx-get="?' in client.get(address, query).content.decode()

    assert fetches(QUEUE)
    assert fetches(LIST, state="submitted")
    assert not fetches(LIST)
    assert not fetches(LIST, field="culture_society")


def test_counts_alone_hold_no_row_and_vary_by_who_asks(client):
    commune, _official, reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True, title="Một mô hình")
    client.force_login(reviewer)
    part = later(client, QUEUE)
    text = part.content.decode()
    assert "Một mô hình" not in text
    assert "<html" not in text
    assert "HX-Request" in part["Vary"]
    assert "counts=1" not in text


def test_counts_without_javascript_come_with_the_page(client):
    commune, _official, reviewer = commune_people()
    RegistrationFactory.create_batch(2, unit=commune, submitted=True)
    client.force_login(reviewer)
    page = client.get(QUEUE)
    assert "progress" not in page.context
    assert f'<noscript><a href="?{urlencode(LATER)}">' in page.content.decode()
    counted = client.get(QUEUE, LATER)
    assert (counted.context["progress"].total, len(titles(counted))) == (2, 2)
    assert "hx-get" not in counted.content.decode()


def test_counts_reach_no_further_than_the_list(client):
    commune, official, reviewer = commune_people()
    RegistrationFactory.create_batch(2, unit=commune, submitted=True)
    RegistrationFactory.create_batch(3, submitted=True)
    RegistrationFactory(unit=commune, submitted=True, by_official=reviewer)
    client.force_login(reviewer)
    counted = later(client, QUEUE).context
    assert (counted["progress"].total, counted["bulk_count"]) == (2, 2)
    assert later(client, LIST, state="submitted").context["bulk_count"] == 3
    client.force_login(official)
    assert later(client, QUEUE).status_code == 404
    client.force_login(user_with(Role.ADMINISTRATOR, city()))
    assert later(client, LIST).status_code == 404


def test_counts_of_the_queue_take_the_same_statements_for_one_and_three_rows(
    client, django_assert_max_num_queries, django_assert_num_queries
):
    commune, _official, reviewer = commune_people()
    client.force_login(reviewer)
    RegistrationFactory(unit=commune, submitted=True)
    later(client, QUEUE)  # the question is put together once
    with django_assert_max_num_queries(12) as one:
        later(client, QUEUE)
    RegistrationFactory.create_batch(2, unit=commune, submitted=True)
    with django_assert_num_queries(len(one)):
        later(client, QUEUE)


@pytest.mark.parametrize("address", [LIST, QUEUE])
def test_filter_that_nobody_uses_is_the_one_that_a_filter_shows(client, address):
    """It is written once for all who reach the same units: what is in use stands in the other one only."""
    commune, _official, reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    for query in ({}, {"year": "2026"}, {}):
        page = client.get(address, query).content.decode()
        assert ('value="2026"' in page.split("<table")[0]) == bool(query)
        assert page.count('name="field"') == 1


def test_filter_offers_each_reader_the_own_units_only(client):
    whole = city()
    commune, _official, reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True)
    for user, sees in ((user_with(Role.CITY_STAFF, whole), True), (reviewer, False)):
        client.force_login(user)
        assert (f"({commune.code})" in client.get(LIST).content.decode()) == sees


def test_lists_escape_what_was_typed(client):
    commune, _official, reviewer = commune_people()
    typed = '<b>"&x'
    RegistrationFactory(unit=commune, submitted=True, title=typed, registrant=typed, place=typed)
    client.force_login(reviewer)
    for address in (LIST, QUEUE):
        page = client.get(address, {"columns": ",".join(LABELS)}).content.decode()
        assert typed not in page
        assert page.count("&lt;b&gt;&quot;&amp;x") >= 3


def heads(response):
    return re.findall(r"<th scope=\"col\"[^>]*>(?:<a[^>]*>)?([^<]+)", response.content.decode())


def test_list_columns_of_the_address_win_over_the_kept_ones_over_the_usual_ones(client):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True, novelty="maintained")
    client.force_login(official)
    usual = len(heads(client.get(LIST)))
    own_lists.choose_columns(official, "models_registry:list", ["novelty"])
    assert [len(heads(client.get(LIST))), len(heads(client.get(LIST, {"columns": "unit,year,no such"})))] == [
        2,
        3,
    ]
    assert str(Novelty.MAINTAINED.label) in client.get(LIST).content.decode()
    own_lists.choose_columns(official, "models_registry:list", [])
    assert len(heads(client.get(LIST))) == usual == 6


def test_list_with_all_columns_shows_each(client):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True)
    client.force_login(official)
    assert len(heads(client.get(LIST, {"columns": ",".join(LABELS)}))) == len(LABELS) + 1


def test_choose_columns_keeps_the_known_ones_and_leads_back_to_the_filter(client):
    _commune, official, _reviewer = commune_people()
    client.force_login(official)
    sent = {
        "page": "models_registry:list",
        "query": "year=2026&columns=unit",
        "columns": ["field", "nothing"],
    }
    answer = client.post(reverse("accounts:choose_columns"), sent)
    assert answer.url == f"{LIST}?year=2026"
    kept = own_lists.kept(official, "models_registry:list", has_columns=True)
    assert kept.columns == ("field",)


@pytest.mark.parametrize(
    ("order", "found"), [("year", ["Mới", "Cũ"]), ("-year", ["Cũ", "Mới"]), ("nonsense", ["Mới", "Cũ"])]
)
def test_list_heads_ask_for_an_order_and_its_reverse(client, order, found):
    commune, official, _reviewer = commune_people()
    for title, year in (("Cũ", 2024), ("Mới", 2026)):
        RegistrationFactory(unit=commune, submitted=True, title=title, campaign=CampaignFactory(year=year))
    client.force_login(official)
    answer = client.get(LIST, {"order": order})
    assert titles(answer) == found
    assert answer.content.decode().count("aria-sort=") == 1


def test_list_of_the_whole_city_offers_only_orders_that_an_index_answers(client):
    for title, year in (("A", 2024), ("B", 2026)):
        RegistrationFactory(submitted=True, title=title, campaign=CampaignFactory(year=year))
    client.force_login(city_staff())
    answer = client.get(LIST, {"order": "title"})
    assert titles(answer) == ["B", "A"]
    assert set(answer.context["sorting"].orders) == {"year"}


@pytest.mark.parametrize("address", [LIST, QUEUE])
def test_lists_narrowed_by_each_choice_show_what_the_filter_finds_also_when_asked_again(client, address):
    commune, _official, reviewer = commune_people()
    staff = city_staff()
    RegistrationFactory(unit=commune, submitted=True, field="economy", novelty=Novelty.MAINTAINED)
    RegistrationFactory(unit=commune, submitted=True, field="culture_society", late=True)
    RegistrationFactory(unit=commune, returned=True, level="intermediate")
    for person in (reviewer, staff):
        client.force_login(person)
        view = client.get(address).context["view"]
        asked = [
            (name, value)
            for name in sorted(view.filterset_class.plain & set(view.filterset_class.base_filters))
            for value, _label in getattr(view.filterset.form.fields[name], "choices", [("2025", "")])
            if value
        ]
        assert len(asked) > 10
        for name, value in asked:
            first, again = (client.get(address, {name: value}).context for _time in range(2))
            found = [one.pk for one in first["view"].filterset.qs.order_by(*view.keyset_order)]
            for answer in (first, again):
                assert [row.id for row in answer["object_list"]] == found, (name, value)


def test_list_narrowed_shows_at_once_what_came_since(client):
    commune, official, _reviewer = commune_people()
    client.force_login(official)
    for number in range(3):
        assert len(titles(client.get(LIST, {"field": "economy"}))) == number
        RegistrationFactory(unit=commune, field="economy")


@pytest.mark.parametrize(
    ("query", "statements"), [({}, 1), ({"field": "economy", "state": "draft"}, 1), ({"q": "a"}, 2)]
)
def test_list_asks_for_the_rows_of_plain_filters_in_one_statement(
    client, django_assert_num_queries, query, statements
):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune, title="a", field="economy")
    client.force_login(official)
    client.get(LIST, query)
    with django_assert_num_queries(2 + statements):
        assert len(titles(client.get(LIST, query))) == 1
