"""Two people wrote in one form: what only one of them changed is merged, what both changed is left to people."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

Texts = Mapping[str, str]
"""Form field → text as it stands in the form."""


@dataclass(frozen=True)
class Clash:
    """A field that both changed, each in another way."""

    name: str
    base: str
    mine: str
    theirs: str


@dataclass(frozen=True)
class Merged:
    """What stands in the form after merging; where two clash, ``texts`` holds mine until somebody has chosen."""

    texts: dict[str, str]
    taken: list[str] = field(default_factory=list)
    """Fields that only the other one changed."""
    clashes: list[Clash] = field(default_factory=list)


def as_typed(_name: str, text: str) -> Any:
    """Return ``text`` without what the eye does not see: outer blanks, the kind of line break."""
    return text.replace("\r\n", "\n").strip()


def merge(base: Texts, mine: Texts, theirs: Texts, *, read: Callable[[str, str], Any] = as_typed) -> Merged:
    """Return ``mine`` and ``theirs``, both written over ``base``, as one.

    ``read`` tells what a text means, so that "1.250" and "1250" are no difference. Only the fields of ``mine`` are
    merged; a field that ``base`` or ``theirs`` lacks was empty there.
    """
    merged = Merged(dict(mine))
    for name, text in mine.items():
        before, other = base.get(name, ""), theirs.get(name, "")
        meant, meant_before, meant_there = (read(name, one) for one in (text, before, other))
        if meant_there in (meant, meant_before):
            continue
        if meant == meant_before:
            merged.texts[name] = other
            merged.taken.append(name)
        else:
            merged.clashes.append(Clash(name, before, text, other))
    return merged
