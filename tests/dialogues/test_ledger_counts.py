"""What statistics count of opinions is what the ledger shows, whatever happened to them, re-openings included."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from dialogues.models import Dialogue, Opinion
from dialogues.states import OpinionAct, OpinionStatus
from dialogues.transitions import charge
from dialogues.transitions import opinion as acts
from mobilization.accounts.states import Role
from mobilization.core.errors import DomainError
from mobilization.statistics import services
from mobilization.statistics.readers import numbers_of
from tests.accounts.factories import user_with
from tests.dialogues.factories import DialogueFactory
from tests.units.factories import UnitFactory, city

DAY = datetime.timedelta(days=1)
MEASURED = {
    "opinions_received": None,
    "opinions_answered_on_spot": OpinionStatus.ANSWERED_ON_SPOT,
    "opinions_resolved": OpinionStatus.RESOLVED,
    "opinions_in_progress": OpinionStatus.IN_PROGRESS,
    "opinions_outside_competence": OpinionStatus.OUTSIDE_COMPETENCE,
}
ACTS = {
    OpinionAct.ANSWER_ON_SPOT: lambda one, who, _unit: acts.answer_on_spot(one, actor=who),
    OpinionAct.TAKE_UP: lambda one, who, _unit: acts.take_up(one, actor=who),
    OpinionAct.ANSWER: lambda one, who, _unit: acts.answer(one, actor=who, answer="Đã xem"),
    OpinionAct.RESOLVE: lambda one, who, _unit: acts.resolve(one, actor=who, answer="Đã xong"),
    OpinionAct.REFER_OUTSIDE: lambda one, who, _unit: acts.refer_outside(one, actor=who, reason="Thành phố"),
    OpinionAct.NOT_ACCEPT: lambda one, who, _unit: acts.not_accept(one, actor=who, reason="Trái luật"),
    OpinionAct.PASS_ON: lambda one, who, unit: charge.pass_on(one, actor=who, unit=unit, words="Đúng việc"),
    OpinionAct.ASK_REOPEN: lambda one, who, _unit: charge.ask_reopen(one, actor=who, reason="Chưa xong"),
    OpinionAct.REOPEN: lambda one, who, _unit: acts.reopen(one, actor=who, reason="Lại hỏng"),
}
HISTORIES = st.lists(
    st.tuples(st.sampled_from([None, -1, 0, 5]), st.lists(st.sampled_from(list(ACTS)), max_size=6)),
    min_size=1,
    max_size=5,
)


@pytest.mark.slow
class Counts(TestCase):
    @settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck))
    @given(histories=HISTORIES)
    def test_statistics_of_opinions_random_histories_equal_the_ledger(self, histories):
        top, ward, other = city(), UnitFactory(), UnitFactory()
        official, today = user_with(Role.OFFICIAL, ward), timezone.localdate()
        dialogue = DialogueFactory(unit=ward, held=True, held_on=today - 2 * DAY)
        DialogueFactory(unit=ward, summary=True, held_on=today - 2 * DAY)
        for due, history in histories:
            due_on = None if due is None else today + due * DAY
            one = acts.receive(
                Opinion(dialogue=dialogue, field="land", matter="Đất", text="Hỏi", due_on=due_on),
                actor=official,
            )
            for act in history:
                one = _try(ACTS[act], one, official, other)
            assert one.reopened == one.steps.filter(act=OpinionAct.REOPEN).count()
        year = dialogue.held_on.year
        services.rebuild_year(year, city=top)
        counted = numbers_of(ward, [year], "as_filed", "own")[year]
        ledger = Opinion.objects.of_year(year).of_counted_dialogues()
        summary = {"opinions_received": 12, "opinions_answered_on_spot": 9, "opinions_resolved": 2}
        summary |= {"opinions_in_progress": 1}
        for code, status in MEASURED.items():
            shown = ledger if status is None else ledger.with_status(status)
            assert counted[code].total == shown.count() + summary.get(code, 0), code
        assert counted["opinions_overdue"].total == ledger.overdue().count()
        figures = Dialogue.objects.with_opinion_figures().get(pk=dialogue.pk)
        assert (figures.received, figures.overdue) == (ledger.count(), ledger.overdue().count())
        assert figures.resolved == ledger.with_status(OpinionStatus.RESOLVED).count()
        assert sum(row["total"] for row in ledger.by_unit_and_age()) == figures.overdue


def _try(act, opinion, who, unit):
    try:
        return act(opinion, who, unit)
    except DomainError:
        return Opinion.objects.select_related("dialogue__unit").get(pk=opinion.pk)
