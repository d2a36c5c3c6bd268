"""Nominations: the list, the page of one, and preparing it."""

from collections.abc import Iterator
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from django.views.generic import CreateView, DetailView, ListView, UpdateView

from awards import dossier, exports
from awards.filters import NominationFilter
from awards.forms.judging import PaperForm
from awards.forms.nominations import NominationForm
from awards.models import Nomination, Recipient
from awards.nominating import proposing
from awards.states import DECIDED_ON, NominationAct, NominationState
from awards.views.asked import one_id
from awards.views.drafts import RefusableFormMixin
from awards.views.many_acts import ACTS
from awards.warnings import warnings_of
from dialogues.models import Dialogue
from mobilization.accounts.views import SentOnceMixin, StaffRequiredMixin
from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin, ObjectPermissionMixin
from models_registry.models import Registration


class NominationScopeMixin:
    """Nominations that the user may read."""

    def get_queryset(self) -> QuerySet:
        """Return the user's scope, with what a page shows."""
        rows = Nomination.objects.visible_to(self.request.user).select_related(
            "unit__heir",
            "granting_unit__heir",
            "form",
            "recipient",
            "registration__model",
            "dialogue__unit",
            "vote__examination",
            "award__decision",
            "typed_by",
            "submitted_by",
        )
        return rows.defer("search", "registration__search", "award__search", "award__decision__search")


