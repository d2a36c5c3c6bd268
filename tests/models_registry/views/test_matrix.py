import pytest
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.messaging.models import Message
from models_registry.matrix import COUNTED
from models_registry.models import Target
from models_registry.states import State
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, city_staff, commune_people
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
UNITS, REMIND = reverse("models_registry:units"), reverse("models_registry:remind")


@pytest.fixture
def campaign():
    return CampaignFactory()


@pytest.fixture
def staff(client):
    user = city_staff()
    client.force_login(user)
    return user


def one_of_each_state(unit):
    for state in State.values:
        RegistrationFactory(unit=unit, state=state, steps=False, late=state == State.RETURNED)


def test_each_number_leads_to_a_list_of_as_many(client, staff, campaign):
    one_of_each_state(UnitFactory())
    one_of_each_state(UnitFactory())
    page = client.get(UNITS)
    rows = page.context["rows"]
    assert len(rows) == 2
    for cells in [*(row["cells"] for row in rows), page.context["total"]]:
        links = [(said, url) for _heading, said, url in cells if url]
        assert len(links) == len(COUNTED) - 1
        for said, url in links:
            assert len(client.get(url).context["object_list"]) == int(said), url


def test_list_names_the_unit_that_it_is_narrowed_to_and_can_widen(client, staff, campaign):
    unit = RegistrationFactory(submitted=True).unit
    RegistrationFactory(submitted=True)
    page = client.get(reverse("models_registry:list"), {"unit": unit.pk, "state": "registered"})
    assert page.context["chips"] == [(unit.full_name, "?state=registered")]
    assert len(page.context["object_list"]) == 1


@pytest.mark.parametrize(
    "unit", ["x", "0", "-1", "NaN", "1e400", "9" * 19, "9" * 5000, "999999", "1.5", "\x00"]
)
def test_list_of_no_such_unit_is_empty_and_no_error(client, staff, unit):
    RegistrationFactory(submitted=True)
    page = client.get(reverse("models_registry:list"), {"unit": unit})
    assert page.status_code == 200
    assert not page.context["object_list"]


def test_drafts_have_a_number_and_no_link(client, staff, campaign):
    RegistrationFactory()
    (row,) = client.get(UNITS).context["rows"]
    assert [(said, url) for heading, said, url in row["cells"]][3] == ("1", "")


def test_totals_of_a_part_lead_nowhere(client, staff, campaign):
    RegistrationFactory(submitted=True, unit=UnitFactory(full_name="Xã Kim"))
    RegistrationFactory(submitted=True)
    page = client.get(UNITS, {"q": "kim"})
    assert len(page.context["rows"]) == 1
    assert not any(url for _heading, _said, url in page.context["total"])


@pytest.mark.parametrize(
    "query", ["campaign=999999", "campaign=x", "campaign=9999999999999999999999", "campaign=²"]
)
def test_campaign_out_of_reach_is_not_found(client, staff, campaign, query):
    assert client.get(f"{UNITS}?{query}").status_code == 404


@pytest.mark.parametrize(
    "query",
    ["parent=x", "parent=999", "parent=" + "9" * 5000, "sort=%00", "sort=zzz", "q=%00", "q=" + "a" * 500],
)
def test_bad_filter_is_no_error(client, staff, campaign, query):
    UnitFactory(parent=UnitFactory(kind="rural_district"))
    assert client.get(f"{UNITS}?{query}").status_code == 200


def test_page_without_any_campaign_says_so(client, staff):
    assert client.get(UNITS).status_code == 200
    assert client.get(REMIND).status_code == 404


