"""What the next act of the unit still needs, step by step: the signposts of the form and the list at its side."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse
from django.utils.text import capfirst

from models_registry.forms.filing import IDENTITY, STEPS, texts_of
from models_registry.models import CONTENT_FIELDS, Registration
from models_registry.validators import missing_to_report, missing_to_submit


def steps_of(
    registration: Registration | None, current: str, texts: Mapping[str, str]
) -> list[dict[str, Any]]:
    """Return the steps of the form: title, address, whether it may be written now, and what it needs.

    ``texts`` stands in the fields of the step ``current``; the other steps are judged by what is saved.
    """
    editable = registration.editable_fields if registration else CONTENT_FIELDS
    ask = missing_to_submit if editable == CONTENT_FIELDS else missing_to_report
    needed = ask({})
    saved = texts_of(registration, tuple(needed)) if registration else {}
    found = []
    for key, (title, names) in STEPS.items():
        here = key == current
        needs = [
            _need(registration, key, name, needed[name][0], (texts if here else saved).get(name, ""))
            for name in names
            if name in needed
        ]
        writable = bool(set(names) & set(editable)) and (registration is not None or key == IDENTITY)
        found.append(
            {
                "key": key,
                "title": title,
                "writable": writable,
                "current": here,
                "url": reverse("models_registry:edit", args=[registration.pk, key]) if registration else "",
                "needs": needs,
                "missing": sum(not need["filled"] for need in needs),
            }
        )
    return found


def _need(
    registration: Registration | None, step: str, name: str, sentence: Any, text: str
) -> dict[str, Any]:
    page = reverse("models_registry:edit", args=[registration.pk, step]) if registration else ""
    return {
        "name": name,
        "label": capfirst(Registration._meta.get_field(name).verbose_name),
        "sentence": sentence,
        "filled": bool(text.strip()),
        "url": f"{page}#id_{name}",
    }
