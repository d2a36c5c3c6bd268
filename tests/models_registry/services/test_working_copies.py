"""What is typed and not saved."""

import pytest

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import DomainError
from models_registry import services, transitions
from models_registry.models import MAX_WORKING_COPY, WorkingCopy
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    return commune_people()


def test_keep_typing_any_slip_stays_as_it_is_typed_in_one_stored_form(people):
    draft = RegistrationFactory(unit=people[0])
    typed = {"starts_on": "31/0", "households": "12x", "aim": "Mở đường  ", "kind": ""}
    services.keep_typing(people[1], draft, "content", typed, base_version=1)
    kept = services.typing_of(people[1], draft, "content")
    assert kept.typed == typed
    draft.refresh_from_db()
    assert draft.version == 1
    assert not AuditEntry.objects.filter(act="registration.save").exists()


def test_keep_typing_is_stored_as_nfc(people):
    services.keep_typing(people[1], None, "identity", {"title": "hie\u0302\u0301n"}, base_version=0)
    assert services.typing_of(people[1], None, "identity").typed == {"title": "hiến"}


def test_keep_typing_twice_is_one_copy_the_later(people):
    draft = RegistrationFactory(unit=people[0])
    for registration in (draft, None):
        for text in ("một", "hai"):
            services.keep_typing(people[1], registration, "identity", {"title": text}, base_version=0)
        assert services.typing_of(people[1], registration, "identity").typed == {"title": "hai"}
    assert WorkingCopy.objects.count() == 2


@pytest.mark.parametrize(
    ("text", "code"),
    [("a\x00b", "unreadable"), ("\ud800", "unreadable"), ("x" * (MAX_WORKING_COPY + 1), "too_long")],
)
def test_keep_typing_what_no_database_holds_is_refused(people, text, code):
    with pytest.raises(DomainError) as refusal:
        services.keep_typing(people[1], None, "identity", {"title": text}, base_version=0)
    assert refusal.value.code == code
    assert not WorkingCopy.objects.exists()


def test_others_typing_is_that_of_the_same_step_by_somebody_else(people):
    commune, official, _reviewer = people
    draft, other = RegistrationFactory(unit=commune), user_with(Role.OFFICIAL, commune)
    services.keep_typing(official, draft, "content", {"aim": "a"}, base_version=1)
    services.keep_typing(other, draft, "content", {"aim": "b"}, base_version=1)
    services.keep_typing(other, draft, "identity", {"title": "c"}, base_version=1)
    assert [copy.person for copy in services.others_typing(official, draft, "content")] == [other]
    assert len(services.unsaved_typing(draft)) == 3


def test_hand_in_with_own_unsaved_typing_is_refused_and_others_keep_theirs(people):
    commune, official, _reviewer = people
    draft, other = RegistrationFactory(unit=commune), user_with(Role.OFFICIAL, commune)
    for person in (official, other):
        services.keep_typing(person, draft, "content", {"aim": "chưa lưu"}, base_version=1)
    with pytest.raises(DomainError) as refusal:
        services.hand_in(transitions.submit, draft, actor=official, steps=["content"])
    assert refusal.value.code == "unsaved"
    services.forget_typing(official, draft, "content")
    assert services.hand_in(transitions.submit, draft, actor=official, steps=["content"]).state == "submitted"
    assert services.typing_of(other, draft, "content") is not None


def test_hand_in_does_not_mind_what_was_typed_where_nothing_can_be_written_now(people):
    accepted = RegistrationFactory(unit=people[0], accepted=True, result_summary="Xong")
    services.keep_typing(people[1], accepted, "content", {"aim": "không kịp"}, base_version=1)
    handed = services.hand_in(transitions.report, accepted, actor=people[1], steps=["results"])
    assert handed.state == "reported"


def test_discard_draft_takes_unsaved_typing_with_it(people):
    draft = RegistrationFactory(unit=people[0])
    services.keep_typing(people[1], draft, "content", {"aim": "a"}, base_version=1)
    services.discard_draft(draft, actor=people[1])
    assert not WorkingCopy.objects.exists()
