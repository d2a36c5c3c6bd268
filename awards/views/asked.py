"""Numbers out of an address or a form, as people and robots send them: what is no id of a row is passed over."""

from collections.abc import Iterable

LONGEST_ID = 18
"""Digits that fit a bigint."""


def ids(texts: Iterable[str]) -> list[int]:
    """Return the ids among ``texts``."""
    return [int(text) for text in texts if text.isascii() and text.isdigit() and len(text) <= LONGEST_ID]


def one_id(text: str) -> int | None:
    """Return the id that ``text`` is, None for anything else."""
    return next(iter(ids([text])), None)
