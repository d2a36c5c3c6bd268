import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.accounts.states import Role
from models_registry import services, transitions
from models_registry.states import Stage
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignWindowFactory, RegistrationFactory, commune_people
from tests.units.factories import city

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return commune_people()


def text(parts):
    return "".join(part.text for part in parts)


def test_detail_after_resubmission_shows_old_and_new_of_what_changed(client, people):
    commune, official, reviewer = people
    registration = RegistrationFactory(unit=commune, submitted=True, aim="Mục đích cũ")
    registration = transitions.return_(registration, actor=reviewer, reason="Sửa")
    registration = services.save_draft(
        registration, {"aim": "Mục đích mới", "field": "economy"}, actor=official
    )
    transitions.resubmit(registration, actor=official)
    client.force_login(reviewer)
    page = client.get(registration.get_absolute_url())
    assert [(row["name"], text(row["before"]), text(row["after"])) for row in page.context["changes"]] == [
        ("aim", "Mục đích cũ", "Mục đích mới")
    ]


def test_detail_remarks_say_what_is_mended_and_what_is_not(client, people):
    commune, official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True, by_official=official)
    returned = transitions.return_(
        submitted, actor=reviewer, reason="Sửa", remarks={"aim": "Nói rõ", "households": "Bao nhiêu hộ?"}
    )
    saved = services.save_draft(returned, {"aim": "Rõ hơn"}, actor=official)
    for user, state in ((official, "returned"), (reviewer, "submitted")):
        client.force_login(user)
        page = client.get(returned.get_absolute_url())
        assert page.context["registration"].state == state
        assert [(one["name"], one["is_mended"]) for one in page.context["remarks"]] == [
            ("aim", True),
            ("households", False),
        ]
        if state == "returned":
            transitions.resubmit(saved, actor=official)


def test_detail_first_report_after_an_accepted_resubmission_marks_nothing(client, people):
    commune, official, reviewer = people
    row = RegistrationFactory(unit=commune, submitted=True, by_official=official)
    row = transitions.return_(row, actor=reviewer, reason="Sửa")
    row = transitions.resubmit(row, actor=official)
    row = transitions.accept(row, actor=reviewer)
    row = services.save_draft(row, {"result_summary": "Xong"}, actor=official)
    transitions.report(row, actor=official)
    client.force_login(reviewer)
    page = client.get(row.get_absolute_url())
    assert (page.context["returned"], page.context["changes"]) == (None, [])


def test_detail_buttons_are_the_acts_of_the_reader(client, people):
    commune, official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True, by_official=official)
    offered = {}
    for user in (official, reviewer):
        client.force_login(user)
        page = client.get(submitted.get_absolute_url())
        offered[user] = [button["act"] for button in page.context["buttons"]]
    assert offered == {official: ["withdraw"], reviewer: ["accept", "return", "decline"]}


def test_detail_timeline_names_actor_act_and_words(client, people):
    commune, official, reviewer = people
    returned = RegistrationFactory(unit=commune, submitted=True, by_official=official)
    transitions.return_(
        returned, actor=reviewer, reason="Thiếu số hộ", remarks={"households": "Bao nhiêu hộ?"}
    )
    client.force_login(official)
    entry = client.get(returned.get_absolute_url()).context["timeline"][1]
    assert (entry["actor"], entry["words"], entry["to_label"]) == (reviewer, "Thiếu số hộ", "")
    assert [text for _label, text in entry["remarks"]] == ["Bao nhiêu hộ?"]


def test_detail_query_count_does_not_grow_with_files_and_steps(client, people):
    commune, official, reviewer = people
    client.force_login(reviewer)
    registration = RegistrationFactory(unit=commune, submitted=True, by_official=official)
    client.get(registration.get_absolute_url())
    with CaptureQueriesContext(connection) as one:
        client.get(registration.get_absolute_url())
    for _round in range(2):
        registration = transitions.return_(registration, actor=reviewer, reason="Sửa")
        registration = transitions.resubmit(registration, actor=official)
    with CaptureQueriesContext(connection) as many:
        client.get(registration.get_absolute_url())
    # What changed since the return takes two more; each further round takes none.
    assert len(many) <= len(one) + 2


@pytest.mark.parametrize("state", ["submitted", "reported"])
def test_detail_tells_the_unit_who_has_what_it_handed_in(client, people, state):
    commune, official, reviewer = people
    registration = RegistrationFactory(unit=commune, by_official=official, state=state)
    window = CampaignWindowFactory(campaign=registration.campaign, stage=Stage.APPRAISAL)
    client.force_login(official)
    waits = client.get(registration.get_absolute_url()).context["handed_in"]
    assert commune.full_name in waits.whose
    assert reviewer.full_name not in waits.whose
    assert (waits.due_on, waits.is_overdue) == (window.due_on, False)
    # What one does next is not to take it back: that stands further down.
    text = client.get(registration.get_absolute_url()).content.decode()
    assert text.index(reverse("models_registry:start")) < text.index('id="history"')
    assert 'href="#acts"' not in text
    client.force_login(reviewer)
    page = client.get(registration.get_absolute_url())
    assert page.context["handed_in"] is None
    assert page.context["timeline"][0] == waits.as_step()


@pytest.mark.parametrize(
    "state", ["draft", "submitted", "returned", "accepted", "reported", "report_returned", "recognised"]
)
def test_detail_history_begins_with_what_is_waited_for(client, people, state):
    commune, official, _reviewer = people
    registration = RegistrationFactory(unit=commune, by_official=official, state=state, outcome="")
    client.force_login(official)
    ahead, *done = client.get(registration.get_absolute_url()).context["timeline"]
    assert commune.full_name in ahead["actor"]
    assert "at" not in ahead
    assert all(step["at"] for step in done)


@pytest.mark.parametrize("state", ["withdrawn", "declined", "recognised"])
def test_detail_history_of_what_is_done_names_nobody(client, people, state):
    commune, official, _reviewer = people
    outcome = "maintain" if state == "recognised" else ""
    registration = RegistrationFactory(unit=commune, by_official=official, state=state, outcome=outcome)
    client.force_login(official)
    assert all(step["at"] for step in client.get(registration.get_absolute_url()).context["timeline"])


def test_detail_says_that_what_city_staff_returned_comes_back_to_them(client, people):
    commune, official, _reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True, by_official=official)
    returned = transitions.return_(submitted, actor=user_with(Role.CITY_STAFF, city()), reason="Sửa")
    transitions.resubmit(returned, actor=official)
    client.force_login(official)
    assert client.get(returned.get_absolute_url()).context["handed_in"].whose == Role.CITY_STAFF.label


def test_detail_does_not_call_missing_what_is_typed_and_not_saved(client, people):
    commune, official, _reviewer = people
    client.force_login(official)
    draft = RegistrationFactory(unit=commune, by_official=official, aim="", method="")
    services.keep_typing(official, draft, "content", {"aim": "Mở đường", "method": " "}, base_version=1)
    page = client.get(draft.get_absolute_url())
    assert [line["name"] for line in page.context["missing"]] == ["method"]
    services.keep_typing(official, draft, "content", {"aim": "Mở đường", "method": "Họp"}, base_version=1)
    page = client.get(draft.get_absolute_url())
    assert (page.context["missing"], page.context["complete"]) == ([], False)
    assert (
        "/acts/submit/"
        not in client.get(reverse("models_registry:preview", args=[draft.pk])).content.decode()
    )
