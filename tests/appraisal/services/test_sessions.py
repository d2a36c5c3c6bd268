"""Sessions of the council: agenda, quorum, votes, and closing as a whole or not at all."""

import threading

import pytest
from django.db import connection

from mobilization.accounts.states import Role
from mobilization.appraisal import services
from mobilization.appraisal.council import table
from mobilization.appraisal.models import AgendaItem, CouncilSession
from mobilization.appraisal.services.sessions import agenda_candidates
from mobilization.appraisal.states import Part, SessionState, Verdict
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from mobilization.publication.models import PendingDecision
from models_registry.models import Registration
from models_registry.states import Level, State
from tests.accounts.factories import user_with
from tests.appraisal.factories import AgendaItemFactory, CouncilSessionFactory, SessionMemberFactory, sitting
from tests.models_registry.factories import (
    DeclarationFactory,
    ProposalFactory,
    RegistrationFactory,
    load_deciding_tiers,
)
from tests.publication.factories import PendingDecisionFactory
from tests.units.factories import city


def yes(item, actor, votes=3, **more):
    given = {"votes_for": votes, "votes_against": 0, "abstained": 0, "verdict": Verdict.RECOGNISE} | more
    return services.vote(item, actor=actor, **given)


@pytest.mark.django_db
class TestAgenda:
    def test_candidates_wait_to_be_recognised_there_and_nowhere_else(self):
        session, _chair = sitting(items=0, held=False)
        here = {"unit": session.unit}
        wanted = RegistrationFactory(reported=True, **here)
        RegistrationFactory(submitted=True, **here)
        RegistrationFactory(reported=True, level=Level.CITY, **here)
        RegistrationFactory(reported=True)
        PendingDecisionFactory(registration=RegistrationFactory(reported=True, **here))
        AgendaItemFactory(session=CouncilSessionFactory(unit=session.unit))

        assert list(agenda_candidates(session)) == [wanted]

    def test_candidates_of_the_city_are_what_was_proposed_too(self):
        session = CouncilSessionFactory(unit=city(), level=Level.CITY)
        proposed = ProposalFactory(level=Level.CITY).registration

        assert list(agenda_candidates(session)) == [proposed]

    def test_add_leaves_out_what_is_no_candidate_and_keeps_count(self):
        session, chair = sitting(items=1)
        fits = RegistrationFactory(unit=session.unit, reported=True)
        other = RegistrationFactory(reported=True)

        assert services.add_to_agenda(session, [fits.pk, other.pk], actor=chair) == 1
        assert services.add_to_agenda(session, [fits.pk], actor=chair) == 0
        assert session.items.filter(registration=fits).get().seen_version == fits.version

    def test_remove_numbers_the_rest_anew(self):
        session, chair = sitting(items=3)
        services.remove_from_agenda(session.items.in_order()[0], actor=chair)

        assert list(session.items.in_order().values_list("position", flat=True)) == [1, 2]


@pytest.mark.django_db
class TestHolding:
    def test_hold_without_quorum_is_refused(self):
        session, chair = sitting(held=False, quorum=4)

        with pytest.raises(DomainError) as refused:
            services.hold(session, actor=chair)

        assert refused.value.code == "quorum"

    def test_hold_without_a_chair_who_is_present_is_refused(self):
        session, chair = sitting(held=False)
        session.members.filter(part=Part.CHAIR).update(present=False)
        SessionMemberFactory(session=session)

        with pytest.raises(DomainError) as refused:
            services.hold(session, actor=chair)

        assert refused.value.code == "chair"

    def test_hold_begins_once(self):
        session, chair = sitting(held=False)

        assert services.hold(session, actor=chair).state == SessionState.HELD
        with pytest.raises(Conflict):
            services.hold(session, actor=chair)

    def test_members_named_twice_or_two_chairs_are_refused(self):
        session, chair = sitting()
        seat = {"user": chair, "name": "", "part": Part.CHAIR, "votes": True, "present": True}

        with pytest.raises(DomainError):
            services.set_members(session, [seat, seat | {"part": Part.MEMBER}], actor=chair)
        with pytest.raises(DomainError):
            services.set_members(session, [seat, seat | {"user": None, "name": "B"}], actor=chair)

        services.set_members(session, [seat], actor=chair)
        assert session.members.get().name == chair.full_name


