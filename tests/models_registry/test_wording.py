import pytest
from hypothesis import given
from hypothesis import strategies as st

from models_registry import wording


def marked(parts):
    return [part.text.strip() for part in parts if part.is_changed]


@pytest.mark.parametrize(
    ("old", "new", "gone", "come"),
    [
        ("Mở rộng đường thôn", "Mở rộng đường liên thôn", [], ["liên"]),
        ("Hiến 20 m đất", "Hiến 350 m đất", ["20"], ["350"]),
        ("", "Mới viết", [], ["Mới viết"]),
        ("Bỏ hết", "", ["Bỏ hết"], []),
        ("Như cũ", "Như cũ", [], []),
        ("Ba buổi\nHọp", "Ba buổi Họp", [], []),
    ],
)
def test_compare_marks_the_words_that_differ(old, new, gone, come):
    before, after = wording.compare(old, new)
    assert (marked(before), marked(after)) == (gone, come)


@given(st.text(alphabet="ab \n", max_size=60), st.text(alphabet="ab \n", max_size=60))
def test_compare_joined_pieces_are_the_texts(old, new):
    before, after = wording.compare(old, new)
    assert ("".join(p.text for p in before), "".join(p.text for p in after)) == (old, new)


def test_compare_very_long_texts_are_compared_line_by_line():
    old = "\n".join(["một hai ba"] * 1_000)
    before, after = wording.compare(old, old + "\nbốn năm")
    assert marked(after)[-1].endswith("bốn năm")
    assert sum(part.is_changed for part in before) <= 1