def test_statements_are_as_many_for_many_units(client, staff, campaign, django_assert_num_queries):
    UnitFactory()
    client.get(UNITS)
    # Who is signed in; what is kept; campaigns, counts, units, two of targets, windows, extensions.
    with django_assert_num_queries(9):
        client.get(UNITS)
    for _number in range(3):
        RegistrationFactory(submitted=True)
    with django_assert_num_queries(9):
        client.get(UNITS)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_export_holds_all_rows_and_is_logged(client, staff, campaign, kind):
    unit = UnitFactory()
    Target.objects.create(campaign=campaign, unit=unit, number=8)
    RegistrationFactory(unit=unit, submitted=True)
    answer = client.get(UNITS, {"export": kind})
    content = b"".join(answer.streaming_content)
    if kind == "csv":
        assert f"{unit.code},{unit.full_name},{unit.parent.full_name},8,1,12.5,0,1" in content.decode()
    assert AuditEntry.objects.filter(act="campaign.export", actor_id=staff.pk).count() == 1


def test_upward_is_offered_to_reviewers_and_not_to_city_staff(client, staff, campaign):
    assert not client.get(UNITS).context["upward"]
    _commune, _official, reviewer = commune_people()
    client.force_login(reviewer)
    assert client.get(UNITS).context["upward"]


def test_upward_proposes_all_but_what_is_left_out(client, campaign):
    commune, _official, reviewer = commune_people()
    sent, left = (RegistrationFactory(unit=commune, recognised=True) for _ in range(2))
    RegistrationFactory(unit=commune, report_returned=True)
    client.force_login(reviewer)
    page = client.get(client.get(UNITS).context["upward"])
    assert {one.pk for one in page.context["will"]} == {sent.pk, left.pk}
    words = {"ticket": page.context["ticket"], "leave": [left.pk], "level": "", "reason": ""}
    client.post(reverse("models_registry:bulk_do"), words)
    sent.refresh_from_db()
    left.refresh_from_db()
    assert (sent.proposed_to, left.proposed_to) == ("intermediate", "")


def owing(campaign, *, with_official=True):
    unit = UnitFactory()
    Target.objects.create(campaign=campaign, unit=unit, number=2)
    return unit, user_with(Role.OFFICIAL, unit) if with_official else None


def test_remind_shows_recipients_first_then_tells_them_once_a_day(client, staff, campaign):
    unit, official = owing(campaign)
    alone, _nobody = owing(campaign, with_official=False)
    page = client.get(REMIND, {"campaign": campaign.pk, "rows": "all"})
    shown = {one.line.pk: one.people for one, _words in page.context["reminders"]}
    assert shown == {unit.pk: (official,), alone.pk: ()}
    assert not Message.objects.exists()
    words = {"campaign": campaign.pk, "id": [unit.pk, alone.pk], "words": "Đề nghị nộp trước thứ Sáu."}
    for _time in range(2):
        assert client.post(REMIND, words).status_code == 302
    message = Message.objects.get()
    assert (message.recipient, message.actor, message.unit) == (official, staff, unit)
    assert message.data["missing"] == 2
    assert message.data["words"] == "Đề nghị nộp trước thứ Sáu."
    assert AuditEntry.objects.filter(act="campaign.remind", actor_id=staff.pk).count() == 1


def test_remind_reaches_no_unit_outside_of_the_scope(client, campaign):
    unit, _official = owing(campaign)
    _commune, _mine, reviewer = commune_people()
    client.force_login(reviewer)
    client.post(REMIND, {"campaign": campaign.pk, "id": [unit.pk], "words": ""})
    assert not Message.objects.exists()


def test_remind_ticked_only(client, staff, campaign):
    unit, _official = owing(campaign)
    owing(campaign)
    page = client.get(REMIND, {"campaign": campaign.pk, "rows": "ticked", "id": [unit.pk]})
    assert [one.line.pk for one, _words in page.context["reminders"]] == [unit.pk]


def test_remind_words_that_are_too_long_stay_on_the_page(client, staff, campaign):
    unit, _official = owing(campaign)
    page = client.post(REMIND, {"campaign": campaign.pk, "id": [unit.pk], "words": "a" * 1001})
    assert page.status_code == 422
    assert page.context["going"]