@pytest.mark.django_db
class TestVoting:
    def test_vote_needs_more_than_half_for_a_recognition(self):
        session, chair = sitting()
        item = session.items.first()

        with pytest.raises(DomainError) as refused:
            yes(item, chair, votes=1, votes_against=0, abstained=2)
        assert set(refused.value.fields) == {"verdict"}
        assert yes(item, chair, votes=2, votes_against=1).verdict == Verdict.RECOGNISE

    def test_vote_more_than_there_are_is_refused(self):
        session, chair = sitting()

        with pytest.raises(DomainError):
            yes(session.items.first(), chair, votes=4)

    def test_vote_against_needs_a_reason(self):
        session, chair = sitting()
        item = session.items.first()
        no = {"votes_for": 0, "votes_against": 3, "abstained": 0, "verdict": Verdict.REFUSE, "actor": chair}

        with pytest.raises(DomainError):
            services.vote(item, **no)
        assert services.vote(item, **no, reason="Chưa có sản phẩm").reason

    def test_vote_does_not_count_whoever_must_not_decide(self):
        session, chair = sitting(quorum=2)
        item, other = session.items.in_order()
        DeclarationFactory(registration=item.registration, reviewer=chair, is_related=True)
        both = table(session, [item, other])

        assert (both.entitled(item), both.entitled(other)) == (2, 3)
        assert chair.full_name in both.words_of(item)[0]
        with pytest.raises(DomainError):
            yes(item, chair, votes=3)
        assert yes(item, chair, votes=2)

    def test_vote_before_the_session_has_begun_is_refused(self):
        session, chair = sitting(held=False)

        with pytest.raises(Conflict):
            yes(session.items.first(), chair)

    def test_vote_rest_leaves_what_was_voted(self):
        session, chair = sitting(items=3)
        first = yes(session.items.in_order()[0], chair, votes=2, votes_against=1)

        assert services.vote_rest(session, actor=chair) == 2
        assert session.items.get(pk=first.pk).votes_for == 2
        assert not session.items.undecided().exists()

    def test_table_asks_as_much_for_three_items_as_for_one(self, django_assert_num_queries):
        session, _chair = sitting(items=3)
        items = list(session.items.in_order())
        with django_assert_num_queries(9):
            table(session, items[:1])
        with django_assert_num_queries(9):
            table(session, items)


