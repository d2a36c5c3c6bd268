import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from PIL import Image

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.files import accept_upload
from models_registry import services
from models_registry.models import Attachment
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, city_staff, commune_people
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db
AGREED = "Không có người nhận ra được"


def picture(name="ảnh.png"):
    output = io.BytesIO()
    Image.new("RGB", (20, 20), "red").save(output, "PNG")
    return SimpleUploadedFile(name, output.getvalue())


@pytest.fixture
def people(client):
    commune, official, reviewer = commune_people()
    client.force_login(official)
    return commune, official, reviewer


@pytest.fixture
def draft(people):
    return RegistrationFactory(unit=people[0], by_official=people[1])


def address(name, *args):
    return reverse(f"models_registry:{name}", args=args)


def bad():
    return SimpleUploadedFile("hỏng.pdf", b"MZ")


def test_attach_several_keeps_the_good_ones_and_tells_of_the_others(client, draft):
    sent = {"file": [picture("a.png"), bad(), picture("b.png"), SimpleUploadedFile("rỗng.pdf", b"")]}
    page = client.post(address("attach", draft.pk), sent | {"caption": "Họp dân"}, follow=True)
    kept = Attachment.objects.all()
    assert [(file.original_name, file.caption) for file in kept] == [
        ("a.png", "Họp dân"),
        ("b.png", "Họp dân"),
    ]
    assert page.status_code == 422
    told = page.context["form"].errors["file"]
    assert [one.split(":")[0] for one in told] == ["hỏng.pdf", "rỗng.pdf"]
    assert page.context["added"] == list(kept)


@pytest.mark.parametrize(
    ("sent", "status", "refused", "kept"),
    [
        (lambda: {"file": picture()}, 200, 0, 1),
        (lambda: {"file": bad()}, 422, 1, 0),
        (dict, 422, 1, 0),
        (lambda: {"file": picture(), "is_public": "on"}, 422, 2, 1),
        (lambda: {"file": picture(), "is_public": "on", "consent_note": AGREED, "caption": "Ngõ"}, 200, 0, 1),
        (lambda: {"file": [picture() for _n in range(21)]}, 422, 1, 0),
    ],
)
def test_attach_asked_by_a_script_answers_json(client, draft, sent, status, refused, kept):
    answer = client.post(address("attach", draft.pk), sent(), headers={"accept": "application/json"})
    assert answer.status_code == status
    assert len(answer.json()["refused"]) == refused
    assert answer.json()["list"].count('class="file"') == Attachment.objects.count() == kept


def test_attach_without_who_agreed_keeps_the_file_private_with_its_words_until_it_is_said(client, draft):
    sent = {"file": picture(), "caption": "Họp dân", "is_public": "on", "next": "1"}
    page = client.post(address("attach", draft.pk), sent)
    kept = Attachment.objects.get()
    assert (page.status_code, kept.caption, kept.is_public) == (422, "Họp dân", False)
    assert list(page.context["form"].errors) == ["consent_note"]
    assert f'name="added" value="{kept.pk}"' in page.content.decode()
    sent = {"added": kept.pk, "caption": "Họp dân", "is_public": "on", "consent_note": AGREED, "next": "1"}
    answer = client.post(address("attach", draft.pk), sent)
    assert answer["Location"] == address("preview", draft.pk)
    kept.refresh_from_db()
    assert (kept.is_public, kept.consent_note, Attachment.objects.count()) == (True, AGREED, 1)


def test_words_about_files_that_came_before_them_are_written_at_these_alone(client, people, draft):
    first, other = (services.attach(draft, picture(), actor=people[1]) for _n in range(2))
    foreign = evidence(RegistrationFactory(), people[1])
    sent = {"added": [first.pk, foreign.pk, "x"], "caption": "Dân dọn ngõ", "stay": "1"}
    assert client.post(address("attach", draft.pk), sent)["Location"] == address("attach", draft.pk)
    captions = dict(Attachment.objects.values_list("pk", "caption"))
    assert captions == {first.pk: "Dân dọn ngõ", other.pk: "", foreign.pk: ""}
    entries = AuditEntry.objects.filter(act="registration.describe_file")
    assert [entry.target_id for entry in entries] == [str(draft.pk)]


@pytest.mark.parametrize(
    ("sent", "status"),
    [({"next": "1"}, 302), ({"stay": "1"}, 422), ({"next": "1", "caption": "Ngõ"}, 422)],
)
def test_step_of_evidence_may_be_left_empty_but_words_need_a_file(client, draft, sent, status):
    answer = client.post(address("attach", draft.pk), sent)
    assert answer.status_code == status
    if status == 302:
        assert answer["Location"] == address("preview", draft.pk)
    else:
        assert list(answer.context["form"].errors) == ["file"]


def test_public_file_of_a_draft_is_not_said_to_be_shown_yet(client, people, draft):
    accepted = RegistrationFactory(unit=people[0], by_official=people[1], accepted=True)
    for registration in (draft, accepted):
        kept = services.attach(registration, picture(), actor=people[1])
        services.show_file(kept, actor=people[1], consent_note=AGREED, caption="Ngõ")
    ahead, shown = gettext("will be public once the model is accepted"), gettext("shown to everybody")
    pages = [client.get(address("attach", one.pk)).content.decode() for one in (draft, accepted)]
    assert [(ahead in page, shown in page) for page in pages] == [(True, False), (False, True)]


