"""What the codes of acts read like; each app says it for its own, this one knows no nouns but the log's."""

from django.utils.translation import gettext_lazy as _

_labels: dict[str, object] = {}
_nouns: dict[str, object] = {}
_particulars: dict[str, dict[str, object]] = {}


def register(
    noun: str,
    noun_label: object,
    labels: dict[str, object],
    particulars: dict[str, object] | None = None,
) -> None:
    """Name the acts of ``noun`` (``registration``): full code to label, and the keys of their data to label.

    All labels are lazily translated. Called from an app's ``ready``; a second call adds to the first.
    """
    _nouns[noun] = noun_label
    _labels.update(labels)
    _particulars.setdefault(noun, {}).update(particulars or {})


def label_of(act: str) -> str:
    """Return what ``act`` reads like; its code where nobody named it."""
    return str(_labels.get(act, act))


def particulars_of(act: str, data: dict[str, object]) -> list[tuple[str, object]]:
    """Return the data of an act as pairs of label and value, for reading."""
    labels = _COMMON | _particulars.get(act.partition(".")[0], {})
    return [(str(labels.get(name, name)), _readable(value)) for name, value in data.items()]


def _readable(value: object) -> object:
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, dict):
        return ", ".join(f"{name}: {_readable(part)}" for name, part in value.items())
    if isinstance(value, list):
        return ", ".join(str(_readable(part)) for part in value)
    return "–" if value is None else value


def choices() -> list[tuple[str, list[tuple[str, str]]]]:
    """Return all named acts, grouped by noun, for a select."""
    return [
        (
            str(noun_label),
            sorted((code, str(label)) for code, label in _labels.items() if code.startswith(f"{noun}.")),
        )
        for noun, noun_label in _nouns.items()
    ]


_COMMON = {
    "job": _("Job"),
    "filters": _("Filters"),
    "format": _("Format"),
    "reason": _("Reason"),
    "file": _("File"),
}

register("audit", _("Audit log"), {"audit.export": _("Audit log exported")})
