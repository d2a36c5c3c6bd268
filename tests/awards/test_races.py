"""Two at the same moment: real threads on real connections."""

import threading

import pytest
from django.db import connection

from awards.models import Award, Decision
from awards.nominating.drawing import draw
from awards.transitions import issue, revoke
from tests.accounts.factories import user_with
from tests.awards.factories import SIGNED, AwardFactory, DecisionFactory, approved, issue_past, issued
from tests.units.factories import city

pytestmark = pytest.mark.django_db(transaction=True)


def together(*acts):
    """Run ``acts`` at the same moment and return what each answered: None, its refusal, or an error of ours."""
    gate, answers = threading.Barrier(len(acts)), [None] * len(acts)

    def run(place, act):
        try:
            gate.wait(10)
            act()
        except Exception as refusal:  # noqa: BLE001 -- no error of a thread is lost
            answers[place] = refusal
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return answers


def test_issue_two_leaders_at_once_one_wins_the_other_reads_what_happened():
    leaders = [user_with("city_leader", city()) for _ in range(2)]
    decision = AwardFactory().decision

    answers = together(
        *(lambda leader=leader: issue_past(Decision(pk=decision.pk), actor=leader) for leader in leaders)
    )

    refused = [answer for answer in answers if answer]
    assert len(refused) == 1
    assert refused[0].code == "conflict"
    assert Decision.objects.get(pk=decision.pk).steps.count() == 1
    assert Award.objects.get().golden_book_number == 1


def test_issue_many_decisions_at_once_numbers_without_gap():
    leader = user_with("city_leader", city())
    decisions = [DecisionFactory() for _ in range(4)]
    for decision in decisions:
        AwardFactory.create_batch(3, decision=decision)

    answers = together(
        *(lambda pk=decision.pk: issue_past(Decision(pk=pk), actor=leader) for decision in decisions)
    )

    assert answers == [None] * 4
    numbers = sorted(Award.objects.values_list("golden_book_number", flat=True))
    assert numbers == list(range(1, 13))


def test_issue_two_decisions_under_one_number_at_once_one_wins():
    leader = user_with("city_leader", city())
    decisions = [AwardFactory(decision__number="5/QĐ").decision for _ in range(2)]

    answers = together(
        *(lambda pk=decision.pk: issue_past(Decision(pk=pk), actor=leader) for decision in decisions)
    )

    assert sorted(bool(answer) for answer in answers) == [False, True]
    assert Decision.objects.issued().count() == 1


def test_revoke_two_at_once_one_wins():
    leader = user_with("city_leader", city())
    decision = issued(2)

    answers = together(
        *(
            lambda number=number: revoke(
                Decision(pk=decision.pk), actor=leader, number=number, signed_on=SIGNED, reason="Sai"
            )
            for number in ("98/QĐ", "99/QĐ")
        )
    )

    assert sorted(bool(answer) for answer in answers) == [False, True]
    assert Decision.objects.filter(amends=decision).count() == 1


def test_drawn_while_issued_is_either_numbered_or_refused():
    leader, staff = user_with("city_leader", city()), user_with("city_staff", city())
    decision = AwardFactory(nominated=True).decision
    (late,) = approved(judge=staff)

    drawn, _issued = together(
        lambda: draw([(late.pk, late.version)], actor=staff, into=decision),
        lambda: issue(Decision(pk=decision.pk), actor=leader),
    )

    awards = Award.objects.filter(decision=decision)
    assert awards.count() == (1 if drawn else 2)
    assert awards.filter(golden_book_number=None).count() == 0
