"""What the codes of acts read like; each app says it for its own, this one knows no nouns but the log's."""

from django.utils.translation import gettext_lazy as _

_labels: dict[str, object] = {}
_nouns: dict[str, object] = {}


def register(noun: str, noun_label: object, labels: dict[str, object]) -> None:
    """Name the acts of ``noun`` (``registration``): full code to label, both lazily translated.

    Called from an app's ``ready``; a second call adds to the first.
    """
    _nouns[noun] = noun_label
    _labels.update(labels)


def label_of(act: str) -> str:
    """Return what ``act`` reads like; its code where nobody named it."""
    return str(_labels.get(act, act))


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all named acts, grouped by noun, for a select."""
    return [
        (
            str(noun_label),
            sorted((code, str(label)) for code, label in _labels.items() if code.startswith(f"{noun}.")),
        )
        for noun, noun_label in _nouns.items()
    ]


register("audit", _("Audit log"), {"audit.export": _("Audit log exported")})
