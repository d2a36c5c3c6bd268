import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from mobilization.accounts.states import Role
from models_registry import transitions
from models_registry.models import Attachment, Registration
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db
START = reverse("models_registry:start")


def edit(registration, step):
    return reverse("models_registry:edit", args=[registration.pk, step])


def picture():
    output = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(output, "PNG")
    return SimpleUploadedFile("ảnh.png", output.getvalue())


@pytest.fixture
def people(client):
    commune, official, reviewer = commune_people()
    client.force_login(official)
    return commune, official, reviewer


def test_start_without_an_open_campaign_says_so(client, people):
    response = client.get(START)
    assert response.status_code == 200
    assert response.context["has_campaign"] is False


def test_start_first_step_makes_a_draft_of_the_own_unit(client, people):
    commune, official, _reviewer = people
    campaign = CampaignFactory()
    response = client.post(
        START, {"unit": commune.pk, "campaign": campaign.pk, "title": "  Khéo trong hiến đất "}
    )
    draft = Registration.objects.get()
    assert response["Location"] == edit(draft, "content")
    assert (draft.title, draft.unit, draft.state, draft.typed_by) == (
        "Khéo trong hiến đất",
        commune,
        "draft",
        official,
    )


def test_start_for_another_unit_is_refused_at_the_field(client, people):
    other, _official, _reviewer = commune_people()
    response = client.post(
        START, {"unit": other.pk, "campaign": CampaignFactory().pk, "title": "Của xã khác"}
    )
    assert "unit" in response.context["form"].errors
    assert response.context["form"]["title"].value() == "Của xã khác"
    assert not Registration.objects.exists()


def test_edit_saves_the_step_and_goes_on(client, people):
    draft = RegistrationFactory(unit=people[0])
    data = {
        "aim": "Mục đích",
        "starts_on": "05/02/2026",
        "households": "1.250",
        "seen_version": 1,
        "next": "1",
    }
    response = client.post(edit(draft, "content"), data)
    draft.refresh_from_db()
    assert (draft.aim, draft.starts_on.isoformat(), draft.households) == ("Mục đích", "2026-02-05", 1250)
    assert response["Location"] == reverse("models_registry:attach", args=[draft.pk])


@pytest.mark.parametrize(
    ("typed", "land"), [("1.250,5", "1250.5"), ("1250.5", "1250.5"), ("1.250", "1250.0")]
)
def test_edit_land_is_read_as_people_write_it(client, people, typed, land):
    accepted = RegistrationFactory(unit=people[0], accepted=True)
    client.post(edit(accepted, "results"), {"land_m2": typed, "seen_version": accepted.version})
    accepted.refresh_from_db()
    assert str(accepted.land_m2) == land


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("starts_on", "31/02/2026"),
        ("starts_on", "hôm qua"),
        ("starts_on", "01/01/0000"),
        ("households", "-5"),
        ("households", "9" * 30),
        ("aim", "có ký tự \x00 lạ"),
        ("aim", "\u202eđảo chiều"),
        ("person_name", "x" * 1_000),
        ("method", "y" * 1_000_000),
    ],
)
def test_edit_bad_input_is_a_sentence_at_its_field_and_nothing_typed_is_lost(client, people, field, typed):
    draft = RegistrationFactory(unit=people[0])
    data = {"content": "Nội dung đang viết dở", "seen_version": 1} | {field: typed}
    response = client.post(edit(draft, "content"), data)
    assert response.status_code == 422
    form = response.context["form"]
    assert list(form.errors) == [field]
    assert form["content"].value() == "Nội dung đang viết dở"
    assert form[field].value() == typed
    draft.refresh_from_db()
    assert draft.version == 1


def test_edit_end_before_start_is_told_at_the_end(client, people):
    draft = RegistrationFactory(unit=people[0])
    data = {"starts_on": "05/02/2026", "ends_on": "04/02/2026", "seen_version": 1}
    response = client.post(edit(draft, "content"), data)
    assert response.status_code == 422
    assert "04/02/2026" in response.content.decode()


def test_edit_after_somebody_else_saved_keeps_both_texts(client, people):
    commune, _official, _reviewer = people
    draft = RegistrationFactory(unit=commune, aim="Ban đầu")
    other = client.__class__()
    other.force_login(user_with(Role.OFFICIAL, commune))
    assert other.post(edit(draft, "content"), {"aim": "Của người kia", "seen_version": 1}).status_code == 302
    response = client.post(edit(draft, "content"), {"aim": "Của tôi", "seen_version": 1})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Của người kia" in page
    assert "Của tôi" in page
    draft.refresh_from_db()
    assert draft.aim == "Của người kia"
    assert client.post(edit(draft, "content"), {"aim": "Gộp cả hai", "seen_version": 2}).status_code == 302


