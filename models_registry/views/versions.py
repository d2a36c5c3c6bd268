"""Every version readable, any two side by side; what was asked for when it was returned, and what was mended."""

from itertools import pairwise
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView

from mobilization.core.forms import PortalForm
from mobilization.core.templatetags.portal import money, number
from mobilization.core.views import ObjectPermissionMixin
from models_registry import versions, wording
from models_registry.forms.filing import step_of
from models_registry.models import Registration, ReviewStep
from models_registry.permissions import is_official_of_unit
from models_registry.states import Act, State
from models_registry.versions import Changes, Version


class CompareForm(PortalForm):
    """Which two versions."""

    older = forms.TypedChoiceField(label=gettext_lazy("Compare version"), coerce=int)
    newer = forms.TypedChoiceField(label=gettext_lazy("with version"), coerce=int)

    def __init__(self, *args: Any, choices: list[tuple[int, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("older", "newer"):
            self.fields[name].choices = choices


class VersionsView(ObjectPermissionMixin, DetailView):
    """Who changed what when, and two versions of one's choice side by side.

    Before it was first handed in, a draft is its unit's alone: others read the versions since then.
    """

    model = Registration
    permission_required = "models_registry.view_registration"
    template_name = "models_registry/versions.html"
    context_object_name = "registration"

    def get_queryset(self) -> QuerySet:
        """Return what the user may read."""
        visible = Registration.objects.visible_to(self.request.user)
        return visible.select_related("unit__heir", "campaign", "model")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the versions, the choice and what differs."""
        registration = self.object
        since = 1
        if not is_official_of_unit(self.request.user, registration):
            since = versions.first_handed_in(registration)
        if since is None:
            raise Http404
        history = versions.history_of(registration, since=since)
        form = self.form(history)
        chosen = sorted((form.cleaned_data["older"], form.cleaned_data["newer"])) if form.is_valid() else None
        found = {version.number: version for version in history}
        context = {
            "lines": [line_of(version) for version in reversed(history)],
            "form": form,
            "chosen": [line_of(found[one]) for one in chosen] if chosen else None,
            "changes": shown_changes(versions.diff(registration, *chosen)) if chosen else [],
        }
        return super().get_context_data(**context, **kwargs)

    def form(self, history: list[Version]) -> CompareForm:
        """Return the choice: that of the address, else the last change of content beside today's version."""
        choices = [(version.number, choice_of(version)) for version in reversed(history)]
        asked = self.request.GET
        if "older" in asked or "newer" in asked:
            return CompareForm(asked, choices=choices)
        before = [older.number for older, newer in pairwise(history) if newer.changed]
        last = {"newer": history[-1].number, "older": before[-1] if before else history[0].number}
        return CompareForm(last, choices=choices)


def returning(registration: Registration, steps: list[ReviewStep]) -> dict[str, Any]:
    """Return what a registration's page says of its last return: reason, remarks, what changed since, rounds and days.

    ``steps`` are all of its steps, the oldest first.
    """
    returned = next((one for one in reversed(steps) if one.act in Act.RETURNS), None)
    moved = next((one for one in reversed(steps) if one.from_state != one.to_state), None)
    is_back = registration.state in State.TO_REVIEW and moved is not None and moved.act in Act.COMES_BACK
    shown = returned if registration.state in State.SENT_BACK or is_back else None
    changes = versions.diff(registration, shown.version, registration.version) if shown and is_back else {}
    return {
        "returned": shown,
        "remarks": [remark_line(one) for one in versions.remarks_of(registration, shown)] if shown else [],
        "is_back": is_back,
        "changes": shown_changes(changes),
        "changed_names": set(changes),
        "days": versions.days_between(steps) if steps else None,
    }


def remark_line(remark: versions.Remark) -> dict[str, Any]:
    """Return a remark with the name of its field and the step of the form that it stands in."""
    return {
        "name": remark.name,
        "label": label_of(remark.name),
        "text": remark.text,
        "is_mended": remark.is_mended,
        "step": step_of(remark.name),
    }


def shown_changes(changes: Changes) -> list[dict[str, Any]]:
    """Return changed fields as a page shows them: name, and both texts in pieces, those marked that differ."""
    shown = []
    for name, values in changes.items():
        old, new = (text_of(name, value) for value in values)
        before, after = wording.compare(old, new)
        shown.append({"name": name, "label": label_of(name), "before": before, "after": after})
    return shown


def line_of(version: Version) -> dict[str, Any]:
    """Return a version as the list shows it."""
    return {
        "number": version.number,
        "at": timezone.localtime(version.row.changed_at),
        "who": version.row.changed_by,
        "what": what_of(version),
        "state": version.row.state,
        "state_label": State(version.row.state).label,
        "fields": [label_of(name) for name in version.changed],
        "since": version.number - 1,
    }


def what_of(version: Version) -> str:
    """Return what made a version, in words."""
    if version.step is not None:
        return version.step.get_act_display()
    return _("Draft begun") if version.number == 1 else _("Content changed")


def choice_of(version: Version) -> str:
    """Return a version as a list to choose from names it."""
    when = timezone.localtime(version.row.changed_at).strftime("%d/%m/%Y %H:%M")
    parts = [str(version.number), what_of(version), when]
    if version.row.changed_by:
        parts.append(str(version.row.changed_by))
    return " · ".join(parts)


def compare_url(registration: Registration, older: int, newer: int) -> str:
    """Return the address that shows two versions side by side."""
    return f"{reverse('models_registry:versions', args=[registration.pk])}?older={older}&newer={newer}"


def text_of(name: str, value: Any) -> str:
    """Return a stored value as people write it."""
    if value is None or value == "":
        return ""
    field = Registration._meta.get_field(name)
    kind = field.get_internal_type()
    if name.startswith("money"):
        return money(value)
    if kind == "DateField":
        return value.strftime("%d/%m/%Y")
    if kind in {"PositiveIntegerField", "DecimalField"}:
        return number(value)
    return str(dict(field.flatchoices).get(value, value))


def label_of(name: str) -> str:
    """Return what a field is called."""
    return str(Registration._meta.get_field(name).verbose_name)
