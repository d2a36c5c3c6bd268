"""The columns of the staff lists: the usual ones, and those that somebody may choose beside them."""

from collections.abc import Sequence

from django.utils import timezone
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


class Cells:
    """What stands in the chosen columns of a row; the words are looked up once for a page."""

    def __init__(self, shown: Sequence[str]) -> None:
        self.heads = [(name, str(LABELS[name])) for name in chosen_beside(shown)]
        self.words = {
            name: {code: str(label) for code, label in _WORDS[name].choices}
            for name, _label in self.heads
            if name in _WORDS
        }

    def of(self, row: object) -> list[tuple[str, str]]:
        """Return (label, text) for each chosen column of ``row``."""
        return [(label, self._text(name, getattr(row, name))) for name, label in self.heads]

    def _text(self, name: str, value: object) -> str:
        if name in self.words:
            return self.words[name].get(value, "")
        if name == "submitted_at":
            return date_vi(timezone.localtime(value)) if value else ""
        return value or ""
