"""Staff pages of opinions: the list of what waits, one opinion, its form."""

from functools import cached_property
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy
from django.views.generic import CreateView, DetailView, ListView, UpdateView, View

from dialogues import timeline
from dialogues.exports import FORMATS, export_opinions
from dialogues.filters import OpinionFilter
from dialogues.forms.opinion import DocumentForm, OpinionForm
from dialogues.models import Dialogue, Opinion
from dialogues.querysets import OpinionQuerySet
from dialogues.states import COUNTED, OpinionAct
from dialogues.transitions import opinion as acts
from dialogues.views.dialogues import crumbs_to, crumbs_to_list
from dialogues.views.editing import WritingMixin
from mobilization.accounts.states import Role
from mobilization.accounts.views import SentOnceMixin, StaffRequiredMixin
from mobilization.audit import log
from mobilization.core.errors import version_seen
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin, ObjectPermissionMixin
from mobilization.units.states import UnitKind

FORM_TEMPLATE = "dialogues/opinion_form.html"
#: The words on the buttons, in the order of what usually comes first.
#: In the order in which they are usually wanted: the first that is open is the main one of the page.
ACT_WORDS = {
    OpinionAct.TAKE_UP: pgettext_lazy("act on an opinion", "Take up"),
    OpinionAct.ANSWER: pgettext_lazy("act on an opinion", "Answer"),
    OpinionAct.RESOLVE: pgettext_lazy("act on an opinion", "Record as resolved"),
    OpinionAct.ANSWER_ON_SPOT: pgettext_lazy("act on an opinion", "Answered on the spot"),
    OpinionAct.REFER_OUTSIDE: pgettext_lazy("act on an opinion", "Outside competence"),
    OpinionAct.NOT_ACCEPT: pgettext_lazy("act on an opinion", "Do not accept"),
    OpinionAct.PASS_ON: pgettext_lazy("act on an opinion", "Pass on"),
    OpinionAct.REOPEN: pgettext_lazy("act on an opinion", "Open again"),
    OpinionAct.ASK_REOPEN: pgettext_lazy("act on an opinion", "Ask to open again"),
}
USUAL_ACTS = {
    OpinionAct.TAKE_UP,
    OpinionAct.ANSWER,
    OpinionAct.RESOLVE,
    OpinionAct.REOPEN,
    OpinionAct.ASK_REOPEN,
}
#: What one has to hold for an act, where it is not ``answer_opinion``.
ACT_PERMISSIONS = {
    OpinionAct.PASS_ON: "dialogues.pass_on_opinion",
    OpinionAct.REOPEN: "dialogues.reopen_opinion",
    OpinionAct.ASK_REOPEN: "dialogues.ask_reopen_opinion",
}


def act_permission(act: str) -> str:
    """Return the permission that ``act`` asks for."""
    return ACT_PERMISSIONS.get(act, "dialogues.answer_opinion")


def may_start(opinion: Opinion, act: str) -> bool:
    """Tell whether ``act`` fits where the opinion stands."""
    if act == OpinionAct.PASS_ON:
        return opinion.is_open
    if act == OpinionAct.ASK_REOPEN:
        return not opinion.is_open and not opinion.reopen_asked
    return acts.may_move(opinion, act)


def crumbs_to_opinions(user: Any, opinion: Opinion) -> list[tuple[str, str]]:
    """Return the way back: by the dialogue for those who may read it, else by the list of opinions."""
    if user.has_perm("dialogues.view_dialogue", opinion.dialogue):
        return crumbs_to(opinion.dialogue)
    return [(_("Opinions"), reverse("dialogues:opinions"))]


class FilteredOpinions(StaffRequiredMixin, FilteredMixin):
    """The opinions one may read, filtered as the address says."""

    page_permission = "dialogues.view_dialogues"
    filterset_class = OpinionFilter

    def scoped(self) -> OpinionQuerySet:
        """Return the opinions one may read."""
        return Opinion.objects.visible_to(self.request.user)


class OpinionListView(FilteredOpinions, StaffListMixin, ListView):
    """Opinions of the own dialogues and those in the charge of the own unit, latest first."""

    template_name = "dialogues/opinion_list.html"
    keyset_order = ("-id",)
    orders = {
        "entered": Order(gettext_lazy("Order of entry"), ("-id",)),
        "due": Order(gettext_lazy("Due date"), ("due_or_never", "id")),
    }

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        """Leave out the order without an index for whoever reads the whole city: there it sorts every row."""
        super().setup(request, *args, **kwargs)
        if any(unit.kind == UnitKind.CITY for unit in request.user.units_of()):
            self.orders = {name: order for name, order in self.orders.items() if name != "due"}

    def get_queryset(self) -> OpinionQuerySet:
        """Return the filtered opinions with what a row shows."""
        found = super().get_queryset().select_related("dialogue__unit", "unit_in_charge").defer("author_name")
        return found.with_due_or_never()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter and how much waits for the own unit."""
        waiting = Opinion.objects.in_charge_of(self.request.user).answerable().open()
        return super().get_context_data(
            filter_form=self.filterset.form,
            is_official=self.request.user.has_role(Role.OFFICIAL),
            waiting=waiting.count(),
            waiting_overdue=waiting.overdue().count(),
            may_assign=self.request.user.has_perm("dialogues.record_dialogue"),
            formats=FORMATS,
            crumbs=crumbs_to_list(),
            **kwargs,
        )


class OpinionExportView(FilteredOpinions, View):
    """All filtered opinions as a file, without their authors; the log keeps who took them away."""

    def get(self, request: HttpRequest, file_format: str) -> HttpResponse:
        """Answer the file."""
        if file_format not in FORMATS:
            raise Http404
        data = {"filters": self.filters_set(), "format": file_format}
        log.record("opinion.export", actor=request.user, target=None, data=data)
        return export_opinions(self.get_queryset().defer("author_name"), file_format)


class NotedReadingMixin(ObjectPermissionMixin):
    """A page that shows the text of an opinion: of a sensitive one, each reading is logged."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page, and note who read it."""
        response = super().get(request, *args, **kwargs)
        note_reading(self.object, request.user)
        return response


