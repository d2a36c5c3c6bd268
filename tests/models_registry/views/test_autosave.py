import pytest
from django.core.cache import cache
from django.urls import reverse

from mobilization.accounts.states import Role
from models_registry import services
from models_registry.models import WorkingCopy
from models_registry.views.autosave import MOST_A_MINUTE
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db
START = reverse("models_registry:start_autosave")


def address(registration, step="content"):
    return reverse("models_registry:autosave", args=[registration.pk, step])


@pytest.fixture(autouse=True)
def _nothing_counted():
    cache.clear()


@pytest.fixture
def people(client):
    commune, official, reviewer = commune_people()
    client.force_login(official)
    return commune, official, reviewer


def test_autosave_keeps_what_is_typed_and_tells_when(client, people):
    draft = RegistrationFactory(unit=people[0])
    answer = client.post(address(draft), {"aim": "Nửa câu", "starts_on": "5/", "base": "1"})
    told = answer.json()
    assert answer.status_code == 200
    assert told["saved_at"].count(":") == 1
    assert (told["others"], told["version"]) == ([], 1)
    assert services.typing_of(people[1], draft, "content").typed == {"aim": "Nửa câu", "starts_on": "5/"}


def test_autosave_before_there_is_a_draft_keeps_the_first_step(client, people):
    CampaignFactory()
    client.post(START, {"title": "Khéo trong", "campaign": "x", "aim": "không thuộc bước này"})
    copy = services.typing_of(people[1], None, "identity")
    assert copy.typed == {"title": "Khéo trong", "campaign": "x"}
    assert "Khéo trong" in client.get(reverse("models_registry:start")).content.decode()


def test_autosave_of_what_is_saved_already_leaves_nothing_unsaved(client, people):
    draft = RegistrationFactory(unit=people[0], aim="Đã lưu")
    client.post(address(draft), {"aim": "Khác"})
    assert client.post(address(draft), {"aim": "Đã lưu"}).json()["saved_at"] is None
    assert not WorkingCopy.objects.exists()


def test_autosave_tells_who_else_writes_there(client, people):
    draft = RegistrationFactory(unit=people[0])
    other = user_with(Role.OFFICIAL, people[0], full_name="Trần Thị Bình")
    services.keep_typing(other, draft, "content", {"aim": "b"}, base_version=1)
    others = client.post(address(draft), {"aim": "a"}).json()["others"]
    assert [one["name"] for one in others] == ["Trần Thị Bình"]


def test_autosave_of_another_units_draft_or_an_unknown_step_is_not_there(client, people):
    foreign, own = RegistrationFactory(), RegistrationFactory(unit=people[0])
    assert client.post(address(foreign), {"aim": "x"}).status_code == 404
    assert client.post(address(own, "nonsense"), {"aim": "x"}).status_code == 404
    assert not WorkingCopy.objects.exists()


def test_autosave_after_it_was_handed_in_says_what_happened(client, people):
    submitted = RegistrationFactory(unit=people[0], submitted=True)
    answer = client.post(address(submitted), {"aim": "x"})
    assert answer.status_code == 409
    assert answer.json()["says"]


@pytest.mark.parametrize(("text", "code"), [("a\x00", 422), ("x" * 500_000, 413)])
def test_autosave_of_what_cannot_be_kept_answers_a_sentence(client, people, text, code):
    draft = RegistrationFactory(unit=people[0])
    answer = client.post(address(draft), {"aim": text})
    assert answer.status_code == code
    assert answer.json()["says"]


def test_autosave_from_another_persons_page_is_refused(client, people):
    draft = RegistrationFactory(unit=people[0])
    answer = client.post(address(draft), {"aim": "x", "person": str(people[2].pk)})
    assert answer.status_code == 401
    assert not WorkingCopy.objects.exists()


def test_autosave_without_a_session_leads_to_the_sign_in(client, people):
    draft = RegistrationFactory(unit=people[0])
    client.logout()
    assert client.post(address(draft), {"aim": "x"}).status_code == 302


def test_autosave_more_often_than_a_form_does_has_to_wait(client, people):
    draft = RegistrationFactory(unit=people[0])
    codes = {client.post(address(draft), {"aim": str(n)}).status_code for n in range(2 * MOST_A_MINUTE + 1)}
    assert codes == {200, 429}


@pytest.mark.parametrize("writers", [1, 3])
def test_autosave_asks_the_same_however_many_write(client, people, writers, django_assert_max_num_queries):
    draft = RegistrationFactory(unit=people[0])
    for _number in range(writers):
        other = user_with(Role.OFFICIAL, people[0])
        services.keep_typing(other, draft, "content", {"aim": "b"}, base_version=1)
    with django_assert_max_num_queries(8):
        assert len(client.post(address(draft), {"aim": "a"}).json()["others"]) == writers


def test_autosave_that_comes_after_its_own_save_is_not_kept(client, people):
    draft = RegistrationFactory(unit=people[0])
    saved = services.save_draft(draft, {"aim": "Cả câu"}, actor=people[1], seen_version=draft.version)
    late = client.post(address(draft), {"aim": "Nửa", "base": str(draft.version)})
    assert (late.status_code, saved.version) == (409, draft.version + 1)
    assert not WorkingCopy.objects.exists(), "it would stand in the way of handing in"


def test_autosave_over_another_step_or_somebody_elses_save_is_kept(client, people):
    draft = RegistrationFactory(unit=people[0])
    services.save_draft(draft, {"title": "Tên khác"}, actor=people[1], seen_version=draft.version)
    assert client.post(address(draft), {"aim": "Nửa", "base": str(draft.version)}).status_code == 200
    other = user_with(Role.OFFICIAL, people[0])
    services.save_draft(draft, {"aim": "Của người khác"}, actor=other)
    assert client.post(address(draft), {"aim": "Nửa", "base": str(draft.version)}).status_code == 200
    assert services.typing_of(people[1], draft, "content").typed == {"aim": "Nửa"}
