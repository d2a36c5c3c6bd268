"""Which kinds of messages there are, and what they say.

An app declares its kinds in its ``notices.py``:

    kinds.register(
        Kind(
            code="registration.returned",
            label=_("Returned for completion"),
            group=RETURNS,
            at_once=True,
            subject=filled(_("Returned for completion: %(title)s")),
            body=paragraphs(
                filled(_("Reason: %(reason)s")),
                filled(_("Please complete it by %(due_on)s."), needs="due_on", due_on=day),
            ),
        )
    )

A row keeps the kind and plain data; the words are made when somebody reads, in the reader's language. So a correction
of a text mends old messages too, and nothing breaks on a kind, or a piece of data, that is gone since.
"""

import datetime
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.utils.functional import Promise
from django.utils.translation import gettext as _


class Told(Protocol):
    """What the words are made from: a message."""

    kind: str
    data: Mapping[str, Any]


Words = Callable[[Told], str]


@dataclass(frozen=True)
class Kind:
    """One kind of message. ``at_once``: leaves the portal at once unless its reader chose otherwise."""

    code: str
    label: str | Promise
    group: str
    at_once: bool
    subject: Words
    body: Words


_kinds: dict[str, Kind] = {}


def register(*kinds: Kind) -> None:
    """Declare kinds. Raises ``ValueError`` where two different ones share a code."""
    for kind in kinds:
        if _kinds.setdefault(kind.code, kind) is not kind:
            raise ValueError(f"Two kinds of message are called {kind.code}")


def kind_of(code: str) -> Kind:
    """Return the kind; raises ``LookupError`` for one that nobody declared."""
    try:
        return _kinds[code]
    except KeyError:
        raise LookupError(f"No kind of message is called {code}") from None


def find(code: str) -> Kind | None:
    """Return the kind, or None for one that is gone since."""
    return _kinds.get(code)


def codes_of(group: str) -> list[str]:
    """Return the codes of the kinds under a heading."""
    return [kind.code for kind in _kinds.values() if kind.group == group]


def groups() -> set[str]:
    """Return the codes of the headings under which there are kinds."""
    return {kind.group for kind in _kinds.values()}


def subject_of(message: Told) -> str:
    """Return the subject in the language in force: one line, whatever was typed as a title."""
    kind = find(message.kind)
    subject = kind.subject(message) if kind else message.data.get("title") or _("A message of the portal")
    return " ".join(str(subject).split())


def body_of(message: Told) -> str:
    """Return the text in the language in force; empty for a kind that is gone since."""
    kind = find(message.kind)
    return kind.body(message).strip() if kind else ""


def filled(template: str | Promise, *, needs: str = "", **formats: Callable[[Any], str]) -> Words:
    """Return words that fill ``template`` (``%(name)s``) from the data of a message.

    What the data lacks reads "–". With ``needs`` the whole part is left out where that piece is missing or empty.
    ``formats`` say how pieces are written: ``due_on=day``.
    """

    def words(message: Told) -> str:
        if needs and not message.data.get(needs):
            return ""
        return str(template) % _Pieces(message.data, formats)

    return words


def paragraphs(*parts: Words) -> Words:
    """Return words that put those of ``parts`` that say something under each other."""

    def words(message: Told) -> str:
        return "\n\n".join(text for part in parts if (text := part(message)))

    return words


def day(value: str | datetime.date) -> str:
    """Write a date, kept as ISO text, as people do: 22/11/2026. What is none stays as it is."""
    try:
        return datetime.date.fromisoformat(str(value)[:10]).strftime("%d/%m/%Y")
    except ValueError:
        return str(value)


class _Pieces(dict):
    """The data of one message, for filling a template."""

    def __init__(self, data: Mapping[str, Any], formats: Mapping[str, Callable[[Any], str]]) -> None:
        super().__init__(
            (name, formats[name](value) if name in formats else value)
            for name, value in data.items()
            if value not in (None, "")
        )

    def __missing__(self, name: str) -> str:
        return "–"
