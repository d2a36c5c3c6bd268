"""The translation catalogue, kept without GNU gettext: ``python -m mobilization.core.catalogue update|check|compile``.

``update`` writes every text of the sources into the catalogues and drops those that are gone; nothing is guessed, so
nothing is ever fuzzy. ``check`` fails when a text is missing, untranslated, no longer used, or loses a placeholder.
``compile`` writes the binary files that Django reads; set-up calls it, they are not kept in the repository.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polib
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parents[2]
LOCALE = ROOT / "mobilization" / "locale"
PYTHON_ROOMS = ("mobilization", "models_registry", "dialogues", "awards")
TEMPLATES = ROOT / "templates"
# name of the call → positions of (context, text, plural) among its arguments
_CALLS = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "gettext_lazy": (None, 0, None),
    "gettext_noop": (None, 0, None),
    "ngettext": (None, 0, 1),
    "ngettext_lazy": (None, 0, 1),
    "pgettext": (0, 1, None),
    "pgettext_lazy": (0, 1, None),
    "npgettext": (0, 1, 2),
    "npgettext_lazy": (0, 1, 2),
}
_LITERAL = r"""u?(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*")"""
_TEMPLATE_CALL = re.compile(rf"\b(n?p?gettext)\(((?:\s*{_LITERAL}\s*,?)+)")
_PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]|\{\w*\}")


@dataclass
class Message:
    """One text of the sources and where it stands."""

    context: str | None
    text: str
    plural: str | None = None
    places: list[tuple[str, str]] = field(default_factory=list)

    @property
    def key(self) -> tuple[str | None, str]:
        """Return what identifies the text in a catalogue."""
        return self.context, self.text


def extract() -> dict[tuple[str | None, str], Message]:
    """Return every translatable text of the Python sources and the templates."""
    found: dict[tuple[str | None, str], Message] = {}
    for room in PYTHON_ROOMS:
        for path in sorted((ROOT / room).rglob("*.py")):
            if "migrations" not in path.parts:
                _collect(found, path, _python_texts(path.read_text(encoding="utf-8")))
    for path in sorted(TEMPLATES.rglob("*")):
        if path.suffix in {".html", ".txt"}:
            _collect(found, path, _template_texts(path.read_text(encoding="utf-8"), str(path)))
    return found


def update(path: Path) -> None:
    """Bring the catalogue at ``path`` in line with the sources; translations of texts that stay are kept."""
    messages = extract()
    old = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path))} if path.exists() else {}
    catalogue = polib.POFile(wrapwidth=110)
    language = path.parents[1].name
    catalogue.metadata = {
        "Project-Id-Version": "mobilization",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;" if language == "vi" else "nplurals=2; plural=(n != 1);",
    }
    for message in sorted(messages.values(), key=lambda message: (message.places[0], message.text)):
        catalogue.append(_entry(message, old.get(message.key)))
    path.parent.mkdir(parents=True, exist_ok=True)
    catalogue.save(str(path))


def problems(path: Path) -> list[str]:
    """Return what is wrong with the catalogue at ``path``, a sentence each."""
    messages = extract()
    entries = {(entry.msgctxt, entry.msgid): entry for entry in polib.pofile(str(path)) if not entry.obsolete}
    found = [
        f"not in the catalogue: {text!r} ({message.places[0][0]})"
        for (context, text), message in messages.items()
        if (context, text) not in entries
    ]
    found += [f"no longer in the sources: {key[1]!r}" for key in entries if key not in messages]
    for key, entry in entries.items():
        texts = [text for text in (*entry.msgstr_plural.values(), entry.msgstr) if text]
        if entry.fuzzy:
            found.append(f"fuzzy: {key[1]!r}")
        if not texts:
            found.append(f"not translated: {key[1]!r}")
        source = entry.msgid_plural or entry.msgid
        for text in texts:
            if set(_PLACEHOLDER.findall(text)) != set(_PLACEHOLDER.findall(source)):
                found.append(f"placeholders differ: {key[1]!r}")
    return found


def compile_all() -> None:
    """Write the binary file beside every catalogue."""
    for path in LOCALE.glob("*/LC_MESSAGES/*.po"):
        polib.pofile(str(path)).save_as_mofile(str(path.with_suffix(".mo")))


def _collect(found: dict, path: Path, texts: Iterator[tuple[int, str | None, str, str | None]]) -> None:
    name = str(path.relative_to(ROOT))
    for _line, context, text, plural in texts:
        if not text:
            continue
        message = found.setdefault((context, text), Message(context, text, plural))
        message.plural = message.plural or plural
        # No line numbers: a moved line would otherwise change the catalogue in every commit.
        if (name, "") not in message.places:
            message.places.append((name, ""))


def _python_texts(source: str) -> Iterator[tuple[int, str | None, str, str | None]]:
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        if name not in _CALLS:
            continue
        values = [
            arg.value if isinstance(arg, ast.Constant) and isinstance(arg.value, str) else None
            for arg in node.args
        ]
        picked = [None if at is None or at >= len(values) else values[at] for at in _CALLS[name]]
        if picked[1] is not None:
            yield node.lineno, picked[0], picked[1], picked[2]


def _template_texts(source: str, origin: str) -> Iterator[tuple[int, str | None, str, str | None]]:
    for call in _TEMPLATE_CALL.finditer(templatize(source, origin=origin)):
        values = [ast.literal_eval(literal.lstrip("u")) for literal in re.findall(_LITERAL, call[2])]
        picked = [None if at is None or at >= len(values) else values[at] for at in _CALLS[call[1]]]
        if picked[1] is not None:
            yield 0, picked[0], picked[1], picked[2]


def _entry(message: Message, old: polib.POEntry | None) -> polib.POEntry:
    entry = polib.POEntry(msgctxt=message.context, msgid=message.text, occurrences=sorted(message.places))
    if "%(" in message.text or "%s" in message.text:
        entry.flags.append("python-format")
    if message.plural:
        entry.msgid_plural = message.plural
        entry.msgstr_plural = dict(old.msgstr_plural) if old and old.msgstr_plural else {0: ""}
    elif old:
        entry.msgstr = old.msgstr
    return entry


def main(verb: str) -> int:
    """Carry out ``verb`` on the Vietnamese catalogue (English is the language of the sources)."""
    path = LOCALE / "vi" / "LC_MESSAGES" / "django.po"
    if verb == "update":
        update(path)
    elif verb == "compile":
        compile_all()
    elif verb == "check":
        found = problems(path)
        sys.stdout.write("".join(f"{problem}\n" for problem in found) or "The catalogue is complete.\n")
        return 1 if found else 0
    else:
        sys.stdout.write(f"{__doc__}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
