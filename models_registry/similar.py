"""Models whose titles resemble one that is being typed: without accents, across units and years.

Candidates come out of the index on the words of titles, strictly at first (all telling words), then with one word less,
then with any two; so the likest are found at once, and no question reads more than some hundred rows. They are then
compared as sets of words; the words of the movement itself ("khéo", "dân vận", "mô hình") stand in every title and tell
little.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from itertools import combinations

from django.contrib.postgres.search import SearchQuery
from django.db.models import Exists, OuterRef, Q

from mobilization.accounts.scopes import own_units
from mobilization.accounts.states import Role
from mobilization.core.search import folded_terms, folded_words
from models_registry.models import Registration, SkilledModel
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
        "xom",
        "ban",
        "to",
        "pho",
        "khu",
        "so",
        "xa",
        "phuong",
        "cong",
        "tac",
        "xay",
        "dung",
    ]
)
"""Folded words that stand in most titles, or in the name of most residential groups."""
MOST_WORDS = 8
CANDIDATES = 200
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
    known = Registration.objects.filter(
        Q(state__in=State.PUBLIC) | Q(unit__in=own_units(user, Role.OFFICIAL))
    )
    models = (
        SkilledModel.objects.alias(terms=folded_terms("title"))
        .filter(Exists(known.filter(model=OuterRef("pk"))))
        .exclude(pk=besides)
        .order_by("-pk")
    )
    shares: dict[int, float] = {}
    for query in _queries(words):
        for key, text in models.filter(terms=query).values_list("pk", "title")[:CANDIDATES]:
            shares[key] = likeness(words, folded_words(text))
        if sum(share >= LEAST for share in shares.values()) >= limit:
            break
    best = sorted((key for key in shares if shares[key] >= LEAST), key=lambda key: (-shares[key], -key))[
        :limit
    ]
    latest = known.filter(model__in=best).with_unit().order_by("model", "-year").distinct("model")
    found = [Similar(row, shares[row.model_id]) for row in latest]
    return sorted(found, key=lambda one: (-one.share, -one.registration.year, -one.registration.model_id))


def likeness(one: Collection[str], other: Collection[str]) -> float:
    """Return the share of the words that two titles have in common (Dice); words that are everywhere count little."""
    mine, theirs = set(one), set(other)
    whole = _weight(mine) + _weight(theirs)
    return 2 * _weight(mine & theirs) / whole if whole else 0.0


def _weight(words: Collection[str]) -> float:
    return sum(0.25 if tells_little(word) else 1.0 for word in words)


def tells_little(word: str) -> bool:
    """Tell whether two titles that share ``word`` need not be about the same: "Tổ dân phố số 7" is in every ward."""
    return word in EVERYWHERE or word.isdigit() or len(word) == 1


def _queries(words: list[str]) -> Iterator[SearchQuery]:
    """Yield the questions from the strictest to the loosest: all telling words, all but one, any two."""
    telling = [word for word in dict.fromkeys(words) if not tells_little(word)][:MOST_WORDS]
    for number in sorted({len(telling), max(2, len(telling) - 1), 2}, reverse=True):
        if 0 < number <= len(telling):
            groups = (" & ".join(group) for group in combinations(telling, number))
            text = " | ".join(f"({group})" for group in groups)
            yield SearchQuery(text, search_type="raw", config="simple")
