"""The parts on a registration's page and what is sent from them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.appraisal.models import Appraisal, Note, Survey
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import NOT_SEEN
from models_registry.models import Declaration
from models_registry.states import Level
from tests.accounts.factories import user_with
from tests.appraisal.factories import AppraisalFactory, CriterionFactory, NoteFactory, SurveyFactory
from tests.models_registry.factories import (
    DeclarationFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import city

pytestmark = pytest.mark.django_db


def url(name, obj):
    return reverse(f"appraisal:{name}", args=[obj.pk])


def part_templates(client, registration):
    parts = client.get(registration.get_absolute_url()).context["parts"]
    return {part["template"].removeprefix("appraisal/") for place in parts.values() for part in place}


@pytest.fixture
def reported():
    commune, official, reviewer = commune_people()
    return RegistrationFactory(unit=commune, reported=True), official, reviewer


def test_declaration_is_asked_above_the_grassroots_until_it_is_given(client):
    staff = city_staff()
    registration = RegistrationFactory(reported=True, level=Level.CITY)
    client.force_login(staff)
    assert "ask.html" in part_templates(client, registration)

    answer = client.post(url("declare", registration), {"is_related": "no", "queue": "1"})

    assert answer["Location"] == f"{registration.get_absolute_url()}?queue=1"
    assert not Declaration.objects.get().is_related
    assert AuditEntry.objects.filter(act="appraisal.declare").count() == 1
    assert "ask.html" not in part_templates(client, registration)


def test_declaration_is_not_asked_in_the_commune(client, reported):
    registration, _official, reviewer = reported
    client.force_login(reviewer)

    assert "ask.html" not in part_templates(client, registration)
    assert "standing.html" in part_templates(client, registration)


def test_declaration_of_a_relation_takes_the_buttons_away(client, reported):
    registration, _official, reviewer = reported
    client.force_login(reviewer)
    client.post(url("declare", registration), {"is_related": "yes", "relation": "Em gái"})

    page = client.get(registration.get_absolute_url())

    assert not page.context["buttons"]
    assert client.post(url("declare", registration), {"is_related": "maybe"}).status_code == 302
    assert Declaration.objects.count() == 1


def test_declarations_of_others_are_seen_by_city_staff_only(client, reported):
    registration, _official, reviewer = reported
    other = user_with(Role.REVIEWER, registration.unit, full_name="Phùng Thị Xuyến")
    DeclarationFactory(registration=registration, reviewer=other, is_related=True)
    for user, seen in ((city_staff(), True), (reviewer, False)):
        client.force_login(user)
        page = client.get(registration.get_absolute_url()).content.decode()
        assert (other.full_name in page) is seen
        assert "Em trai của chủ nhiệm" not in page


@pytest.mark.parametrize(
    ("visibility", "readers"),
    [
        ("me", {"author"}),
        ("reviewers", {"author", "reviewer", "staff", "auditor"}),
        ("unit", {"author", "reviewer", "staff", "auditor", "official"}),
    ],
)
def test_note_is_read_by_whom_it_is_for(client, reported, visibility, readers):
    registration, official, reviewer = reported
    author = user_with(Role.REVIEWER, registration.unit)
    NoteFactory(registration=registration, author=author, visibility=visibility, text="Lời ghi riêng")
    people = {"author": author, "reviewer": reviewer, "staff": city_staff(), "official": official}
    people |= {"auditor": user_with(Role.AUDITOR, city()), "other": commune_people()[2]}

    seen = {
        name
        for name, user in people.items()
        if Note.objects.visible_to(user).filter(registration=registration).exists()
    }

    assert seen == readers
    client.force_login(official)
    assert ("Lời ghi riêng" in client.get(registration.get_absolute_url()).content.decode()) == (
        "official" in readers
    )


def test_note_is_written_and_taken_away_by_its_author(client, reported):
    registration, _official, reviewer = reported
    client.force_login(reviewer)
    client.post(url("note", registration), {"text": "Xem lại", "visibility": "unit"})
    note = Note.objects.get()
    client.force_login(city_staff())
    assert client.post(url("note_remove", note)).status_code == 404

    client.force_login(reviewer)
    assert client.post(url("note_remove", note)).status_code == 302

    assert not Note.objects.exists()
    assert AuditEntry.objects.filter(act__in=["appraisal.note", "appraisal.remove_note"]).count() == 2


def test_note_is_not_written_by_the_unit_or_an_auditor(client, reported):
    registration, official, _reviewer = reported
    for user in (official, user_with(Role.AUDITOR, city())):
        client.force_login(user)
        assert client.post(url("note", registration), {"text": "x", "visibility": "me"}).status_code == 404


def test_survey_is_recorded_and_its_day_cannot_be_to_come(client, reported):
    registration, official, reviewer = reported
    client.force_login(reviewer)
    said = {"members": "Lê Thị Hoa", "findings": "Đúng như báo cáo"}
    assert client.post(url("survey", registration), said | {"held_on": "01/01/2099"}).status_code == 422
    assert client.post(url("survey", registration), said | {"held_on": "01/06/2025"}).status_code == 302
    assert Survey.objects.get().written_by == reviewer

    client.force_login(official)
    assert "surveys.html" not in part_templates(client, registration)


def test_sheet_keeps_what_was_typed_and_hands_in(client, reported):
    registration, _official, reviewer = reported
    points = CriterionFactory(campaign=registration.campaign)
    fulfilled = CriterionFactory(campaign=registration.campaign, weight=None)
    client.force_login(reviewer)
    typed = {
        f"criterion_{points.pk}": "17,5",
        f"words_{points.pk}": "Tốt",
        "seen_version": registration.version,
    }

    refused = client.post(url("sheet", registration), typed | {"hand_in": "1"})
    assert refused.status_code == 422
    assert "17,5" in refused.content.decode()
    assert client.post(url("sheet", registration), typed).status_code == 302
    assert client.get(url("sheet", registration)).context["form"].initial[f"criterion_{points.pk}"] == 17.5

    whole = typed | {f"criterion_{fulfilled.pk}": "yes", "hand_in": "1", "queue": "1"}
    answer = client.post(url("sheet", registration), whole)
    assert answer["Location"].endswith("?queue=1")
    assert Appraisal.objects.get().is_handed_in
    again = client.post(url("sheet", registration), typed)
    assert again.status_code == 409
    assert Appraisal.objects.get().total == 17.5


def test_sheet_that_tells_no_version_is_not_kept_and_shows_what_was_typed(client, reported):
    registration, _official, reviewer = reported
    client.force_login(reviewer)
    answer = client.post(url("sheet", registration), {"comment": "Nhận xét dài"})
    assert answer.status_code == 409
    assert answer.context["form"].non_field_errors() == [str(NOT_SEEN)]
    assert answer.context["form"]["comment"].value() == "Nhận xét dài"
    assert not Appraisal.objects.exists()


def test_sheet_hides_what_others_wrote_until_the_own_one_is_handed_in(client, reported):
    registration, _official, reviewer = reported
    AppraisalFactory(registration=registration, comment="Nhận xét của người khác")
    client.force_login(reviewer)
    for page in (url("sheet", registration), registration.get_absolute_url()):
        assert "Nhận xét của người khác" not in client.get(page).content.decode()

    client.post(
        url("sheet", registration),
        {"hand_in": "1", "comment": "Của tôi", "seen_version": registration.version},
    )

    for page in (url("sheet", registration), registration.get_absolute_url()):
        assert "Nhận xét của người khác" in client.get(page).content.decode()


def test_page_takes_the_same_number_of_statements_for_one_and_three_of_each(client, reported):
    registration, _official, _reviewer = reported
    staff = city_staff()
    client.force_login(staff)

    def fill(number):
        for _one in range(number):
            NoteFactory(registration=registration)
            SurveyFactory(registration=registration)
            DeclarationFactory(registration=registration)
            AppraisalFactory(registration=registration)

    def statements():
        with CaptureQueriesContext(connection) as asked:
            client.get(registration.get_absolute_url())
        return len(asked)

    fill(1)
    statements()
    first = statements()
    fill(2)

    assert statements() == first
