"""What the next act of the unit still needs, step by step: the signposts of the form and the list at its side."""

from collections.abc import Collection, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst, get_text_list
from django.utils.translation import gettext as _

from models_registry import services
from models_registry.forms.filing import IDENTITY, STEPS, RegistrationForm, texts_of, writable_steps
from models_registry.models import CONTENT_FIELDS, Registration
from models_registry.validators import missing_to_report, missing_to_submit
from models_registry.views.filing import missing
from models_registry.windows import Standing, extended_until, standing_of, window_ahead


def steps_of(
    registration: Registration | None, current: str, texts: Mapping[str, str], slips: Collection[str] = ()
) -> list[dict[str, Any]]:
    """Return the steps of the form: title, address, whether it may be written now, and what it needs.

    Those that are filled in at another time are left out, unless one stands in them: results are told next year, and
    whoever counts the steps counts those that lie before him.
    ``texts`` stands in the fields of the step ``current``, ``slips`` are those among them that cannot be saved as they
    are; the other steps are judged by what is saved.
    """
    editable = registration.editable_fields if registration else CONTENT_FIELDS
    ask = missing_to_submit if editable == CONTENT_FIELDS else missing_to_report
    needed = ask({})
    saved = texts_of(registration, tuple(needed)) if registration else {}
    found = []
    for key, (title, names) in STEPS.items():
        here = key == current
        if not here and not set(names) & set(editable):
            continue
        needs = [
            _need(
                registration,
                key,
                name,
                needed[name][0],
                (texts if here else saved).get(name, ""),
                slips if here else (),
            )
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
                "slips": len(slips) if here else 0,
            }
        )
    return found


def _need(
    registration: Registration | None,
    step: str,
    name: str,
    sentence: Any,
    text: str,
    slips: Collection[str],
) -> dict[str, Any]:
    page = reverse("models_registry:edit", args=[registration.pk, step]) if registration else ""
    return {
        "name": name,
        "label": label_of(name),
        "sentence": sentence,
        "filled": bool(text.strip()) and name not in slips,
        "url": f"{page}#id_{name}",
    }


def refused_fields(form: RegistrationForm) -> list[dict[str, Any]]:
    """Return the fields for which what was sent in ``form`` was not saved: where they stand, their label, and why."""
    if not form.is_bound:
        return []
    return [
        {"id": form[name].id_for_label, "label": label_of(name), "why": form.errors[name][0]}
        for name in form.slips()
    ]


def saved_words(registration: Registration, step: str) -> str:
    """Return the sentence that tells that ``step`` is saved, and what the next act still needs in it."""
    here = next(one for one in steps_of(registration, "", {}) if one["key"] == step)
    lacking = [need["label"] for need in here["needs"] if not need["filled"]]
    if not lacking:
        return _("Saved.") if missing(registration) else _("Saved. Everything that is needed is there.")
    words = {"step": here["title"], "fields": get_text_list(lacking, _("and"))}
    return _("Saved. Still missing in “%(step)s”: %(fields)s.") % words


def page_after(registration: Registration, step: str) -> str:
    """Return where to go on once ``step`` is saved: to the next one, to the evidence after the last.

    Where nothing is missing any more, the whole is to be read; but of a draft that began complete, with the words of
    another year or model, each step is to be read first.
    """
    steps = writable_steps(registration)
    later = steps[steps.index(step) + 1 :]
    carried = registration.is_draft and (registration.previous_id or registration.model.replicated_from_id)
    complete = not (carried or missing(registration))
    if later and not complete:
        return reverse("models_registry:edit", args=[registration.pk, later[0]])
    if complete and (later or registration.attachments.exists()):
        return reverse("models_registry:preview", args=[registration.pk])
    return reverse("models_registry:attach", args=[registration.pk])


def unsaved_steps(user: Any, registration: Registration) -> list[dict[str, Any]]:
    """Return what ``user`` and others have typed into ``registration`` and not saved: the copy, whose, in which step."""
    writable = writable_steps(registration)
    return [
        {"copy": copy, "mine": copy.person_id == user.pk, "title": STEPS[copy.step][0]}
        for copy in services.unsaved_typing(registration)
        if copy.step in writable
    ]


def typed_fields(unsaved: list[dict[str, Any]]) -> set[str]:
    """Return the fields in which the reader of ``unsaved`` (of ``unsaved_steps``) has typed something."""
    mine = (one["copy"].typed for one in unsaved if one["mine"])
    return {name for typed in mine for name, text in typed.items() if text.strip()}


def deadline_of(registration: Registration) -> dict[str, Any] | None:
    """Return until when what the unit writes now is to be handed in, and where that stands today; None without a day.

    After the window closed it is the last day of the unit's extension.
    """
    window, today = window_ahead(registration), timezone.localdate()
    if window is None:
        return None
    standing = standing_of(window, today)
    until = extended_until(registration, window.stage, today) if standing == Standing.CLOSED else None
    return {"window": window, "standing": standing, "until": until}


def label_of(name: str) -> str:
    """Return what a field is called, as it begins a line."""
    return capfirst(str(Registration._meta.get_field(name).verbose_name))
