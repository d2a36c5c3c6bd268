"""The ledger of opinions beside its list: what is overdue by unit and age, documents of answers, many assigned at once."""

from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView, View

from dialogues import assigning, services
from dialogues.filters import OpinionFilter
from dialogues.forms.opinion import AssignForm, DocumentForm
from dialogues.models import Opinion, OpinionDocument
from dialogues.querysets import OpinionQuerySet
from dialogues.views.opinions import FilteredOpinions, note_reading
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import ActView

TICKET = "dialogues.assign"
TICKET_LASTS = 2 * 3600
SHOWN = 200
LONGEST_FILTER = 2_000


def _crumbs() -> list[tuple[str, str]]:
    return [(_("Opinions"), reverse("dialogues:opinions"))]


class OverdueView(StaffRequiredMixin, TemplateView):
    """How many opinions are overdue, by unit in charge and age; each number leads to its rows."""

    page_permission = "dialogues.view_dialogues"
    template_name = "dialogues/overdue.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the rows, the totals and the words of the ages."""
        rows = list(Opinion.objects.visible_to(self.request.user).answerable().by_unit_and_age())
        ages = list(OpinionFilter.AGES)
        for row in rows:
            row["ages"] = [(age, label, row[age]) for age, label in ages]
        return super().get_context_data(
            rows=rows,
            ages=ages,
            totals=[(label, sum(row[age] for row in rows)) for age, label in ages],
            total=sum(row["total"] for row in rows),
            crumbs=_crumbs(),
            **kwargs,
        )


class AssignView(FilteredOpinions, View):
    """Give the ticked opinions, or all of the filter, into the charge of a unit: shown first, then done."""

    page_permission = "dialogues.record_dialogue"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show what would be done; nothing is done yet."""
        query = request.GET.get("q", "")
        back = _back(query)
        rows = self.chosen(query)
        opinions = list(rows.select_related("dialogue__unit", "unit_in_charge")[: assigning.MOST + 1])
        if not opinions:
            messages.warning(request, _("Tick at least one row, or choose all rows of the filter."))
            return redirect(back)
        if len(opinions) > assigning.MOST:
            most = _("At most %(most)d at once. Please narrow the filter.") % {"most": assigning.MOST}
            messages.warning(request, most)
            return redirect(back)
        sorted_out = assigning.sort_out(opinions, actor=request.user)
        seen = [(one.pk, one.version) for one in sorted_out.done]
        told = {"user": request.user.pk, "back": back, "rows": seen}
        return self.show(AssignForm(), sorted_out, signing.dumps(told, salt=TICKET, compress=True), back)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the preview showed."""
        try:
            asked = signing.loads(request.POST.get("ticket", ""), salt=TICKET, max_age=TICKET_LASTS)
        except signing.BadSignature:
            asked = {}
        if asked.get("user") != request.user.pk:
            messages.error(request, _("This preview is too old. Please choose the rows again."))
            return redirect("dialogues:opinions")
        form = AssignForm(request.POST)
        visible = self.scoped().select_related("dialogue__unit")
        if not form.is_valid():
            rows = visible.filter(pk__in=[pk for pk, _version in asked["rows"]]).select_related(
                "unit_in_charge"
            )
            again = assigning.sort_out(rows, actor=request.user)
            return self.show(form, again, request.POST["ticket"], asked["back"], status=422)
        outcome = assigning.assign(
            self.scoped(), [tuple(row) for row in asked["rows"]], actor=request.user, **form.cleaned_data
        )
        _tell(request, outcome)
        return redirect(asked["back"])

    def chosen(self, query: str) -> OpinionQuerySet:
        """Return the rows that were ticked, or all that the filter of the list leaves."""
        if len(query) > LONGEST_FILTER:
            return Opinion.objects.none()
        rows = self.scoped()
        if self.request.GET.get("rows") != "all":
            ticked = (text for text in self.request.GET.getlist("id") if text.isascii() and text.isdigit())
            return rows.filter(pk__in=[text for text in ticked if len(text) < 19]).order_by("-pk")  # noqa: PLR2004 -- fits a bigint
        found = OpinionFilter(QueryDict(query), rows, request=self.request)
        return found.qs.order_by("-pk") if found.is_valid() else rows.none()

    def show(
        self, form: AssignForm, found: assigning.Assigned, ticket: str, back: str, status: int = 200
    ) -> HttpResponse:
        """Answer the preview."""
        context = {
            "form": form,
            "ticket": ticket,
            "back": back,
            "will": found.done[:SHOWN],
            "will_count": len(found.done),
            "cannot": found.left_out[:SHOWN],
            "cannot_count": len(found.left_out),
            "crumbs": _crumbs(),
        }
        return render(self.request, "dialogues/assign.html", context, status=status)


class AddDocumentView(StaffRequiredMixin, ActView):
    """Add a document of the answer."""

    permission_required = "dialogues.answer_opinion"
    form_class = DocumentForm
    success_message = gettext_lazy("The document is added.")

    def get_queryset(self) -> OpinionQuerySet:
        """Return the opinions one may read."""
        visible = Opinion.objects.visible_to(self.request.user)
        return visible.select_related("dialogue__unit", "unit_in_charge")

    def act(self, obj: Opinion, form: DocumentForm) -> OpinionDocument:
        """Attach."""
        return services.attach_document(obj, form.cleaned_data["file"], actor=self.request.user)

    def refused(self, obj: Opinion, form: DocumentForm, refusal: DomainError) -> HttpResponse:
        """Tell why the file was not taken."""
        messages.error(self.request, str(refusal))
        return redirect(obj)


class DocumentView(StaffRequiredMixin, View):
    """Hand a document of an answer over to whoever may read the opinion."""

    page_permission = "dialogues.view_dialogues"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer the file."""
        documents = OpinionDocument.objects.select_related(
            "opinion__dialogue__unit", "opinion__unit_in_charge"
        ).filter(opinion__in=Opinion.objects.visible_to(request.user).values("pk"))
        document = get_object_or_404(documents, pk=pk)
        if not request.user.has_perm("dialogues.view_opinion", document.opinion):
            raise Http404
        note_reading(document.opinion, request.user)
        return document.as_attachment()


def _back(query: str) -> str:
    kept = QueryDict(query[:LONGEST_FILTER], mutable=True)
    kept.pop("cursor", None)
    return reverse("dialogues:opinions") + (f"?{kept.urlencode()}" if kept else "")


def _tell(request: HttpRequest, outcome: assigning.Assigned) -> None:
    done, left = len(outcome.done), outcome.left_out
    if done:
        words = ngettext("%(n)d opinion is assigned.", "%(n)d opinions are assigned.", done)
        messages.success(request, words % {"n": done})
    if left:
        words = ngettext("%(n)d was left out: %(reasons)s", "%(n)d were left out: %(reasons)s", len(left))
        reasons = " ".join(dict.fromkeys(str(reason) for _opinion, reason in left))
        messages.warning(request, words % {"n": len(left), "reasons": reasons})
