import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils.translation import gettext
from PIL import Image

from mobilization.accounts.states import Role
from models_registry import services
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


def preview(registration):
    return reverse("models_registry:preview", args=[registration.pk])


def picture():
    output = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(output, "PNG")
    return SimpleUploadedFile("ảnh.png", output.getvalue())


@pytest.fixture
def people(client):
    commune, official, reviewer = commune_people()
    client.force_login(official)
    return commune, official, reviewer


def test_preview_marks_the_person_in_charge_as_never_public(client, people):
    draft = RegistrationFactory(unit=people[0], person_phone="0912345678", by_official=people[1])
    page = client.get(preview(draft))
    private = str(page.content.decode()).split('id="private"')
    assert "0912345678" not in private[0]
    assert "0912345678" in private[1]
    assert [text for _label, text in page.context["private"]] == ["Nguyễn Văn An", "0912345678"]
    assert page.context["typists"] == [people[1]]


def test_preview_submits_what_is_complete(client, people):
    draft = RegistrationFactory(unit=people[0])
    page = client.get(preview(draft))
    assert page.context["act"] == "submit"
    client.post(reverse("models_registry:act", args=[draft.pk, "submit"]), {"seen_version": "1"})
    draft.refresh_from_db()
    assert draft.state == "submitted"


def test_preview_of_what_is_incomplete_leads_to_each_field(client, people):
    draft = RegistrationFactory(unit=people[0], aim="", title="")
    page = client.get(preview(draft)).content.decode()
    assert f"{reverse('models_registry:edit', args=[draft.pk, 'identity'])}#id_title" in page
    assert f"{reverse('models_registry:edit', args=[draft.pk, 'content'])}#id_aim" in page
    assert "/acts/submit/" not in page


def test_preview_tells_of_unsaved_typing_and_submit_refuses_the_own(client, people):
    draft = RegistrationFactory(unit=people[0])
    services.keep_typing(people[1], draft, "content", {"aim": "Chưa lưu"}, base_version=1)
    other = user_with(Role.OFFICIAL, people[0])
    services.keep_typing(other, draft, "content", {"aim": "Chưa lưu"}, base_version=1)
    assert {one["mine"] for one in client.get(preview(draft)).context["unsaved"]} == {True, False}
    client.post(reverse("models_registry:act", args=[draft.pk, "submit"]), {"seen_version": "1"})
    draft.refresh_from_db()
    assert draft.state == "draft"


@pytest.mark.parametrize("state", ["submitted", "recognised"])
def test_preview_of_what_is_not_in_the_units_hands_is_not_there(client, people, state):
    assert client.get(preview(RegistrationFactory(unit=people[0], state=state))).status_code == 404


def test_preview_of_another_unit_is_not_there(client, people):
    assert client.get(preview(RegistrationFactory())).status_code == 404


def test_preview_of_a_draft_says_when_a_picture_will_be_public_and_not_among_what_never_is(client, people):
    draft = RegistrationFactory(unit=people[0])
    own = {"actor": people[1], "caption": "Ảnh ngõ sạch"}
    services.attach(draft, picture(), is_public=True, consent_note="Chị Lan đồng ý ngày 01/02/2026", **own)
    text = client.get(preview(draft)).content.decode()
    never = text[text.index('id="private"') :]
    assert "Ảnh ngõ sạch" not in never[: never.index("</section>")]
    evidence = text[text.index('id="evidence"') :]
    evidence = evidence[: evidence.index("</section>")]
    assert gettext("will be public once the model is accepted") in evidence
    assert gettext("shown to everybody") not in evidence


def test_detail_of_a_draft_tells_of_unsaved_typing_with_a_way_to_it(client, people):
    draft = RegistrationFactory(unit=people[0])
    services.keep_typing(people[1], draft, "content", {"aim": "Chưa lưu"}, base_version=1)
    page = client.get(draft.get_absolute_url())
    assert [one["mine"] for one in page.context["unsaved"]] == [True]
    assert gettext("Open it and save it") in page.content.decode()


def test_preview_tells_the_campaign_and_whether_it_is_new(client, people):
    draft = RegistrationFactory(unit=people[0], novelty="maintained")
    text = client.get(preview(draft)).content.decode()
    head = text[: text.index('id="public-facts"')]
    assert str(draft.campaign) in head
    assert draft.get_novelty_display() in head
