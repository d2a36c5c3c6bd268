"""What waits for whom on the staff home."""

import datetime

import pytest
from django.utils import timezone
from django.utils.translation import gettext

from dialogues.states import OpinionStatus
from mobilization.accounts.states import Role
from mobilization.desk.work import own_work, sent_by
from mobilization.messaging.todos import waiting_for
from tests.accounts.factories import user_with
from tests.awards.factories import AwardFactory, DecisionFactory
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.models_registry.factories import RegistrationFactory, commune_people
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db


def titles(user) -> list[list[str]]:
    return [[item.title for item in group.items] for group in waiting_for(user)]


def test_nothing_waits_for_a_newcomer():
    assert waiting_for(user_with(Role.OFFICIAL, UnitFactory())) == []


def test_official_finds_returned_before_results_before_drafts():
    commune, official, _reviewer = commune_people()
    draft = RegistrationFactory(unit=commune)
    accepted = RegistrationFactory(accepted=True, unit=commune)
    returned = RegistrationFactory(returned=True, unit=commune)
    RegistrationFactory(submitted=True, unit=commune)
    RegistrationFactory(returned=True)
    assert titles(official) == [[returned.title], [accepted.title], [draft.title]]


def test_reviewer_finds_what_waits_longest_first():
    commune, _official, reviewer = commune_people()
    later = RegistrationFactory(submitted=True, unit=commune)
    earlier = RegistrationFactory(
        reported=True, unit=commune, state_since=timezone.now() - datetime.timedelta(days=3)
    )
    assert titles(reviewer) == [[earlier.title, later.title]]


def test_official_finds_open_opinions_the_next_due_first_and_dialogues_to_publish():
    commune, official, _reviewer = commune_people()
    held = DialogueFactory(held=True, unit=commune)
    charge = {"dialogue": held, "unit_in_charge": commune}
    OpinionFactory(**charge, matter="Không hạn")
    OpinionFactory(**charge, matter="Sắp hạn", due_on=datetime.date(2026, 4, 1))
    OpinionFactory(**charge, matter="Xong", status=OpinionStatus.OUTSIDE_COMPETENCE)
    assert titles(official) == [["Sắp hạn", "Không hạn"], [held.topic]]


def test_leader_finds_drafts_of_others_to_issue():
    leader = user_with(Role.CITY_LEADER, city())
    waiting = AwardFactory().decision
    DecisionFactory(drafted_by=leader)
    assert titles(leader) == [[waiting.title]]


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_nothing_waits_for_who_decides_nothing(role):
    RegistrationFactory(submitted=True)
    AwardFactory()
    assert waiting_for(user_with(role, city())) == []


def test_sent_shows_own_submissions_with_their_state():
    commune, official, _reviewer = commune_people()
    sent = RegistrationFactory(returned=True, unit=commune, by_official=official)
    RegistrationFactory(unit=commune, by_official=official)
    RegistrationFactory(submitted=True, unit=commune)
    assert [row.pk for row in sent_by(official)] == [row.pk for row in own_work(official)[1]] == [sent.pk]


def test_home_begins_with_own_drafts_the_last_changed_on_top(client):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune, returned=True)
    now = timezone.now()
    of_others = RegistrationFactory(unit=commune, changed_at=now)
    older, newer = (
        RegistrationFactory(
            unit=commune, by_official=official, changed_at=now - datetime.timedelta(days=days)
        )
        for days in (2, 1)
    )
    client.force_login(official)
    page = client.get("/desk/")
    first, second = page.context["groups"]
    assert [item.title for item in first.items] == [newer.title, older.title, of_others.title]
    assert [bool(item.act) for item in first.items] == [True, True, False]
    assert second.todo.code == "registration.complete"


def test_home_without_own_drafts_keeps_the_sequence(client):
    commune, official, _reviewer = commune_people()
    RegistrationFactory(unit=commune)
    RegistrationFactory(unit=commune, returned=True)
    client.force_login(official)
    codes = [group.todo.code for group in client.get("/desk/").context["groups"]]
    assert codes == ["registration.complete", "registration.submit"]


def test_home_says_to_which_unit_belongs_what_a_former_one_left(client):
    commune, official, _reviewer = commune_people()
    former = UnitFactory()
    succeed(former, commune, on=timezone.localdate() - datetime.timedelta(days=30))
    left = RegistrationFactory(unit=former, returned=True).title
    own = RegistrationFactory(unit=commune, returned=True).title
    opinion = OpinionFactory(dialogue=DialogueFactory(held=True, unit=former), unit_in_charge=commune)
    client.force_login(official)
    page = client.get("/desk/")
    items = {item.title: item for group in page.context["groups"] for item in group.items}
    assert {items[title].heir for title in (left, own, opinion.listed)} == {commune}
    # Two registrations, an opinion and its dialogue to be published: all but the own one say it.
    now = gettext("belongs to %(unit)s now") % {"unit": commune.full_name}
    assert page.content.decode().count(f"{former.full_name}, {now}") == 3


def test_home_queries_do_not_grow_with_rows(client, django_assert_max_num_queries):
    commune, official, _reviewer = commune_people()
    client.force_login(official)
    asked = []
    for number in (1, 2):
        RegistrationFactory.create_batch(number, returned=True, unit=commune)
        held = DialogueFactory(held=True, unit=commune)
        OpinionFactory.create_batch(number, dialogue=held, unit_in_charge=commune)
        with django_assert_max_num_queries(22) as captured:
            assert client.get("/desk/").status_code == 200
        asked.append(len(captured))
    assert asked[0] == asked[1]
