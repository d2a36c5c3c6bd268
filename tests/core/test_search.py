import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mobilization.core.search import folded_query, folded_words
from mobilization.core.text import fold

# Text as PostgreSQL can hold it; Vietnamese letters of either form, marks alone, and anything else.
STORABLE = st.text(
    st.characters(exclude_characters="\x00", exclude_categories=["Cs"]) | st.sampled_from("ĐđÐðếẾ\u0301")
)


def in_database(text: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT portal_fold(%s)", [text])
        return cursor.fetchone()[0]


class FoldAgrees(TestCase):
    @given(STORABLE)
    def test_fold_in_python_and_in_the_database_give_the_same(self, text):
        # Python and PostgreSQL may know different editions of Unicode; what both can decompose must agree.
        assert fold(in_database(text)) == fold(text)


@pytest.mark.django_db
@pytest.mark.parametrize("text", ["Hiến đất mở đường", "Hoà Bình", "Ðường", "12/QĐ-UBND", "TRƯỜNG SA"])
def test_fold_vietnamese_text_is_the_same_in_the_database(text):
    assert in_database(text) == fold(text)


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["!!!", "   ", "", "&|:*", "'", "\x00"])
def test_folded_query_without_a_word_is_none(typed):
    assert folded_query(typed) is None


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("text", "typed", "found"),
    [
        ("Khéo vận động hiến đất mở đường", "hien dat", True),
        ("Khéo vận động hiến đất mở đường", "HIẾN đường", True),
        ("Khéo vận động hiến đất mở đường", "hien nha", False),
        ("Quyết định 12/QĐ-UBND", "12 qd", True),
        ("xã hội hóa-văn hóa", "van hoa", True),
        ("thôn 3.Đoài", "doai", True),
    ],
)
def test_folded_query_words_begin_words(text, typed, found):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT to_tsvector('simple', regexp_replace(portal_fold(%s), '[^a-z0-9]+', ' ', 'g'))"
            " @@ to_tsquery('simple', %s)",
            [text, " & ".join(f"{word}:*" for word in folded_words(typed))],
        )
        assert cursor.fetchone()[0] is found
