"""The columns of the staff lists: the usual ones, and those that somebody may choose beside them."""

from collections.abc import Callable, Sequence
from typing import Any

from django.utils.translation import gettext_lazy as _

from mobilization.core.templatetags.portal import date_vi
from models_registry.states import Kind, Novelty, Outcome, Subject, WorkField

LABELS = {
    "unit": _("Unit"),
    "year": _("Year"),
    "field": _("Field"),
    "kind": _("Kind"),
    "subject": _("Subject"),
    "novelty": _("New or maintained"),
    "place": _("Place"),
    "level": _("Level"),
    "state": _("State"),
    "outcome": _("Outcome of the year"),
    "submitted_at": _("Submitted at"),
    "day": _("Date"),
}
"""In the sequence in which the chooser offers them; the title is always there."""
USUAL = ("unit", "year", "level", "state", "day")
_WORDS = {"field": WorkField, "kind": Kind, "subject": Subject, "novelty": Novelty, "outcome": Outcome}


def chosen_beside(shown: Sequence[str]) -> list[str]:
    """Return those of ``shown`` that are not among the usual ones: each is a field of the registration."""
    return [name for name in shown if name not in USUAL]


def text_of(name: str) -> Callable[[Any], Any]:
    """Return what writes the chosen column ``name`` of a row; its words are looked up now, once for a page."""
    if name in _WORDS:
        words = {code: str(label) for code, label in _WORDS[name].choices}
        return lambda row: words.get(getattr(row, name), "")
    if name == "submitted_at":
        return lambda row: date_vi(row.submitted_at) if row.submitted_at else ""
    return lambda row: getattr(row, name) or ""
