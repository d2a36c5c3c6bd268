"""The pages that announce: choose, look, announce once; what was announced can be read and taken along."""

import io

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.publication.models import PendingDecision, Publication
from models_registry.models import Recognition
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, city_staff, commune_people
from tests.publication.factories import PendingDecisionFactory

pytestmark = pytest.mark.django_db
PUBLISH, PENDING = reverse("publication:publish"), reverse("publication:pending")


@pytest.fixture
def staff(client):
    staff = city_staff()
    client.force_login(staff)
    return staff


def document(**words):
    today = timezone.localdate().strftime("%d/%m/%Y")
    return {"title": "Công nhận", "body": "Ban Dân vận", "number": "5-QĐ/BDV", "decided_on": today} | words


def test_ticked_rows_are_announced_and_the_rest_waits(client, staff):
    first, second = PendingDecisionFactory(), PendingDecisionFactory()
    page = client.get(PUBLISH, {"rows": "ticked", "id": [first.pk]})
    assert page.context["will_count"] == 1
    response = client.post(PUBLISH, document(ticket=page.context["ticket"]))
    made = Publication.objects.get()
    assert response["Location"] == made.get_absolute_url()
    assert list(made.decisions.all()) == [first]
    assert list(PendingDecision.objects.pending()) == [second]


def test_all_rows_of_the_filter_are_announced(client, staff):
    for field in ("economy", "economy", "culture_society"):
        PendingDecisionFactory(registration__field=field)
    page = client.get(PUBLISH, {"rows": "all", "q": "field=economy"})
    assert page.context["will_count"] == 2
    client.post(PUBLISH, document(ticket=page.context["ticket"]))
    assert Recognition.objects.filter(number="5-QĐ/BDV").count() == 2


def test_sent_twice_is_announced_once(client, staff):
    PendingDecisionFactory()
    ticket = client.get(PUBLISH, {"rows": "all"}).context["ticket"]
    answers = {client.post(PUBLISH, document(ticket=ticket))["Location"] for _ in range(2)}
    assert answers == {Publication.objects.get().get_absolute_url()}
    assert Recognition.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"number": ""}, {"decided_on": "31/02/2026"}, {"body": "\x00"}, {"decided_on": "01/01/2090"}]
)
def test_document_that_is_not_right_keeps_the_choice_and_what_was_typed(client, staff, wrong):
    PendingDecisionFactory()
    ticket = client.get(PUBLISH, {"rows": "all"}).context["ticket"]
    response = client.post(PUBLISH, document(ticket=ticket, title="Tên đã gõ", **wrong))
    assert response.status_code == 422
    assert "Tên đã gõ" in response.content.decode()
    again = client.post(PUBLISH, document(ticket=response.context["ticket"]))
    assert again.status_code == 302
    assert Publication.objects.count() == 1


def test_what_changed_since_the_preview_stops_the_announcement_and_is_named(client, staff):
    good, bad = PendingDecisionFactory(), PendingDecisionFactory()
    ticket = client.get(PUBLISH, {"rows": "all"}).context["ticket"]
    bad.registration.version += 1
    bad.registration.save(update_fields=["version"])
    response = client.post(PUBLISH, document(ticket=ticket))
    assert response.status_code == 409
    assert [pending for pending, _why in response.context["cannot"]] == [bad]
    assert not Publication.objects.exists()
    assert client.post(PUBLISH, document(ticket=response.context["ticket"])).status_code == 302
    assert list(PendingDecision.objects.published()) == [good]


@pytest.mark.parametrize("ticket", ["", "x", "a:b:c"])
def test_ticket_that_is_none_leads_back(client, staff, ticket):
    PendingDecisionFactory()
    assert client.post(PUBLISH, document(ticket=ticket))["Location"] == PENDING
    assert not Publication.objects.exists()


