"""What changed between two texts, word by word."""

import re
from difflib import SequenceMatcher
from typing import NamedTuple

_WORDS = re.compile(r"\S+\s*|\s+")
_LINES = re.compile(r"[^\n]*\n?")
MOST_WORDS = 1_500
"""Texts of more words are compared line by line: each step more costs the square of their number."""


class Part(NamedTuple):
    """A piece of a text: whether it stands in the other text too."""

    text: str
    is_changed: bool


def compare(old: str, new: str) -> tuple[list[Part], list[Part]]:
    """Return both texts in pieces, those marked that the other text does not have; joined, they are the texts again."""
    before, after = _pieces(old, new)
    olds: list[Part] = []
    news: list[Part] = []
    matcher = SequenceMatcher(None, [one.rstrip() for one in before], [one.rstrip() for one in after])
    for kind, a, b, c, d in matcher.get_opcodes():
        _add(olds, "".join(before[a:b]), is_changed=kind != "equal")
        _add(news, "".join(after[c:d]), is_changed=kind != "equal")
    return olds, news


def _pieces(old: str, new: str) -> tuple[list[str], list[str]]:
    before, after = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(before), len(after)) <= MOST_WORDS:
        return before, after
    return [line for line in _LINES.findall(old) if line], [line for line in _LINES.findall(new) if line]


def _add(parts: list[Part], text: str, *, is_changed: bool) -> None:
    if text:
        parts.append(Part(text, is_changed))
