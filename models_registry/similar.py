"""Models whose titles resemble one that is being typed: without accents, across units and years.

Candidates come out of the search index: titles that share at least two telling words. They are then compared as sets
of words; the words of the movement itself ("khéo", "dân vận", "mô hình") stand in every title and tell nothing.
"""

from collections.abc import Collection
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.search import SearchQuery, SearchRank
from django.db.models import F, Q

from mobilization.accounts.scopes import own_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_words
from models_registry.models import Registration
from models_registry.states import State

EVERYWHERE = frozenset(
    [
        "kheo",
        "trong",
        "va",
        "cua",
        "cac",
        "cho",
        "tai",
        "o",
        "dan",
        "van",
        "nhan",
        "dong",
        "mo",
        "hinh",
        "nam",
        "thon",
        "to",
        "xa",
        "phuong",
        "cong",
        "tac",
        "xay",
        "dung",
    ]
)
"""Folded words that stand in most titles."""
MOST_WORDS = 10
CANDIDATES = 200
"""A model may have been registered in many years under one title."""
SHOWN = 5
LEAST = 0.34
"""Share of common words under which two titles are not alike."""


@dataclass(frozen=True)
class Similar:
    """A registered model, and how much of the words both titles have in common, from 0 to 1."""

    registration: Registration
    share: float


def similar_models(title: str, user, *, besides: int | None = None, limit: int = SHOWN) -> list[Similar]:
    """Return the models whose titles are most like ``title``, the likest first, each in its latest year.

    Only what ``user`` may know of: what anybody may read, also when it has ended, and all of the own units. ``besides``
    is the model (by key) that is being written itself.
    """
    words = folded_words(title)
    query = _query(words)
    if query is None:
        return []
    known = Q(state__in=State.PUBLIC) | Q(unit__in=own_units(user, Role.OFFICIAL))
    found = (
        Registration.objects.filter(known, search=query)
        .exclude(model=besides)
        .with_unit()
        .annotate(rank=SearchRank(F("search"), query, weights=[0, 0, 0, 1]))
        .order_by("-rank", "-year", "-id")[:CANDIDATES]
    )
    best: dict[int, Similar] = {}
    for row in found:
        alike = Similar(row, likeness(words, folded_words(row.title)))
        kept = best.get(row.model_id)
        if alike.share >= LEAST and (kept is None or row.year > kept.registration.year):
            best[row.model_id] = alike
    return sorted(best.values(), key=lambda one: (-one.share, -one.registration.year, one.registration.pk))[
        :limit
    ]


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """Return the share of the words that two titles have in common (Dice); words that are everywhere count little."""
    mine, theirs = set(one), set(other)
    whole = _weight(mine) + _weight(theirs)
    return 2 * _weight(mine & theirs) / whole if whole else 0.0


def _weight(words: Collection[str]) -> float:
    return sum(0.25 if word in EVERYWHERE else 1.0 for word in words)


def _query(words: list[str]) -> SearchQuery | None:
    """Return the query for titles with at least two of the telling words, with the only one where there is but one."""
    telling = list(dict.fromkeys(word for word in words if word not in EVERYWHERE and len(word) > 1))
    telling = telling[:MOST_WORDS]
    if not telling:
        return None
    if len(telling) == 1:
        return SearchQuery(f"{telling[0]}:A", search_type="raw", config="simple")
    pairs = (f"({one}:A & {other}:A)" for one, other in combinations(telling, 2))
    return SearchQuery(" | ".join(pairs), search_type="raw", config="simple")