def test_edit_returned_registration_shows_each_remark_at_its_field(client, people):
    commune, _official, reviewer = people
    submitted = RegistrationFactory(unit=commune, submitted=True)
    transitions.return_(submitted, actor=reviewer, reason="Bổ sung", remarks={"aim": "Nêu rõ mục đích"})
    page = client.get(edit(submitted, "content"))
    assert "Nêu rõ mục đích" in str(page.context["form"].fields["aim"].help_text)
    assert "Bổ sung" in page.content.decode()


@pytest.mark.parametrize(
    ("state", "step", "code"),
    [
        ("draft", "identity", 200),
        ("draft", "results", 404),
        ("draft", "nonsense", 404),
        ("submitted", "identity", 404),
        ("accepted", "results", 200),
        ("accepted", "identity", 404),
        ("recognised", "results", 404),
    ],
)
def test_edit_only_the_steps_of_the_state_can_be_written(client, people, state, step, code):
    registration = RegistrationFactory(unit=people[0], state=state)
    assert client.get(edit(registration, step)).status_code == code


def test_another_units_draft_is_not_there_by_any_path(client, people):
    foreign = RegistrationFactory()
    for address in (
        foreign.get_absolute_url(),
        edit(foreign, "identity"),
        reverse("models_registry:act", args=[foreign.pk, "submit"]),
    ):
        assert client.get(address).status_code == 404
        assert client.post(address, {"title": "x"}).status_code in {404, 405}
    assert client.post(reverse("models_registry:discard", args=[foreign.pk])).status_code == 404
    assert (
        client.post(reverse("models_registry:attach", args=[foreign.pk]), {"file": picture()}).status_code
        == 404
    )
    assert Registration.objects.filter(pk=foreign.pk).exists()


def test_attach_then_fetch_then_remove(client, people):
    draft = RegistrationFactory(unit=people[0])
    client.post(reverse("models_registry:attach", args=[draft.pk]), {"file": picture(), "caption": "Trước"})
    kept = Attachment.objects.get()
    answer = client.get(reverse("models_registry:attachment", args=[kept.pk]))
    assert answer["Content-Disposition"].startswith("attachment;")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content).startswith(b"\x89PNG")
    client.post(reverse("models_registry:detach", args=[kept.pk]))
    assert not Attachment.objects.exists()


def test_attach_a_file_that_is_not_taken_tells_why(client, people):
    draft = RegistrationFactory(unit=people[0])
    bad = SimpleUploadedFile("độc.pdf", b"MZ not a pdf")
    page = client.post(reverse("models_registry:attach", args=[draft.pk]), {"file": bad}, follow=True)
    assert len(page.context["form"].errors["file"]) == 1
    assert not Attachment.objects.exists()


def test_attachment_of_another_units_draft_is_not_there(client, people):
    foreign = RegistrationFactory()
    kept = Attachment(registration=foreign, uploaded_by=people[1])
    kept.file.name, kept.original_name, kept.content_type, kept.size = "x.png", "x.png", "image/png", 1
    kept.save()
    assert client.get(reverse("models_registry:attachment", args=[kept.pk])).status_code == 404


def test_discard_a_draft_goes_a_submitted_one_stays(client, people):
    draft = RegistrationFactory(unit=people[0])
    submitted = RegistrationFactory(unit=people[0], submitted=True)
    data = {"seen_version": draft.version}
    assert client.post(reverse("models_registry:discard", args=[draft.pk]), data).status_code == 302
    assert client.post(reverse("models_registry:discard", args=[submitted.pk]), data).status_code == 404
    assert list(Registration.objects.all()) == [submitted]


@pytest.mark.parametrize("data", [{}, {"seen_version": "1"}])
def test_discard_of_a_draft_that_somebody_wrote_in_since_leads_back_to_it(client, people, data):
    draft = RegistrationFactory(unit=people[0])
    Registration.objects.filter(pk=draft.pk).update(version=2)
    answer = client.post(reverse("models_registry:discard", args=[draft.pk]), data)
    assert answer["Location"] == draft.get_absolute_url()
    assert Registration.objects.filter(pk=draft.pk).exists()