@pytest.fixture
def districts(campaign):
    """Two districts, the first with two communes and something of its own, the second with one."""
    first, second = (UnitFactory(kind="rural_district", full_name=f"Huyện {name}") for name in "AB")
    communes = [
        UnitFactory(parent=parent, full_name=f"Xã {name}")
        for parent, name in ((first, "Bắc"), (first, "Đông"), (second, "Nam"))
    ]
    for unit in (first, *communes, communes[0]):
        RegistrationFactory(unit=unit, submitted=True, campaign=campaign)
    return first, second, communes


def rows_of(client, query=""):
    return client.get(f"{UNITS}?{query}").context["rows"]


def test_districts_are_folded_with_their_sums_and_open_one_by_one(client, staff, districts):
    first, second, communes = districts
    folded = rows_of(client, "columns=waiting")
    assert [(row["line"].pk, row["cells"][0][1], row["inside"]) for row in folded] == [
        (first.pk, "4", []),
        (second.pk, "1", []),
    ]
    opened = rows_of(client, f"open={first.pk}")
    inside = opened[0]["inside"]
    assert [(one["line"].pk, one["is_own"]) for one in inside] == [
        (first.pk, True),
        (communes[0].pk, False),
        (communes[1].pk, False),
    ]
    assert not opened[1]["inside"]
    assert all(row["is_open"] for row in rows_of(client, "open=all"))
    assert not any(row["is_open"] for row in rows_of(client, "open=x&open=999999&open=%00"))


def test_districts_opened_and_sorted_stay_together(client, staff, districts):
    first, second, _communes = districts
    found = rows_of(client, "sort=waiting&open=all")
    assert [row["line"].pk for row in found] == [second.pk, first.pk]
    assert [one["line"].counts["waiting"] for one in found[1]["inside"]] == [1, 1, 2]
    names = rows_of(client, "sort=-name&open=all")
    assert [row["line"].pk for row in names] == [second.pk, first.pk]
    assert names[1]["inside"][-1]["line"].pk == first.pk


def test_search_and_one_district_show_units_without_folding(client, staff, districts):
    first, _second, communes = districts
    assert [row["line"].pk for row in rows_of(client, "q=xa+dong")] == [communes[1].pk]
    assert {row["line"].pk for row in rows_of(client, f"parent={first.pk}")} == {
        first.pk,
        communes[0].pk,
        communes[1].pk,
    }


def test_sum_of_a_district_leads_to_a_list_of_as_many(client, staff, districts):
    for row in rows_of(client):
        links = [(said, url) for _heading, said, url in row["cells"] if url]
        assert links
        for said, url in links:
            assert len(client.get(url).context["object_list"]) == int(said), url


def test_export_of_districts_tells_sums_from_units(client, staff, districts):
    content = b"".join(client.get(UNITS, {"export": "csv"}).streaming_content).decode()
    lines = content.splitlines()[1:]
    assert [line.split(",")[1] for line in lines] == [
        *("Huyện A", "Huyện A", "Xã Bắc", "Xã Đông", "Huyện B", "Xã Nam")
    ]
    assert len({line.rsplit(",", 1)[1] for line in lines}) == 3


def test_remind_a_folded_district_reaches_its_units_that_owe(client, staff, districts, campaign):
    first, _second, communes = districts
    for unit in (communes[1], communes[2]):
        Target.objects.create(campaign=campaign, unit=unit, number=9)
    page = client.get(REMIND, {"campaign": campaign.pk, "rows": "ticked", "area": [first.pk]})
    assert [one.line.pk for one, _words in page.context["reminders"]] == [communes[1].pk]


def test_columns_are_chosen_and_filters_kept(client, staff, campaign):
    RegistrationFactory(submitted=True)
    page = reverse("accounts:choose_columns")
    client.post(page, {"page": "models_registry:units", "columns": ["late", "target"], "query": "sort=-late"})
    (row,) = rows_of(client)
    assert len(row["cells"]) == 2
    sent = {"page": "models_registry:units", "name": "Của tôi", "query": "sort=-late&open=all&cursor=x"}
    answer = client.post(reverse("accounts:save_filter"), sent)
    assert answer["Location"].endswith("?sort=-late&open=all")
