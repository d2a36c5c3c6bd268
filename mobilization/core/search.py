"""Search without accents, on any PostgreSQL: a generated vector over folded text, and the query for it."""

import re

from django.contrib.postgres.search import SearchQuery, SearchVectorField
from django.db.models import F, Func, GeneratedField, TextField, Value
from django.db.models.functions import Coalesce

from mobilization.core.text import fold

_WORD = re.compile(r"[a-z0-9]+")
MAX_WORDS = 12


class Fold(Func):
    """``portal_fold(text)``: see migration 0001 of this app."""

    function = "portal_fold"
    output_field = TextField()


class _WeightedVector(Func):
    # Everything but letters and digits becomes a blank, since the parser of PostgreSQL would otherwise see hosts,
    # paths and signed numbers in "12/QĐ-UBND" or "thôn 3.Đoài" and keep them as one word.
    template = (
        "setweight(to_tsvector('simple'::regconfig,"
        " regexp_replace(%(expressions)s, '[^a-z0-9]+', ' ', 'g')), '%(weight)s')"
    )
    output_field = SearchVectorField()


class _Joined(Func):
    template = "(%(expressions)s)"
    arg_joiner = " || "
    output_field = SearchVectorField()


def folded_vector(**weights: str) -> GeneratedField:
    """Return a generated column that holds the search vector of the named fields.

    Takes ``field="A"`` … ``"D"``: the weight of each text field in the ranking, A first.
    """
    parts = [
        _WeightedVector(Fold(Coalesce(F(name), Value(""), output_field=TextField())), weight=weight)
        for name, weight in weights.items()
    ]
    return GeneratedField(
        expression=_Joined(*parts) if len(parts) > 1 else parts[0],
        output_field=SearchVectorField(),
        db_persist=True,
        editable=False,
    )


def folded_terms(name: str) -> Func:
    """Return the folded words of one text field as a search vector: to be asked, and to make an index of."""
    return _WeightedVector(Fold(F(name)), weight="A")


def folded_words(text: str) -> list[str]:
    """Return the folded words of what somebody typed, at most ``MAX_WORDS`` of them."""
    return _WORD.findall(fold(text))[:MAX_WORDS]


def folded_query(text: str) -> SearchQuery | None:
    """Return the query that every word of ``text`` must begin a word of the record, or None if no word is in it.

    Safe for any input: only letters a–z and digits of the folded text reach the query.
    """
    words = folded_words(text)
    if not words:
        return None
    return SearchQuery(" & ".join(f"{word}:*" for word in words), search_type="raw", config="simple")
