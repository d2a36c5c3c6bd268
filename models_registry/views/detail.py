"""The one screen of a registration: content, files, what changed, history, and the acts that are the user's now."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from mobilization.core.views import ObjectPermissionMixin
from models_registry.forms.filing import STEPS, step_of
from models_registry.lineage import family_of
from models_registry.models import Registration, ReviewStep
from models_registry.page_parts import parts_of
from models_registry.permissions import is_official_of_unit
from models_registry.states import Act, State
from models_registry.views.acts import buttons
from models_registry.views.awaited import Awaited, awaited
from models_registry.views.checklist import deadline_of, typed_fields, unsaved_steps
from models_registry.views.files import file_context
from models_registry.views.filing import missing, typists
from models_registry.views.queue import neighbours
from models_registry.views.versions import compare_url, label_of, returning


class RegistrationDetailView(ObjectPermissionMixin, DetailView):
    """What a registration says and what happened to it, for its unit and its reviewers alike."""

    model = Registration
    permission_required = "models_registry.view_registration"
    template_name = "models_registry/detail.html"
    context_object_name = "registration"

    def get_queryset(self) -> QuerySet:
        """Return what the user may read."""
        visible = Registration.objects.visible_to(self.request.user)
        return visible.select_related(
            "unit__heir", "campaign", "model__replicated_from__unit", "previous", "typed_by"
        ).with_recognitions()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add panels, files, history, changes and buttons."""
        registration = self.object
        user = self.request.user
        steps = list(registration.steps.select_related("actor", "acting_for").order_by("pk"))
        may_write = user.has_perm("models_registry.change_registration", registration)
        unsaved = unsaved_steps(user, registration) if may_write else []
        typed = typed_fields(unsaved)
        lacking = missing_lines(registration) if may_write else []
        waits = awaited(registration, steps)
        ahead = [waits.as_step()] if waits else []
        context = {
            "panels": panels(registration),
            "timeline": [*ahead, *timeline_of(registration, steps), begun(registration)],
            "typists": typists(registration),
            **returning(registration, steps),
            **file_context(user, registration),
            "may_write": may_write,
            "may_discard": user.has_perm("models_registry.discard_registration", registration),
            "missing": [line for line in lacking if line["name"] not in typed],
            "complete": not lacking,
            "unsaved": unsaved,
            "typed_steps": [one["copy"].step for one in unsaved if one["mine"]],
            "deadline": deadline_of(registration) if may_write else None,
            "handed_in": handed_in(user, registration, waits),
            "first_step": next(
                (k for k, (_t, n) in STEPS.items() if set(n) & set(registration.editable_fields)), ""
            ),
            "buttons": buttons(user, registration),
            "family": family_of(registration.model) if registration.is_public else None,
            "recognitions": list(registration.recognitions.all()),
            "proposals": list(registration.proposals.select_related("proposed_by", "decided_by")),
            "parts": parts_of(self.request, registration),
            "walk": neighbours(self.request, registration) if "queue" in self.request.GET else None,
        }
        return super().get_context_data(**context, **kwargs)


def handed_in(user: Any, registration: Registration, waits: Awaited | None) -> Awaited | None:
    """Return what ``waits`` says of what the user's own unit handed in; None for all other readers and states."""
    if registration.state not in State.TO_REVIEW or not is_official_of_unit(user, registration):
        return None
    return waits


def panels(registration: Registration) -> list[dict[str, Any]]:
    """Return the content by step of the form: title, and (label, value, kind) of each filled field."""
    found = []
    for key, (title, names) in STEPS.items():
        facts = [shown(registration, name) for name in names]
        found.append(
            {"key": key, "title": title, "facts": [fact for fact in facts if fact["value"] not in {None, ""}]}
        )
    return found


def shown(registration: Registration, name: str) -> dict[str, Any]:
    """Return a field as a page shows it: its label, its value in words, and how to write that."""
    kind = "money" if name.startswith("money") else Registration._meta.get_field(name).get_internal_type()
    return {
        "label": label_of(name),
        "value": shown_value(name, getattr(registration, name)),
        "kind": kind,
        "name": name,
    }


_TELLS_MORE = {Act.ACCEPT: gettext_lazy("Being carried out")}
"""Where a registration stands after an act whose words do not say it; all others do."""


def timeline_of(registration: Registration, steps: list[ReviewStep]) -> list[dict[str, Any]]:
    """Return the steps, the latest first, each that may have changed something with the way to what it changed."""
    entries, before = [], None
    for step in steps:
        entry = timeline_entry(step)
        if before is not None and step.version - before > 1:
            entry["compare_url"] = compare_url(registration, before, step.version)
        entries.append(entry)
        before = step.version
    return entries[::-1]


def timeline_entry(step: Any) -> dict[str, Any]:
    """Return a step as the timeline component takes it: the act, and where it stands then if the act does not tell."""
    return {
        "label": step.get_act_display(),
        "at": step.at,
        "actor": step.actor,
        "acting_for": step.acting_for,
        "to_state": step.to_state,
        "to_label": _TELLS_MORE.get(step.act, ""),
        "words": step.reason,
        "due_on": step.due_on,
        "remarks": [
            (Registration._meta.get_field(name).verbose_name, text) for name, text in step.remarks.items()
        ],
    }


def begun(registration: Registration) -> dict[str, Any]:
    """Return the beginning as the timeline takes it: who typed it, and for whom."""
    words = (
        _("Typed for %(registrant)s") % {"registrant": registration.registrant}
        if registration.registrant
        else ""
    )
    return {
        "label": _("Draft begun"),
        "at": registration.created_at,
        "actor": registration.typed_by,
        "words": words,
    }


def missing_lines(registration: Registration) -> list[dict[str, Any]]:
    """Return the checklist of what is missing: sentence, field, and the step that asks for it."""
    return [
        {
            "name": name,
            "label": Registration._meta.get_field(name).verbose_name,
            "sentence": s,
            "step": step_of(name),
        }
        for name, sentences in missing(registration).items()
        for s in sentences
    ]


def shown_value(name: str, value: Any) -> Any:
    """Return a stored value in words."""
    choices = dict(Registration._meta.get_field(name).flatchoices)
    return choices.get(value, value)
