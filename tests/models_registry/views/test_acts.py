import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mobilization.core.errors import NOT_SEEN, NotAllowed
from models_registry import recusal
from models_registry.models import Recognition, Registration, ReviewStep
from models_registry.states import MOVES, Act
from models_registry.views.act_pages import PAGES
from tests.models_registry.factories import (
    CampaignFactory,
    DeclarationFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)

pytestmark = pytest.mark.django_db


def act(registration, name):
    return reverse("models_registry:act", args=[registration.pk, name])


@pytest.fixture
def people():
    return commune_people()


def test_every_act_of_the_workflow_has_its_page():
    assert set(PAGES) == set(MOVES) == set(Act)


def test_submit_complete_draft_is_submitted_by_the_actor(client, people):
    commune, official, _reviewer = people
    draft = RegistrationFactory(unit=commune)
    client.force_login(official)
    client.post(act(draft, "submit"), {"seen_version": 1})
    draft.refresh_from_db()
    assert (draft.state, draft.submitted_by) == ("submitted", official)


def test_submit_incomplete_draft_stays_and_the_checklist_links_to_the_field(client, people):
    commune, official, _reviewer = people
    draft = RegistrationFactory(unit=commune, aim="")
    client.force_login(official)
    page = client.post(act(draft, "submit"), {"seen_version": 1}, follow=True)
    assert [line["name"] for line in page.context["missing"]] == ["aim"]
    assert "#id_aim" in page.content.decode()
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_accept_twice_the_second_reads_what_happened(client, people):
    commune, _official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    client.post(act(submitted, "accept"), {"seen_version": 2})
    other = client.__class__()
    other.force_login(city_staff())
    page = other.post(act(submitted, "decline"), {"seen_version": 2, "reason": "Trùng"}, follow=True)
    assert str(reviewer) in page.content.decode()
    assert ReviewStep.objects.filter(registration=submitted, act__in=["accept", "decline"]).count() == 1


def test_return_without_a_reason_is_told_at_the_field_and_keeps_what_was_typed(client, people):
    commune, _official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    data = {"seen_version": 2, "reason": " ", "due_on": "31/02/2026", "remark_aim": "Nêu rõ"}
    response = client.post(act(submitted, "return"), data)
    form = response.context["form"]
    assert response.status_code == 422
    assert set(form.errors) == {"reason", "due_on"}
    assert form["remark_aim"].value() == "Nêu rõ"


def test_return_goes_back_with_remarks_and_the_queue_goes_on(client, people):
    commune, _official, reviewer = people
    first = RegistrationFactory(unit=commune, submitted=True)
    second = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    data = {"seen_version": 2, "reason": "Bổ sung", "remark_aim": "Nêu rõ", "queue": "1"}
    response = client.post(act(first, "return"), data)
    assert response["Location"] == f"{second.get_absolute_url()}?queue=1"
    step = ReviewStep.objects.get(registration=first, act="return")
    assert (step.actor, step.reason, step.remarks) == (reviewer, "Bổ sung", {"aim": "Nêu rõ"})


def test_recognise_needs_its_decision_and_records_it(client, people):
    commune, _official, reviewer = people
    reported = RegistrationFactory(unit=commune, reported=True)
    client.force_login(reviewer)
    assert client.post(act(reported, "recognise"), {"seen_version": 4}).status_code == 422
    today = timezone.localdate()
    data = {"seen_version": 4, "body": "Đảng ủy xã", "number": "12-QĐ/ĐU", "decided_on": f"{today:%d/%m/%Y}"}
    client.post(act(reported, "recognise"), data)
    decision = Recognition.objects.get(registration=reported)
    assert (decision.number, decision.decided_on, decision.recorded_by) == ("12-QĐ/ĐU", today, reviewer)


def test_own_work_is_refused_in_words(client, people):
    commune, _official, reviewer = people
    own = RegistrationFactory(unit=commune, submitted=True, by_official=reviewer)
    client.force_login(reviewer)
    page = client.post(act(own, "accept"), {"seen_version": 2}, follow=True)
    assert [message.level_tag for message in page.context["messages"]] == ["error"]
    own.refresh_from_db()
    assert own.state == "submitted"


def test_act_that_the_state_does_not_offer_leads_back_with_a_word(client, people):
    commune, _official, reviewer = people
    accepted = RegistrationFactory(unit=commune, accepted=True)
    client.force_login(reviewer)
    assert client.get(act(accepted, "accept"))["Location"] == accepted.get_absolute_url()


@pytest.mark.parametrize("version", ["", "x", "9" * 40, "٣", "-1"])
def test_act_that_tells_no_version_changes_nothing(client, people, version):
    commune, _official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    page = client.post(act(submitted, "accept"), {"seen_version": version}, follow=True)
    assert [str(message) for message in page.context["messages"]] == [str(NOT_SEEN)]
    submitted.refresh_from_db()
    assert (submitted.state, submitted.version) == ("submitted", 2)


def test_act_with_words_that_tells_no_version_keeps_them_and_goes_the_second_time(client, people):
    commune, _official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    page = client.post(act(submitted, "decline"), {"reason": "Trùng với mô hình khác"})
    assert page.status_code == 409
    assert page.context["form"].non_field_errors() == [str(NOT_SEEN)]
    assert page.context["form"]["reason"].value() == "Trùng với mô hình khác"
    again = {"reason": "Trùng", "seen_version": page.context["registration"].version}
    assert client.post(act(submitted, "decline"), again).status_code == 302
    submitted.refresh_from_db()
    assert submitted.state == "declined"


