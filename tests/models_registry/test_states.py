"""The table of moves is whole: every state is reached, every move is an act and every act a move."""

import inspect

import pytest

from models_registry import transitions
from models_registry.states import INITIAL, MOVES, Act, Level, State

FUNCTION_OF = {act: {"return": "return_"}.get(act.value, act.value) for act in Act}


def test_moves_every_state_is_reachable():
    reached = {INITIAL}
    while True:
        further = {move.target for move in MOVES.values() if move.target and move.sources & reached}
        if further <= reached:
            break
        reached |= further

    assert reached == set(State)


def test_moves_every_act_has_one_line():
    assert set(MOVES) == set(Act)


def test_moves_every_line_is_a_public_function_and_the_other_way_round():
    public = {
        name
        for name, function in inspect.getmembers(transitions, inspect.isfunction)
        if function.__module__ == transitions.__name__ and not name.startswith("_")
    }

    assert public == set(FUNCTION_OF.values())


@pytest.mark.parametrize("act", list(Act))
def test_moves_every_function_takes_actor_and_seen_version_by_name(act):
    parameters = inspect.signature(getattr(transitions, FUNCTION_OF[act])).parameters

    for name in ("actor", "seen_version"):
        assert parameters[name].kind is inspect.Parameter.KEYWORD_ONLY


def test_moves_every_permission_has_a_rule():
    import rules  # noqa: PLC0415 -- asked of the library itself

    assert [move.perm for move in MOVES.values() if not rules.perm_exists(move.perm)] == []


def test_state_groups_fit_each_other():
    assert State.REPORTED_ON < State.ACCEPTED_ON < State.REGISTERED
    assert State.PUBLIC == State.ACCEPTED_ON
    assert {State.DRAFT, *State.REGISTERED, State.WITHDRAWN, State.DECLINED} == set(State)
    assert State.OPEN.isdisjoint(State.DECIDED)
    assert set(State) == State.OPEN | State.DECIDED


def test_levels_rise():
    assert [level.rank for level in (Level.GRASSROOTS, Level.INTERMEDIATE, Level.CITY)] == [0, 1, 2]
    assert Level.CITY.is_above(Level.GRASSROOTS)
    assert not Level.CITY.is_above(Level.CITY)
