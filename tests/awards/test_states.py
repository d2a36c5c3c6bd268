from awards.states import DECIDED, MOVES, Act, DecisionState


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