@pytest.mark.parametrize(
    ("state", "who"),
    [("draft", 1), ("submitted", 1), ("submitted", 2), ("reported", 2), ("recognised", 2)],
)
def test_every_button_tells_the_version_that_its_page_shows(client, people, state, who):
    registration = RegistrationFactory(unit=people[0], state=state)
    hidden = f'<input type="hidden" name="seen_version" value="{registration.version}">'
    client.force_login(people[who])
    page = client.get(registration.get_absolute_url())
    found = page.context["buttons"]
    assert found
    assert page.content.decode().count(hidden) >= sum(button["at_once"] for button in found)
    for button in found:
        if not button["at_once"]:
            assert hidden in client.get(button["url"]).content.decode()


def test_renew_makes_next_years_draft_and_opens_it(client, people):
    commune, official, _reviewer = people
    last = CampaignFactory(year=timezone.localdate().year - 1)
    done = RegistrationFactory(unit=commune, campaign=last, recognised=True, outcome="maintain")
    this = CampaignFactory()
    client.force_login(official)
    response = client.post(act(done, "renew"), {"seen_version": done.version, "campaign": this.pk})
    draft = Registration.objects.get(campaign=this)
    assert (draft.previous, draft.model, draft.novelty) == (done, done.model, "maintained")
    assert response["Location"] == reverse("models_registry:edit", args=[draft.pk, "identity"])


def test_propose_and_accept_at_the_city_gives_a_second_recognition(client, people):
    commune, _official, reviewer = people
    recognised = RegistrationFactory(unit=commune, recognised=True)
    client.force_login(reviewer)
    client.post(act(recognised, "propose"), {"seen_version": recognised.version, "level": "city"})
    staff = city_staff()
    DeclarationFactory(registration=recognised, reviewer=staff)
    client.force_login(staff)
    today = f"{timezone.localdate():%d/%m/%Y}"
    data = {
        "body": "Thành ủy",
        "number": "9-QĐ/TU",
        "decided_on": today,
        "seen_version": recognised.version + 1,
    }
    client.post(act(recognised, "accept_proposal"), data)
    assert list(recognised.recognitions.values_list("level", flat=True)) == ["grassroots", "city"]


def test_submit_accept_and_recognise_stay_within_25_statements(client, people, django_assert_max_num_queries):
    commune, official, reviewer = people
    draft = RegistrationFactory(unit=commune)
    client.force_login(official)
    with django_assert_max_num_queries(25):
        client.post(act(draft, "submit"), {"seen_version": 1})
    client.force_login(reviewer)
    with django_assert_max_num_queries(25):
        client.post(act(draft, "accept"), {"seen_version": 2})
    reported = RegistrationFactory(unit=commune, reported=True)
    decision = {"body": "Đảng ủy", "number": "12-QĐ/ĐU", "decided_on": f"{timezone.localdate():%d/%m/%Y}"}
    decision["seen_version"] = reported.version
    with django_assert_max_num_queries(25):
        client.post(act(reported, "recognise"), decision)
    reported.refresh_from_db()
    assert reported.state == "recognised"


@pytest.mark.parametrize("name", ["recognise", "refuse"])
def test_decision_above_the_grassroots_first_asks_for_the_declaration(client, name):
    staff = city_staff()
    reported = RegistrationFactory(reported=True, level="city")
    client.force_login(staff)
    for answer in (
        client.get(act(reported, name) + "?queue=1"),
        client.post(act(reported, name), {"queue": 1}),
    ):
        assert answer.status_code == 302
        assert answer["Location"] == f"{reported.get_absolute_url()}?queue=1"
    DeclarationFactory(registration=reported, reviewer=staff)
    assert client.get(act(reported, name)).status_code == 200


def test_decision_in_the_commune_asks_for_no_declaration(client, people):
    commune, _official, reviewer = people
    client.force_login(reviewer)
    assert client.get(act(RegistrationFactory(unit=commune, reported=True), "recognise")).status_code == 200


def test_page_of_an_act_tells_whoever_must_not_decide_why(client, people):
    commune, _official, reviewer = people
    reported = RegistrationFactory(unit=commune, reported=True)
    DeclarationFactory(registration=reported, reviewer=reviewer, is_related=True)
    client.force_login(reviewer)
    page = client.get(act(reported, "recognise"), follow=True)
    told = [str(message) for message in page.context["messages"]]
    with pytest.raises(NotAllowed) as refusal:
        recusal.refuse_barred(reviewer, reported, "grassroots")
    assert told == [str(refusal.value)]


def test_recognising_begins_with_the_body_of_the_units_latest_decision(client, people):
    commune, _official, reviewer = people
    for body, day in (
        ("Đảng ủy cũ", "2025-03-01"),
        ("Đảng ủy xã", "2025-12-01"),
        ("Ban Thường vụ", "2024-01-05"),
    ):
        done = RegistrationFactory(unit=commune, recognised=True)
        done.recognitions.update(body=body, decided_on=day)
    reported = RegistrationFactory(unit=commune, reported=True)
    client.force_login(reviewer)
    assert client.get(act(reported, "recognise")).context["form"]["body"].value() == "Đảng ủy xã"
    typed = client.post(act(reported, "recognise"), {"seen_version": reported.version, "body": ""})
    assert typed.context["form"]["body"].value() == ""


def test_an_act_writes_the_columns_that_it_changes_and_no_others(client, people):
    commune, _official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True)
    client.force_login(reviewer)
    with CaptureQueriesContext(connection) as made:
        client.post(act(submitted, "accept"), {"seen_version": submitted.version})
    [update] = [one["sql"] for one in made if one["sql"].startswith('UPDATE "models_registry_registration"')]
    written = update.partition(" WHERE ")[0]
    assert '"state"' in written
    assert '"title"' not in written
