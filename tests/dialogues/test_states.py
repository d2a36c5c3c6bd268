import pytest

from dialogues import assigning
from dialogues.states import MOVES, OPINION_MOVES, Act, OpinionAct, OpinionStatus, State
from dialogues.transitions import charge, dialogue, opinion


def reachable(moves, start=""):
    found, new = set(), {start}
    while new:
        found |= new
        new = {target for sources, target in moves.values() if sources & found} - found
    return found - {""}


def test_moves_of_a_dialogue_reach_every_state():
    assert reachable(MOVES) == set(State.values)


def test_moves_of_an_opinion_reach_every_status():
    assert reachable(OPINION_MOVES) == set(OpinionStatus.values)


@pytest.mark.parametrize("act", Act)
def test_act_of_a_dialogue_has_its_function(act):
    assert callable(getattr(dialogue, act.value))


@pytest.mark.parametrize("act", OpinionAct)
def test_act_of_an_opinion_has_its_function(act):
    assert any(callable(getattr(room, act.value, None)) for room in (opinion, charge, assigning))


def test_moves_name_every_act_that_changes_the_state():
    assert set(MOVES) == set(Act) - {Act.EDIT}
    assert set(OPINION_MOVES) == set(OpinionAct) - {
        OpinionAct.EDIT,
        OpinionAct.ASSIGN,
        OpinionAct.PASS_ON,
        OpinionAct.ASK_REOPEN,
        OpinionAct.PUBLISH_TEXT,
        OpinionAct.WITHDRAW_TEXT,
    }
