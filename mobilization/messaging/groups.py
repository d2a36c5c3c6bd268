"""Under which headings messages and to-dos stand; each app names its own headings."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_labels: dict[str, str | Promise] = {}


def register(code: str, label: str | Promise) -> str:
    """Name the heading ``code`` and return the code. ``label`` is lazily translated."""
    _labels[code] = label
    return code


def label_of(code: str) -> str:
    """Return what the heading reads like; "Other" for one that is gone since."""
    return str(_labels.get(code, _("Other")))


def choices(codes: set[str]) -> list[tuple[str, str]]:
    """Return those of ``codes`` that have a heading with it, in the sequence in which the apps named them."""
    return [(code, str(label)) for code, label in _labels.items() if code in codes]