def note_reading(opinion: Opinion, reader: Any) -> None:
    """Log that ``reader`` read the opinion, where it is sensitive."""
    if opinion.is_sensitive:
        log.record("opinion.read_sensitive", actor=reader, target=opinion, unit=opinion.unit)


class OpinionDetailView(StaffRequiredMixin, NotedReadingMixin, DetailView):
    """One opinion with its history, and the acts open to the reader."""

    permission_required = "dialogues.view_opinion"
    template_name = "dialogues/opinion_detail.html"

    def get_queryset(self) -> OpinionQuerySet:
        """Return the opinions one may read."""
        return Opinion.objects.visible_to(self.request.user).select_related(
            "dialogue__unit", "unit_in_charge"
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the history and what one may do."""
        opinion, may, acts_open = self.object, self.request.user.has_perm, self.acts_open()
        sees_author = may("dialogues.view_opinion_author", opinion)
        may_publish = may("dialogues.publish_opinion", opinion)
        return super().get_context_data(
            crumbs=crumbs_to_opinions(self.request.user, opinion),
            sees_author=sees_author,
            sees_dialogue=may("dialogues.view_dialogue", opinion.dialogue),
            steps=timeline.of_opinion(opinion, with_author=sees_author),
            acts=[one for one in acts_open if one[0] in USUAL_ACTS],
            other_acts=[one for one in acts_open if one[0] not in USUAL_ACTS],
            documents=opinion.documents.select_related("uploaded_by"),
            document_form=DocumentForm() if may("dialogues.answer_opinion", opinion) else None,
            may_change=may("dialogues.change_opinion", opinion),
            may_publish=may_publish and opinion.dialogue.state in COUNTED and not opinion.is_sensitive,
            may_withdraw=may_publish and opinion.is_public,
            **kwargs,
        )

    def acts_open(self) -> list[tuple[str, str, str]]:
        """Return the acts that may start from where the opinion stands: code, address, word on the button."""
        return [
            (act, reverse(f"dialogues:opinion_{act}", args=[self.object.pk]), word)
            for act, word in ACT_WORDS.items()
            if may_start(self.object, act) and self.request.user.has_perm(act_permission(act), self.object)
        ]


class OpinionFormMixin(WritingMixin):
    """The page with the form of an opinion."""

    form_class = OpinionForm
    template_name = FORM_TEMPLATE

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose opinion it is."""
        return super().get_form_kwargs() | {"dialogue": self.dialogue}


class OpinionCreateView(SentOnceMixin, OpinionFormMixin, CreateView):
    """Enter an opinion; "save and enter the next" stays on the form."""

    page_permission = "dialogues.record_dialogue"
    success_message = gettext_lazy("The opinion is saved.")

    @cached_property
    def dialogue(self) -> Dialogue:
        """Return the dialogue of the address, or raise ``Http404``."""
        visible = Dialogue.objects.visible_to(self.request.user).select_related("unit")
        dialogue = get_object_or_404(visible, pk=self.kwargs["pk"])
        if not self.request.user.has_perm("dialogues.record_opinion", dialogue):
            raise Http404
        return dialogue

    def write(self, form: OpinionForm) -> Opinion:
        """Receive."""
        return acts.receive(form.save(commit=False), actor=self.request.user)

    def next_page(self, saved: Opinion) -> str:
        """Go on to the next opinion if that was asked, else back to the dialogue."""
        if "next" in self.request.POST:
            return reverse("dialogues:opinion_new", args=[saved.dialogue_id])
        return f"{saved.dialogue.get_absolute_url()}#opinions"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the page."""
        return super().get_context_data(
            title=_("New opinion"),
            crumbs=crumbs_to(self.dialogue),
            cancel_url=self.dialogue.get_absolute_url(),
            **kwargs,
        )


class OpinionEditView(OpinionFormMixin, NotedReadingMixin, UpdateView):
    """Change what was written down of an opinion."""

    permission_required = "dialogues.change_opinion"
    success_message = gettext_lazy("The changes are saved.")

    @property
    def dialogue(self) -> Dialogue:
        """Return the dialogue of the opinion."""
        return self.object.dialogue

    def get_queryset(self) -> OpinionQuerySet:
        """Return the opinions one may read."""
        return Opinion.objects.visible_to(self.request.user).select_related(
            "dialogue__unit", "unit_in_charge"
        )

    def write(self, form: OpinionForm) -> Opinion:
        """Edit."""
        changes = dict(form.cleaned_data)
        seen = version_seen(changes.pop("version"))
        return acts.edit(self.object, changes, actor=self.request.user, seen_version=seen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the page."""
        return super().get_context_data(
            title=_("Change the opinion"),
            crumbs=[*crumbs_to(self.dialogue), (str(self.object), self.object.get_absolute_url())],
            cancel_url=self.object.get_absolute_url(),
            **kwargs,
        )
