from awards.states import (
    CLOSED,
    DECIDED,
    IN_HAND,
    JUDGING,
    MOVES,
    NOMINATION_MOVES,
    Act,
    DecisionState,
    NominationAct,
    NominationState,
)


def test_moves_every_act_has_its_line():
    assert set(MOVES) == set(Act)


def test_moves_every_state_is_reached():
    assert {after for moves in MOVES.values() for after in moves.values()} == set(DecisionState)


def test_moves_nothing_leads_back_to_a_draft():
    back = [act for act, moves in MOVES.items() if "draft" in moves.values()]

    assert back == [Act.DRAFT]


def test_moves_revoked_is_final():
    assert [act for act, moves in MOVES.items() if DecisionState.REVOKED in moves] == []
    assert DecisionState.DRAFT not in DECIDED


def test_nomination_moves_every_act_has_its_line_and_every_state_is_reached():
    assert set(NOMINATION_MOVES) == set(NominationAct)
    reached = {after for moves in NOMINATION_MOVES.values() for after in moves.values()}
    assert reached == set(NominationState)


def test_nomination_moves_declined_and_withdrawn_are_final():
    left = [act for act, moves in NOMINATION_MOVES.items() if set(moves) & set(CLOSED)]

    assert left == []


def test_nomination_moves_judging_never_starts_in_preparation():
    assert not any(set(NOMINATION_MOVES[act]) & set(IN_HAND) for act in JUDGING)
