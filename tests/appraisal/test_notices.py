"""What waits for those who sit in a session: it comes and goes with the work itself."""

import pytest

from mobilization.appraisal import services
from mobilization.appraisal.models import CouncilSession
from mobilization.appraisal.states import Part, SessionState, Verdict
from mobilization.messaging import todos
from models_registry.models import Registration
from tests.appraisal.factories import CriterionFactory, sitting
from tests.models_registry.factories import DeclarationFactory, load_deciding_tiers

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def tiers():
    load_deciding_tiers()


def waiting(user, code):
    found = {one.todo.code: one.items for one in todos.waiting_for(user)}
    return [item.url for item in found.get(code, [])]


def appraise(item, appraiser):
    registration = Registration.objects.get(pk=item.registration_id)
    services.save_sheet(registration, appraiser=appraiser, scores={}, comment="Tốt", hand_in=True)


def conclude(session, chair):
    for item in session.items.all():
        given = {"votes_for": 3, "votes_against": 0, "abstained": 0, "verdict": Verdict.RECOGNISE}
        services.vote(item, actor=chair, **given)


def test_sheet_waits_for_a_member_until_it_is_handed_in_and_again_once_the_registration_has_changed():
    session, chair = sitting(items=2, held=False)
    first, second = session.items.order_by("position")
    criterion = CriterionFactory(campaign=first.registration.campaign, level="city")
    assert waiting(chair, "session.sheet") == []
    criterion.level = "grassroots"
    criterion.weight = None
    criterion.save()
    assert len(waiting(chair, "session.sheet")) == 2
    scores = {criterion.pk: services.sheets.Entered(fulfilled=True)}
    services.save_sheet(first.registration, appraiser=chair, scores=scores, hand_in=True)
    assert waiting(chair, "session.sheet") == [
        f"/desk/appraisal/registrations/{second.registration_id}/sheet/"
    ]
    Registration.objects.filter(pk=first.registration_id).update(version=99)
    assert len(waiting(chair, "session.sheet")) == 2


def test_sheet_does_not_wait_for_whoever_must_not_decide_nor_for_the_public_of_the_session():
    session, chair = sitting(items=1, held=False)
    item = session.items.get()
    CriterionFactory(campaign=item.registration.campaign)
    assert len(waiting(chair, "session.sheet")) == 1
    declaration = DeclarationFactory(registration=item.registration, reviewer=chair, is_related=True)
    assert waiting(chair, "session.sheet") == []
    declaration.delete()
    session.members.filter(user=chair).update(votes=False)
    assert waiting(chair, "session.sheet") == []


def test_votes_then_closing_wait_for_the_chair_until_the_session_is_closed():
    session, chair = sitting(items=2, held=False)
    address = session.get_absolute_url()
    assert waiting(chair, "session.vote") == []
    CouncilSession.objects.update(state=SessionState.HELD)
    assert (waiting(chair, "session.vote"), waiting(chair, "session.close")) == ([address], [])
    conclude(session, chair)
    assert (waiting(chair, "session.vote"), waiting(chair, "session.close")) == ([], [address])
    session.refresh_from_db()
    services.close(session, actor=chair, minutes_number="12/BB-HĐ")
    assert (waiting(chair, "session.vote"), waiting(chair, "session.close")) == ([], [])


def test_votes_wait_for_chair_and_secretary_only():
    session, chair = sitting(items=1)
    session.members.filter(user=chair).update(part=Part.MEMBER)
    assert waiting(chair, "session.vote") == []


def test_each_kind_is_asked_in_as_many_statements_for_many_sessions(django_assert_max_num_queries):
    for _number in range(2):
        session, chair = sitting(items=3)
        CriterionFactory(campaign=session.items.first().registration.campaign)
        assert chair.has_perm("appraisal.change_session")
        for code in ("session.sheet", "session.vote", "session.close"):
            [todo] = [one for one in todos.all_todos() if one.code == code]
            with django_assert_max_num_queries(2):
                todo.items(chair)