@pytest.mark.django_db
class TestClosing:
    def test_close_enters_each_conclusion_under_the_minutes(self):
        session, chair = sitting(items=2)
        first, second = session.items.in_order()
        yes(first, chair, exemplary=True)
        no = {"votes_for": 0, "votes_against": 3, "abstained": 0, "verdict": Verdict.REFUSE}
        services.vote(second, actor=chair, reason="Chưa có sản phẩm", **no)

        closed = services.close(session, minutes_number="12/BB-HĐ", actor=chair)

        assert closed.is_closed
        entered = PendingDecision.objects.order_by("registration")
        assert {one.act for one in entered} == {"recognise", "refuse"}
        assert all("12/BB-HĐ" in one.source for one in entered)
        assert entered.get(registration=first.registration).exemplary
        assert set(Registration.objects.values_list("state", flat=True)) == {State.REPORTED}
        assert AuditEntry.objects.filter(act="session.close").count() == 1

    def test_close_with_something_undecided_changes_nothing(self):
        session, chair = sitting(items=2)
        yes(session.items.first(), chair)

        with pytest.raises(Conflict) as refused:
            services.close(session, minutes_number="12/BB-HĐ", actor=chair)

        assert refused.value.code == "items"
        assert not PendingDecision.objects.exists()
        assert CouncilSession.objects.get().state == SessionState.HELD

    def test_close_with_something_changed_since_changes_nothing(self):
        session, chair = sitting(items=2)
        services.vote_rest(session, actor=chair)
        Registration.objects.filter(pk=session.items.last().registration_id).update(version=99)

        with pytest.raises(Conflict):
            services.close(session, minutes_number="12/BB-HĐ", actor=chair)

        assert not PendingDecision.objects.exists()

    def test_close_by_whoever_must_not_decide_on_one_is_refused(self):
        session, chair = sitting(items=2, quorum=2)
        DeclarationFactory(registration=session.items.first().registration, reviewer=chair, is_related=True)
        services.vote_rest(session, actor=chair)
        with pytest.raises(Conflict):
            services.close(session, minutes_number="12/BB-HĐ", actor=chair)

        other = user_with(Role.REVIEWER, session.unit)
        services.close(session, minutes_number="12/BB-HĐ", actor=other)

        kept_out = [item.kept_out for item in session.items.in_order()]
        assert [len(names) for names in kept_out] == [1, 0]
        assert chair.full_name in kept_out[0][0]

    def test_close_counts_the_quorum_again(self):
        session, chair = sitting()
        services.vote_rest(session, actor=chair)
        session.members.filter(part=Part.MEMBER).update(present=False)

        with pytest.raises(DomainError) as refused:
            services.close(session, minutes_number="12/BB-HĐ", actor=chair)

        assert refused.value.code == "quorum"

    def test_close_without_a_number_is_refused(self):
        session, chair = sitting()

        with pytest.raises(DomainError) as refused:
            services.close(session, minutes_number=" ", actor=chair)

        assert set(refused.value.fields) == {"minutes_number"}

    def test_closed_session_does_not_change(self):
        session, chair = sitting()
        services.vote_rest(session, actor=chair)
        services.close(session, minutes_number="12/BB-HĐ", actor=chair)

        with pytest.raises(Conflict):
            services.change_session(session, title="Khác", actor=chair)
        with pytest.raises(Conflict):
            services.remove_from_agenda(session.items.first(), actor=chair)
        with pytest.raises(Conflict):
            services.set_members(session, [], actor=chair)

    def test_close_decides_on_what_was_proposed(self):
        session, staff = sitting(unit=city(), items=0, level=Level.CITY)
        proposed = ProposalFactory(level=Level.CITY).registration
        services.add_to_agenda(session, [proposed.pk], actor=staff)
        services.vote_rest(session, actor=staff)

        services.close(session, minutes_number="1/BB", actor=staff)

        assert PendingDecision.objects.get().act == "accept_proposal"


def at_once(act, *given):
    """Return what ``act`` answered for each of ``given``, or the code of the refusal, all begun at the same time."""
    start, outcomes = threading.Barrier(len(given)), []

    def run(one):
        start.wait()
        try:
            outcomes.append(act(one))
        except Conflict as refusal:
            outcomes.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(one,)) for one in given]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_add_by_two_sessions_at_once_calls_each_registration_once():
    load_deciding_tiers()
    one, chair = sitting(items=0, held=False)
    other = CouncilSessionFactory(unit=one.unit)
    rows = [RegistrationFactory(unit=one.unit, reported=True).pk for _ in range(20)]

    added = at_once(lambda session: services.add_to_agenda(session, rows, actor=chair), one, other)

    assert sorted(added) == [0, 20]
    assert AgendaItem.objects.count() == 20


@pytest.mark.django_db(transaction=True)
def test_close_by_two_at_once_is_done_once():
    load_deciding_tiers()
    session, chair = sitting(items=3)
    services.vote_rest(session, actor=chair)
    people = [chair, user_with(Role.REVIEWER, session.unit)]

    def close(who):
        services.close(session, minutes_number="12/BB-HĐ", actor=who)
        return "won"

    assert sorted(at_once(close, *people)) == ["closed", "won"]
    assert PendingDecision.objects.count() == 3
    assert AuditEntry.objects.filter(act="session.close").count() == 1
    assert AgendaItem.objects.count() == 3
