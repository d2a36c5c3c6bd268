"""Which kinds of jobs there are, and who does them.

An app declares its jobs in its ``tasks.py``:

    @handler(
        "statistics.rebuild_year",
        label=_("Figures of a year"),
        words={"year": _("Year")},
        permission="statistics.rebuild_year",
    )
    def rebuild_year(job, progress):
        return services.rebuild_year(job.payload["year"], actor=job.actor)

A handler may be run again after it was cut off at any point: it must do no harm then. What it returns is kept as the
job's result, and ``DomainError`` tells the person who asked what is wrong. ``words`` names those parts of what was
asked for, and of the result, that people are shown. ``permission`` is the one that asking for such a job takes: who
does not hold it cannot ask for an old job again either. Where that depends on what was asked for, it is a function
``(user, job) -> bool``.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise


@dataclass(frozen=True)
class Handler:
    """A kind of job: its words, and the function that does it."""

    kind: str
    label: str | Promise
    run: Callable
    permission: str | Callable[..., bool]
    words: dict[str, str | Promise] = field(default_factory=dict)
    leads_to: Callable[[Any], tuple[str | Promise, str] | None] | None = None
    title: Callable[[Any], str] | None = None


_handlers: dict[str, Handler] = {}


def handler(
    kind: str,
    *,
    label: str | Promise,
    permission: str | Callable[..., bool],
    words: dict[str, str | Promise] | None = None,
    leads_to: Callable[[Any], tuple[str | Promise, str] | None] | None = None,
    title: Callable[[Any], str] | None = None,
) -> Callable:
    """Register the decorated ``function(job, progress) -> dict | None`` for ``kind``.

    ``leads_to`` answers the word and the address of what came of a finished one, ``title`` what one job is called in a
    list of many ("Figures of 2025"), both from its row alone. Raises ``ValueError`` for one that does not say who may
    ask for it.
    """
    if not permission:
        raise ValueError(f"Jobs of kind {kind} do not say who may ask for them.")

    def register(function: Callable) -> Callable:
        declared = Handler(kind, label, function, permission, words or {}, leads_to, title)
        if _handlers.setdefault(kind, declared).run is not function:
            raise ValueError(f"Two handlers for {kind}")
        return function

    return register


def handler_of(kind: str) -> Handler:
    """Return the handler of ``kind``; raises ``LookupError`` for one that nobody declared."""
    try:
        return _handlers[kind]
    except KeyError:
        raise LookupError(f"No handler for jobs of kind {kind}") from None


def label_of(kind: str) -> str | Promise:
    """Return the words for ``kind``; the code itself for one that is gone since."""
    return _handlers[kind].label if kind in _handlers else kind


def title_of(job: Any) -> str:
    """Return what ``job`` is called among others of its kind; the words for the kind where it says no more."""
    found = _handlers.get(job.kind)
    if found is None or found.title is None:
        return str(label_of(job.kind))
    try:
        return found.title(job)
    except KeyError:  # asked for by an earlier version, with other words
        return str(found.label)


def may_ask(user, job) -> bool:
    """Tell whether ``user`` may ask for what ``job`` is; nobody may for a kind that is gone since."""
    found = _handlers.get(job.kind)
    if found is None:
        return False
    return found.permission(user, job) if callable(found.permission) else user.has_perm(found.permission)


def leads_to(job: Any) -> tuple[str | Promise, str] | None:
    """Return the word and the address of what came of a finished ``job``; None where its page says it all."""
    leading = _handlers[job.kind].leads_to if job.kind in _handlers else None
    try:
        return leading(job) if leading else None
    except KeyError:  # asked for by an earlier version, with other words
        return None


def in_words(kind: str, facts: dict[str, Any] | None) -> list[tuple[str | Promise, Any]]:
    """Return those of ``facts`` that have words, with them."""
    words = _handlers[kind].words if kind in _handlers else {}
    return [(label, facts[name]) for name, label in words.items() if name in facts] if facts else []


def kinds() -> list[tuple[str, str | Promise]]:
    """All kinds with their words, for a filter."""
    return sorted(((one.kind, one.label) for one in _handlers.values()), key=lambda pair: str(pair[1]))