def test_files_of_a_draft_are_nobody_elses(client, people, draft):
    kept = services.attach(draft, picture(), actor=people[1])
    shown = services.show_file(kept, actor=people[1], consent_note=AGREED, caption="Ngõ")
    code = draft.model.code
    for user in (people[2], city_staff(), user_with(Role.OFFICIAL, UnitFactory()), None):
        client.logout()
        if user:
            client.force_login(user)
            assert client.get(address("attachment", kept.pk)).status_code == 404
            assert client.get(address("thumbnail", kept.pk)).status_code == 404
            assert client.get(address("file_show", kept.pk)).status_code == 404
        for name in ("model_file", "model_thumbnail"):
            assert client.get(reverse(f"portal:{name}", args=[code, shown.pk])).status_code == 404


def test_hidden_again_nobody_fetches_it_from_the_public_page(client, people):
    registration = RegistrationFactory(unit=people[0], by_official=people[1], accepted=True)
    kept = services.attach(registration, picture(), actor=people[1])
    addresses = [
        reverse(f"portal:{name}", args=[registration.model.code, kept.pk])
        for name in ("model_file", "model_thumbnail")
    ]
    client.logout()

    def answers():
        return [client.get(one).status_code for one in addresses]

    assert answers() == [404, 404]
    services.show_file(kept, actor=people[1], consent_note=AGREED, caption="Ngõ xóm")
    assert answers() == [200, 200]
    assert 'alt="Ngõ xóm"' in client.get(registration.model.get_absolute_url()).content.decode()
    services.hide_file(kept, actor=people[1])
    assert answers() == [404, 404]
    assert "Ngõ xóm" not in client.get(registration.model.get_absolute_url()).content.decode()


def test_thumbnail_is_a_picture_that_no_browser_sniffs(client, people, draft):
    kept = services.attach(draft, picture(), actor=people[1])
    answer = client.get(address("thumbnail", kept.pk))
    assert (answer["Content-Type"], answer["X-Content-Type-Options"]) == ("image/webp", "nosniff")
    assert "public" not in answer["Cache-Control"]


@pytest.mark.parametrize("who", ["official", "reviewer", "city staff"])
def test_show_and_hide_after_acceptance_by_whoever_answers_for_it(client, people, who):
    registration = RegistrationFactory(unit=people[0], by_official=people[1], recognised=True)
    kept = evidence(registration, people[1])
    client.force_login({"official": people[1], "reviewer": people[2]}.get(who) or city_staff())
    page = client.post(address("file_show", kept.pk), {"caption": "Ngõ", "consent_note": ""})
    assert page.status_code == 422
    assert page.context["form"].errors["consent_note"]
    client.post(address("file_show", kept.pk), {"caption": "Ngõ", "consent_note": AGREED})
    assert Attachment.objects.public().count() == 1
    client.post(address("file_hide", kept.pk))
    assert Attachment.objects.public().count() == 0


def test_show_by_an_auditor_or_a_neighbour_is_not_there(client, people):
    registration = RegistrationFactory(unit=people[0], by_official=people[1], recognised=True)
    kept = evidence(registration, people[1])
    for user in (user_with(Role.AUDITOR, people[0]), user_with(Role.OFFICIAL, UnitFactory())):
        client.force_login(user)
        sent = {"caption": "Ngõ", "consent_note": AGREED}
        assert client.post(address("file_show", kept.pk), sent).status_code == 404
        assert client.post(address("file_hide", kept.pk)).status_code == 404
    assert not Attachment.objects.public().exists()


def test_review_screen_shows_at_once_that_there_are_files(client, people):
    registration = RegistrationFactory(unit=people[0], by_official=people[1], submitted=True)
    kept = evidence(registration, people[1])
    client.force_login(people[2])
    page = client.get(registration.get_absolute_url()).content.decode()
    assert page.count(address("thumbnail", kept.pk)) == 2
    assert page.index("evidence-strip") < page.index('id="panel-identity"')


def test_lists_count_files_in_as_many_statements_for_one_and_three(client, people):
    registration = RegistrationFactory(unit=people[0], by_official=people[1], submitted=True)
    evidence(registration, people[1])
    client.get(address("list"))
    with CaptureQueriesContext(connection) as one:
        page = client.get(address("list"))
    assert ngettext("%(count)d file", "%(count)d files", 1) % {"count": 1} in page.context["lines"][0].html
    for _number in range(2):
        evidence(RegistrationFactory(unit=people[0], submitted=True), people[1])
    with CaptureQueriesContext(connection) as three:
        client.get(address("list"))
    assert len(one) == len(three)


def evidence(registration, user):
    kept = Attachment(registration=registration, uploaded_by=user)
    kept.keep(accept_upload(picture()))
    kept.save()
    return kept
