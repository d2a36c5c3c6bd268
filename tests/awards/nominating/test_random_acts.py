"""Random acts by random people on nominations never leave the diagram; each leaves one step and one entry of the log."""

import contextlib

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from awards import services
from awards.models import Award, Decision, Nomination, NominationStep
from awards.nominating import drawing, judging, proposing
from awards.states import JUDGING, NOMINATION_MOVES, NominationAct, NominationState
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import DomainError
from tests.accounts.factories import UserFactory
from tests.awards.factories import NominationFactory, examination

ACTS = list(NominationAct)
HISTORIES = st.lists(
    st.tuples(st.sampled_from(ACTS), st.integers(0, 2), st.booleans()), min_size=1, max_size=14
)


def carry_out(act, row, actor, *, many):
    """Do ``act`` to ``row`` as a single one, or as one of many."""
    rows = [(row.pk, row.version)]
    reason = {"reason": "Cần xem lại"}
    if act == NominationAct.CHANGE:
        return proposing.change(row, {"achievement": "Khác"}, actor=actor, seen_version=row.version)
    if act == NominationAct.EXAMINE:
        return judging.examine(examination(), {row.pk: (9, 1)}, dict(rows), actor=actor)
    if act == NominationAct.DRAW:
        return drawing.draw(rows, actor=actor)
    if act == NominationAct.GIVE_BACK:
        decision = Decision.objects.filter(awards__nomination=row).first()
        return decision and services.discard(decision, actor=actor)
    single, several, words = {
        NominationAct.SUBMIT: (proposing.submit, proposing.submit_many, {}),
        NominationAct.WITHDRAW: (proposing.withdraw, proposing.withdraw_many, reason),
        NominationAct.RETURN: (judging.return_, judging.return_many, reason),
        NominationAct.APPROVE: (judging.approve, judging.approve_many, {"words": {}}),
        NominationAct.DECLINE: (judging.decline, judging.decline_many, reason),
    }[act]
    return several(rows, actor=actor, **words) if many else single(row, actor=actor, **words)


class RandomActs(TestCase):
    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(history=HISTORIES)
    def test_random_acts_follow_the_diagram_and_leave_one_step_each(self, history):
        people = [UserFactory() for _one in range(3)]
        row = NominationFactory(typed_by=people[0])
        for act, who, many in history:
            if act == NominationAct.PROPOSE:
                continue
            before = Nomination.objects.get(pk=row.pk)
            steps = NominationStep.objects.filter(nomination=row).count()
            with contextlib.suppress(DomainError):
                carry_out(act, before, people[who], many=many)
            after = Nomination.objects.get(pk=row.pk)
            new = list(NominationStep.objects.filter(nomination=row)[steps:])
            if after.version == before.version:
                assert (after.state, new) == (before.state, [])
                continue
            (step,) = new
            assert after.state == NOMINATION_MOVES[step.act][before.state]
            assert (step.act, step.from_state, step.to_state) == (act, before.state, after.state)
            assert not (act in JUDGING and people[who].pk in (before.typed_by_id, before.submitted_by_id))
        logged = AuditEntry.objects.filter(target_model="awards.nomination", target_id=str(row.pk))
        assert logged.count() == NominationStep.objects.filter(nomination=row).count()
        assert Award.objects.count() == Nomination.objects.filter(state=NominationState.IN_DECISION).count()
