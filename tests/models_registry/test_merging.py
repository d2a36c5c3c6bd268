"""Two texts over one: nothing of either is lost."""

from hypothesis import given
from hypothesis import strategies as st

from models_registry.merging import merge

WORDS = st.sampled_from(["", "đất", "Đường thôn", "1250", "hiến đất", "x"])
NAMES = ("title", "aim", "method", "households")
TEXTS = st.fixed_dictionaries(dict.fromkeys(NAMES, WORDS))


def test_merge_fields_of_one_are_taken_and_fields_of_both_are_left_to_people():
    base = {"title": "a", "aim": "b", "method": "c", "households": "1"}
    mine = base | {"title": "mine", "method": "mine"}
    theirs = base | {"aim": "theirs", "method": "theirs"}
    merged = merge(base, mine, theirs)
    assert merged.texts == {"title": "mine", "aim": "theirs", "method": "mine", "households": "1"}
    assert merged.taken == ["aim"]
    assert [(clash.name, clash.base, clash.mine, clash.theirs) for clash in merged.clashes] == [
        ("method", "c", "mine", "theirs")
    ]


def test_merge_blanks_and_line_breaks_are_no_change():
    merged = merge({"aim": "a\r\nb"}, {"aim": "a\nb  "}, {"aim": "khác"})
    assert (merged.texts, merged.taken, merged.clashes) == ({"aim": "khác"}, ["aim"], [])


def test_merge_numbers_are_compared_by_what_they_mean():
    def read(_name, text):
        return int(text.replace(".", ""))

    merged = merge({"households": "1250"}, {"households": "1.250"}, {"households": "1300"}, read=read)
    assert merged.texts == {"households": "1300"}
    assert merged.clashes == []


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_merge_loses_nothing_that_anybody_wrote(base, mine, theirs):
    merged = merge(base, mine, theirs)
    clashes = {clash.name for clash in merged.clashes}
    for name in NAMES:
        # Whoever changed a field finds the change in the form, or the choice beside it.
        if mine[name] != base[name]:
            assert merged.texts[name] == mine[name]
        if theirs[name] != base[name]:
            assert theirs[name] == merged.texts[name] or name in clashes
        if name in clashes:
            assert len({base[name], mine[name], theirs[name]}) == 3
        else:
            assert merged.texts[name] in {mine[name], theirs[name]}
    assert not clashes & set(merged.taken)


@given(base=TEXTS, mine=TEXTS, theirs=TEXTS)
def test_merge_is_the_same_from_either_side_where_nothing_clashes(base, mine, theirs):
    here, there = merge(base, mine, theirs), merge(base, theirs, mine)
    assert {clash.name for clash in here.clashes} == {clash.name for clash in there.clashes}
    clashes = {clash.name for clash in here.clashes}
    assert {name: here.texts[name] for name in NAMES if name not in clashes} == {
        name: there.texts[name] for name in NAMES if name not in clashes
    }


@given(base=TEXTS, mine=TEXTS)
def test_merge_with_what_nobody_else_changed_is_mine(base, mine):
    merged = merge(base, mine, base)
    assert (merged.texts, merged.taken, merged.clashes) == (mine, [], [])
