"""Staff pages of dialogues: list, export, record, read, act."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import DetailView, ListView, View

from dialogues import timeline
from dialogues.deadlines import coming_of, warnings_of
from dialogues.exports import FORMATS, export_dialogues
from dialogues.filters import DialogueFilter
from dialogues.forms.dialogue import AttachmentForm
from dialogues.models import Dialogue, DialogueDuty
from dialogues.page_parts import PARTS
from dialogues.querysets import DialogueQuerySet
from dialogues.states import OPEN_FOR_OPINIONS, Act, State
from dialogues.transitions import dialogue as acts
from mobilization.accounts.states import Role
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit import log
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin, ObjectPermissionMixin

ACT_PERMISSIONS = {
    Act.ANNOUNCE: "dialogues.announce_dialogue",
    Act.HOLD: "dialogues.hold_dialogue",
    Act.PUBLISH: "dialogues.publish_dialogue",
    Act.CANCEL: "dialogues.cancel_dialogue",
}
#: The words on the buttons.
ACT_WORDS = {
    Act.ANNOUNCE: pgettext_lazy("act on a dialogue", "Announce"),
    Act.HOLD: pgettext_lazy("act on a dialogue", "Record as held"),
    Act.PUBLISH: pgettext_lazy("act on a dialogue", "Publish the results"),
    Act.CANCEL: pgettext_lazy("act on a dialogue", "Cancel the dialogue"),
}


def crumbs_to_list() -> list[tuple[str, str]]:
    """Return the way to the list of dialogues."""
    return [(_("Dialogues"), reverse("dialogues:list"))]


def crumbs_to(dialogue: Dialogue) -> list[tuple[str, str]]:
    """Return the way to one dialogue."""
    return [*crumbs_to_list(), (str(dialogue), dialogue.get_absolute_url())]


class FilteredDialogues(StaffRequiredMixin, FilteredMixin):
    """The dialogues one may read, filtered as the address says."""

    page_permission = "dialogues.view_dialogues"
    filterset_class = DialogueFilter

    def scoped(self) -> DialogueQuerySet:
        """Return the dialogues one may read."""
        return Dialogue.objects.visible_to(self.request.user)


class DialogueListView(FilteredDialogues, StaffListMixin, ListView):
    """The dialogues of the own scope, newest first, and what the own unit still owes this year."""

    template_name = "dialogues/list.html"
    keyset_order = ("-held_on", "-id")
    orders = {
        "day": Order(gettext_lazy("Date"), ("-held_on", "-id")),
        "entered": Order(gettext_lazy("Order of entry"), ("-id",)),
    }
    columns = {
        "day": gettext_lazy("Date"),
        "unit": gettext_lazy("Unit"),
        "kind": gettext_lazy("Kind"),
        "form": gettext_lazy("Form"),
        "venue": gettext_lazy("Venue"),
        "attending": gettext_lazy("People attending"),
        "spoke": gettext_lazy("People who spoke"),
        "state": gettext_lazy("State"),
        "opinions": gettext_lazy("Opinions"),
        "resolved": gettext_lazy("Resolved"),
        "overdue": gettext_lazy("Overdue"),
        "published": gettext_lazy("Results published on"),
    }
    usual_columns = ("day", "unit", "kind", "state", "opinions", "overdue")

    def get_queryset(self) -> DialogueQuerySet:
        """Return the filtered dialogues with their figures."""
        return super().get_queryset().select_related("unit").with_opinion_figures()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter, the duty and what one may do."""
        return super().get_context_data(
            filter_form=self.filterset.form,
            words=self.request.GET.get("q", ""),
            may_record=self.request.user.has_perm("dialogues.record_dialogue"),
            duties=duties_of(self.request.user, timezone.localdate().year),
            formats=FORMATS,
            crumbs=[],
            **kwargs,
        )


def duties_of(user: Any, year: int) -> list[dict[str, Any]]:
    """Return for each unit whose official ``user`` is: what it owes this year, and how many periodic ones it held.

    As ``standings``: what a unit held that went into it was owed by that one.
    """
    standing = []
    for unit in user.units_of(Role.OFFICIAL):
        duty = DialogueDuty.objects.of_unit(unit, year).first()
        if duty is not None:
            held = Dialogue.objects.held().periodic().of_year(year).of_unit(unit).count()
            standing.append(
                {"unit": unit, "year": year, "owed": duty.per_year, "held": held, "basis": duty.basis}
            )
    return standing


class DialogueExportView(FilteredDialogues, View):
    """All filtered dialogues as a file; the log keeps who took them away."""

    def get(self, request: HttpRequest, file_format: str) -> HttpResponse:
        """Answer the file."""
        if file_format not in FORMATS:
            raise Http404
        data = {"filters": self.filters_set(), "format": file_format}
        log.record("dialogue.export", actor=request.user, target=None, data=data)
        return export_dialogues(self.get_queryset(), file_format)


class DialogueDetailView(StaffRequiredMixin, ObjectPermissionMixin, DetailView):
    """Everything about one dialogue: facts, warnings, opinions, files, history, and the acts open to the reader."""

    permission_required = "dialogues.view_dialogue"
    template_name = "dialogues/detail.html"

    def get_queryset(self) -> DialogueQuerySet:
        """Return the dialogues one may read, with their figures."""
        visible = Dialogue.objects.visible_to(self.request.user)
        return visible.select_related("unit", "typed_by").with_opinion_figures()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what hangs on the dialogue and what one may do with it."""
        dialogue, may = self.object, self.request.user.has_perm
        may_change = may("dialogues.change_dialogue", dialogue)
        takes_opinions = dialogue.state in OPEN_FOR_OPINIONS and not dialogue.summary_only
        return super().get_context_data(
            crumbs=crumbs_to_list(),
            warnings=warnings_of(dialogue),
            coming=coming_of(dialogue),
            steps=timeline.of_dialogue(dialogue),
            opinions=(
                dialogue.opinions.not_withheld_from(self.request.user)
                .select_related("unit_in_charge")
                .in_order()
            ),
            attachments=dialogue.attachments.select_related("uploaded_by"),
            attachment_form=AttachmentForm() if may_change else None,
            acts=[
                (act, reverse(f"dialogues:{act}", args=[dialogue.pk]), ACT_WORDS[act])
                for act, permission in ACT_PERMISSIONS.items()
                if acts.may_move(dialogue, act) and may(permission, dialogue)
            ],
            parts=PARTS.of(self.request, dialogue),
            may_change=may_change and dialogue.state != State.CANCELLED,
            may_record_opinion=takes_opinions and may("dialogues.record_opinion", dialogue),
            **kwargs,
        )