def test_ticket_of_somebody_else_leads_back(client, staff):
    PendingDecisionFactory()
    ticket = client.get(PUBLISH, {"rows": "all"}).context["ticket"]
    client.force_login(city_staff())
    assert client.post(PUBLISH, document(ticket=ticket))["Location"] == PENDING
    assert not Publication.objects.exists()


@pytest.mark.parametrize(
    "query",
    [{}, {"rows": "ticked"}, {"id": ["x", "99999999999999999999", "-1"]}, {"rows": "all", "q": "level=none"}],
)
def test_nothing_chosen_leads_back_with_a_word(client, staff, query):
    PendingDecisionFactory()
    response = client.get(PUBLISH, query)
    assert response.status_code == 302
    assert response["Location"].startswith(PENDING)


def test_ids_outside_of_the_own_scope_are_never_reached(client):
    _commune, _official, reviewer = commune_people()
    foreign = PendingDecisionFactory()
    client.force_login(reviewer)
    assert client.get(PUBLISH, {"rows": "ticked", "id": [foreign.pk]}).status_code == 302


def test_only_one_campaign_is_offered_at_a_time(client, staff):
    PendingDecisionFactory(registration__campaign=CampaignFactory(year=timezone.localdate().year - 1))
    latest = PendingDecisionFactory()
    assert client.get(PUBLISH, {"rows": "all"}).context["will"] == [latest]


def test_preview_takes_the_same_number_of_statements_for_one_and_three(client, staff):
    PendingDecisionFactory()
    client.get(PUBLISH, {"rows": "all"})
    taken = []
    for number in (0, 2):
        for _ in range(number):
            PendingDecisionFactory()
        with CaptureQueriesContext(connection) as queries:
            client.get(PUBLISH, {"rows": "all"})
        taken.append(len(queries))
    assert taken[0] == taken[1]


@pytest.fixture
def made(client, staff):
    for _ in range(2):
        PendingDecisionFactory()
    ticket = client.get(PUBLISH, {"rows": "all"}).context["ticket"]
    client.post(PUBLISH, document(ticket=ticket))
    return Publication.objects.get()


def test_announcement_is_listed_and_read_with_its_rows(client, made):
    page = client.get(reverse("publication:list"))
    assert list(page.context["object_list"]) == [made]
    page = client.get(made.get_absolute_url())
    assert len(page.context["decisions"]) == 2
    assert "5-QĐ/BDV" in page.content.decode()


def test_announcement_shows_a_reader_the_rows_of_the_own_units_only(client, made):
    unit = PendingDecision.objects.first().registration.unit
    client.force_login(user_with(Role.REVIEWER, unit))
    assert len(client.get(made.get_absolute_url()).context["decisions"]) == 1
    client.force_login(user_with(Role.REVIEWER, commune_people()[0]))
    assert client.get(made.get_absolute_url()).status_code == 404


def test_announcement_is_exported_with_all_its_rows(client, made):
    response = client.get(made.get_absolute_url(), {"export": "xlsx"})
    sheet = openpyxl.load_workbook(io.BytesIO(b"".join(response))).active
    titles = [row[4] for row in sheet.iter_rows(min_row=2, values_only=True)]
    assert sorted(titles) == sorted(one.registration.title for one in PendingDecision.objects.all())
    assert AuditEntry.objects.filter(act="publication.export").count() == 1


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_list_of_announcements_is_exported_and_logged(client, made, kind):
    client.force_login(city_staff())
    answer = client.get(reverse("publication:list"), {"export": kind})
    assert b"".join(answer.streaming_content)
    assert AuditEntry.objects.of_act("publication.list_export").count() == 1


@pytest.mark.parametrize("order", ["published", "-published", "decided", "-decided"])
def test_list_of_announcements_sorts_by_its_heads(client, made, order):
    client.force_login(city_staff())
    page = client.get(reverse("publication:list"), {"order": order})
    assert len(page.context["object_list"]) == 1
    assert page.context["sorting"].state_of(order.removeprefix("-"))[0]