class NominationListView(StaffRequiredMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """All nominations in scope, the newest first; what waits for an act, by its filter."""

    template_name = "awards/nominations.html"
    page_permission = "awards.view_nominations"
    filterset_class = NominationFilter
    keyset_order = ("-proposed_on", "-pk")
    orders = {
        "proposed": Order(_("Proposed on"), ("-proposed_on", "-pk")),
        "waiting": Order(_("Waiting longest"), ("state_since", "pk")),
    }
    columns = {
        "unit": _("Unit"),
        "form": _("Form of award"),
        "achievement": _("Achievement"),
        "proposed_on": _("Proposed on"),
        "votes": _("Votes"),
        "state": _("State"),
    }
    export_act, export_name = "nomination.export", "nominations"

    def scoped(self) -> QuerySet:
        """Return the nominations in the user's scope."""
        return Nomination.objects.visible_to(self.request.user)

    def rows_of(self, found: QuerySet) -> QuerySet:
        """Add what a row shows."""
        return found.for_list()

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.nomination_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.nomination_rows(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter and the acts on many."""
        user = self.request.user
        return super().get_context_data(
            filter=self.filterset,
            bulk_acts=[act for act in ACTS.values() if user.has_perm(act.perm)],
            may_propose=user.has_perm("awards.prepare_nominations"),
            may_judge=user.has_perm("awards.judge_nominations"),
            **kwargs,
        )


class NominationDetailView(StaffRequiredMixin, NominationScopeMixin, ObjectPermissionMixin, DetailView):
    """A nomination with its dossier, its votes, what stands against it, and what may be done to it."""

    template_name = "awards/nomination.html"
    permission_required = "awards.view_nominations"
    acts = ("change", "submit", "withdraw", "return", "approve", "decline", "examine", "draw")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add dossier, timeline, warnings and the acts open to the user."""
        row, user = self.object, self.request.user
        may = {act: user.has_perm(f"awards.{act}_nomination", row) for act in self.acts}
        may["attach"] = user.has_perm("awards.attach_paper", row) and row.state != NominationState.WITHDRAWN
        may["detach"] = may["attach"] and row.state not in DECIDED_ON
        judged = row.state in (NominationState.SUBMITTED, NominationState.EXAMINED)
        return super().get_context_data(
            nomination=row,
            may=may,
            papers=dossier.checklist(row),
            paper_form=PaperForm() if may["attach"] else None,
            warnings=warnings_of([row])[row.pk] if judged else [],
            acknowledged=row.acknowledgements.select_related("actor"),
            earlier=_earlier(row, user),
            steps=_timeline(row),
            **kwargs,
        )


class NominationFormMixin(StaffRequiredMixin, RefusableFormMixin):
    """The form of one nomination."""

    model = Nomination
    form_class = NominationForm
    template_name = "awards/nomination_form.html"

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand over who asks: units, forms and recipients are offered in his scope."""
        return super().get_form_kwargs() | {"user": self.request.user}


class NominationCreateView(SentOnceMixin, NominationFormMixin, CreateView):
    """Propose an award: free, or for the registration, dialogue or recipient of the address."""

    page_permission = "awards.prepare_nominations"
    success_message = _("The nomination is saved. Complete its dossier, then submit it.")

    def get_initial(self) -> dict[str, Any]:
        """Take over what is known of the registration, the dialogue or the recipient."""
        initial, user = super().get_initial(), self.request.user
        registration = self._asked("registration", Registration.objects.visible_to(user).with_unit())
        dialogue = self._asked("dialogue", Dialogue.objects.visible_to(user).select_related("unit__heir"))
        recipient = self._asked("recipient", Recipient.objects.visible_to(user).select_related("unit__heir"))
        if registration:
            initial |= {
                "recipient_name": registration.registrant,
                "recipient_kind": registration.subject,
                "unit": registration.unit.heir_id,
                "achievement": registration.title,
                "model_code": registration.model.code,
            }
        if dialogue:
            initial |= {"dialogue": dialogue.pk, "unit": dialogue.unit.heir_id, "achievement": dialogue.topic}
        if recipient:
            known = {"recipient_name": recipient.name, "recipient_kind": recipient.kind}
            initial |= known | {"unit": recipient.unit.heir_id, "note": recipient.note}
        return initial

    def save(self, form: NominationForm) -> Nomination:
        """Propose it."""
        return proposing.propose(form.instance, recipient=form.recipient, actor=self.request.user)

    def _asked(self, name: str, rows: QuerySet) -> Any:
        asked = one_id(self.request.GET.get(name, ""))
        return rows.filter(pk=asked).first() if asked else None


class NominationUpdateView(NominationFormMixin, NominationScopeMixin, ObjectPermissionMixin, UpdateView):
    """Change a nomination in hand."""

    permission_required = "awards.change_nomination"
    success_message = _("The nomination is saved.")

    def save(self, form: NominationForm) -> Nomination:
        """Save the change."""
        names = ("recipient_name", "unit", "form", "proposed_on", "achievement", "dialogue")
        values = {name: form.cleaned_data[name] for name in names}
        values["registration"] = form.instance.registration
        return proposing.change(
            form.instance,
            values | {"recipient": form.recipient},
            actor=self.request.user,
            seen_version=form.cleaned_data["seen_version"],
        )


def _earlier(row: Nomination, user) -> list[Any]:
    """Return the awards that the recipient has already, the newest first."""
    awards = (
        row.recipient.awards.valid().select_related("form", "decision").defer("search", "decision__search")
    )
    return list(awards.exclude(pk=row.award_id).order_by("-year", "-pk")[:10])


def _timeline(row: Nomination) -> list[dict[str, Any]]:
    steps = row.steps.select_related("actor")
    return [
        {
            "label": step.get_act_display(),
            "at": step.at,
            "actor": step.actor.full_name,
            # All other acts tell by their name where it stands then.
            "to_state": step.to_state if step.act == NominationAct.GIVE_BACK else "",
            "to_label": step.get_to_state_display() if step.act == NominationAct.GIVE_BACK else "",
            "words": step.reason or _votes_of(step),
        }
        for step in steps
    ]


def _votes_of(step) -> str:
    if step.act != NominationAct.EXAMINE:
        return ""
    return (
        _("Minutes %(number)s: %(votes_for)s in favour, %(votes_against)s against, %(present)s present.")
        % step.data
    )
