"""Examinations: votes on the chosen nominations written down with their minutes, the page of one, the list."""

import uuid
from collections import Counter
from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import DetailView, ListView, View

from awards import dossier, exports, papers
from awards.filters import ExaminationFilter
from awards.forms.examining import ExaminationForm, LongExaminationForm, MinutesForm
from awards.forms.judging import SignedMinutesForm
from awards.models import Examination, Nomination
from awards.nominating import examining, judging, many
from awards.states import DossierPart, NominationAct
from awards.views.many_acts import ManyAct, Preview, preview
from awards.views.nomination_bulk import SHOWN, back_to, chosen, with_all
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit import log
from mobilization.audit.exporting import ExportMixin
from mobilization.core.errors import DomainError
from mobilization.core.exports import attachment
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.paging import KeysetPaginator
from mobilization.core.views import ActView, FilteredMixin, ObjectPermissionMixin, add_refusal
from mobilization.jobs.models import Job

FIELDS = 400
"""Votes on so many are typed line by line; a browser sends no more fields at once."""
VOTES_ON_A_PAGE = 100
TICKET = "awards.examination"
TICKET_LASTS = 12 * 3600
EXAMINE = ManyAct(
    "examine",
    "",
    "",
    "awards.judge_nominations",
    ExaminationForm,
    NominationAct.EXAMINE,
)


class ExamineView(StaffRequiredMixin, View):
    """Write down one examination: its minutes, and votes for and against each chosen nomination of one body."""

    page_permission = "awards.judge_nominations"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the empty minutes with the chosen nominations, or those that a job could not record."""
        if "job" in request.GET:
            return self.write_again(request)
        back = back_to(request.GET.get("q", ""))
        rows = list(chosen(request, request.GET)[: many.MOST + 1])
        if not rows:
            messages.warning(request, _("Tick at least one row, or choose all rows of the filter."))
            return redirect(back)
        if len(rows) > many.MOST:
            messages.warning(
                request, _("At most %(most)d at once. Please narrow the filter.") % {"most": many.MOST}
            )
            return redirect(back)
        return self.begin(rows, back)

    def write_again(self, request: HttpRequest) -> HttpResponse:
        """Show what was typed for a job that was refused, with the nominations as they stand now."""
        try:
            job = Job.objects.filter(
                pk=uuid.UUID(request.GET["job"]), kind=examining.KIND, actor=request.user
            )
        except ValueError:
            raise Http404 from None
        asked = get_object_or_404(job).payload
        numbers = {pk: number for pk, _version, number, *_votes in asked["lines"]}
        rows = Nomination.objects.visible_to(request.user).filter(pk__in=numbers)
        return self.begin(list(with_all(rows)), asked["back"], numbers, asked["typed"])

    def begin(
        self, rows: list[Nomination], back: str, numbers: dict[int, int] | None = None, typed: Any = None
    ) -> HttpResponse:
        """Show the minutes of those of ``rows`` that can be examined; ``numbers`` are those of their lines."""
        shown = preview(rows, EXAMINE, self.request.user)
        will, others = _of_one_body(shown.will)
        cannot = shown.cannot + [
            (row, _("Another body grants this; it examines it as well.")) for row in others
        ]
        numbers = numbers or {row.pk: place for place, row in enumerate(will, start=1)}
        lines = [(row.pk, row.version, numbers[row.pk]) for row in will]
        asked = {"user": self.request.user.pk, "back": back, "lines": lines, "token": str(uuid.uuid4())}
        asked["is_long"] = len(will) > FIELDS or typed is not None
        return self.page(self.sign(asked), back, self.new_form(asked, will, typed), cannot)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Write it down; what is not right keeps what was typed."""
        try:
            asked = signing.loads(request.POST.get("ticket", ""), salt=TICKET, max_age=TICKET_LASTS)
        except signing.BadSignature:
            asked = {"user": None}
        if asked["user"] != request.user.pk:
            messages.error(request, _("This page is too old. Please choose the rows again."))
            return redirect("awards:nominations")
        if asked["is_long"] and (before := examining.asked_before(asked["token"])):
            return redirect(before)
        seen = Nomination.objects.visible_to(request.user)
        rows = list(with_all(seen.filter(pk__in=[line[0] for line in asked["lines"]])))
        shown = preview(rows, EXAMINE, request.user)
        form = self.new_form(asked, shown.will, request.POST)
        if not shown.will:
            messages.error(request, _("Nothing of what you chose can be done. Nothing was changed."))
            return redirect(asked["back"])
        if len(shown.will) < len(asked["lines"]):
            return self.fewer(asked, form, shown)
        if form.is_valid():
            try:
                return self.write(form, asked, shown.will)
            except DomainError as refusal:
                add_refusal(form, refusal)
        return self.page(request.POST["ticket"], asked["back"], form, shown.cannot, 422)

    def fewer(self, asked: dict[str, Any], form: MinutesForm, shown: Preview) -> HttpResponse:
        """Show the minutes again without the lines that are gone: nobody signs minutes that lack what was voted on."""
        left = len(asked["lines"]) - len(shown.will)
        told = ngettext(
            "%(count)d nomination can no longer be examined. Look at the minutes again before you send them.",
            "%(count)d nominations can no longer be examined. Look at the minutes again before you send them.",
            left,
        )
        messages.warning(self.request, told % {"count": left})
        there = {row.pk for row in shown.will}
        rest = asked | {"lines": [line for line in asked["lines"] if line[0] in there]}
        return self.page(self.sign(rest), asked["back"], form, shown.cannot, 409)

    def write(self, form: MinutesForm, asked: dict[str, Any], rows: list[Nomination]) -> HttpResponse:
        """Record the examination and go to its page, or to that of the job that records it."""
        examination, votes, actor = form.instance, form.votes(), self.request.user
        examination.unit = rows[0].granting_unit
        if asked["is_long"]:
            typed = {name: self.request.POST.get(name, "") for name in form.fields}
            kept = {"typed": typed, "back": asked["back"], "token": asked["token"]}
            return redirect(examining.ask(examination, votes, asked["lines"], actor=actor, **kept))
        versions = {pk: version for pk, version, _number in asked["lines"]}
        outcome = judging.examine(examination, votes, versions, actor=actor)
        count = len(outcome.done)
        told = ngettext("%(count)d nomination is examined.", "%(count)d nominations are examined.", count)
        messages.success(self.request, told % {"count": count})
        return redirect(examination.get_absolute_url())

    def sign(self, asked: dict[str, Any]) -> str:
        """Return what was chosen, signed, as it travels with the page."""
        return signing.dumps(asked, salt=TICKET, compress=True)

    def new_form(self, asked: dict[str, Any], rows: list[Nomination], typed: Any = None) -> MinutesForm:
        """Return the minutes: with fields for each line, or long ones."""
        if not asked["is_long"]:
            return ExaminationForm(typed, nominations=rows)
        numbers = {pk: number for pk, _version, number in asked["lines"]}
        return LongExaminationForm(typed, nominations=rows, numbers=numbers)

    def page(
        self, ticket: str, back: str, form: MinutesForm, cannot: list[Any], status: int = 200
    ) -> HttpResponse:
        """Answer the page."""
        body = form.nominations[0].granting_unit if form.nominations else None
        context = {"ticket": ticket, "back": back, "form": form, "body": body}
        context |= {"cannot": cannot[:SHOWN], "cannot_count": len(cannot)}
        return render(self.request, "awards/examine.html", context, status=status)


class ExaminationScopeMixin(StaffRequiredMixin):
    """Examinations that the user may read."""

    page_permission = "awards.view_nominations"

    def get_queryset(self) -> QuerySet:
        """Return the user's scope."""
        return Examination.objects.visible_to(self.request.user).select_related("unit", "recorded_by")


class ExaminationListView(StaffRequiredMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """All examinations in scope, the newest first."""

    template_name = "awards/examinations.html"
    page_permission = "awards.view_nominations"
    filterset_class = ExaminationFilter
    keyset_order = ("-held_on", "-pk")
    orders = {"held": Order(gettext_lazy("Held on"), ("-held_on", "-pk"))}
    columns = {
        "held": gettext_lazy("Held on"),
        "unit": gettext_lazy("Granting unit"),
        "present": gettext_lazy("Members present"),
        "count": gettext_lazy("Nominations"),
    }
    export_act, export_name = "nomination.export_examinations", "examinations"

    def scoped(self) -> QuerySet:
        """Return the examinations in the user's scope, with how many were examined."""
        seen = Examination.objects.visible_to(self.request.user).select_related("unit")
        return seen.annotate(item_count=Count("items"))

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.examination_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.examination_rows(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter=self.filterset, **kwargs)


class ExaminationDetailView(ExaminationScopeMixin, ObjectPermissionMixin, DetailView):
    """The minutes with their votes."""

    template_name = "awards/examination.html"
    permission_required = "awards.view_nominations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the votes."""
        items = self.object.items.select_related("nomination__unit", "nomination__form").defer(
            "nomination__search"
        )
        may_attach = self.request.user.has_perm("awards.record_examination", self.object)
        page = KeysetPaginator(items, ("pk",), VOTES_ON_A_PAGE).page(self.request.GET.get("cursor"))
        return super().get_context_data(
            page=page,
            item_count=self.object.items.count(),
            form=SignedMinutesForm() if may_attach else None,
            **kwargs,
        )


class MinutesView(ExaminationScopeMixin, ObjectPermissionMixin, DetailView):
    """The minutes as a PDF, to be printed and signed."""

    permission_required = "awards.view_nominations"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the file."""
        examination = self.get_object()
        log.record("nomination.minutes", actor=request.user, target=examination, unit=examination.unit)
        return as_pdf(papers.minutes(examination), f"bien-ban-{examination.pk}.pdf")


class AttachMinutesView(ExaminationScopeMixin, ActView):
    """Keep the signed minutes with every nomination that they cover."""

    permission_required = "awards.record_examination"
    form_class = SignedMinutesForm
    success_message = gettext_lazy("The signed minutes are kept with each of these nominations.")

    def act(self, obj: Examination, form: SignedMinutesForm) -> None:
        """Keep them."""
        covered = list(Nomination.objects.filter(votes__examination=obj).order_by("pk"))
        dossier.attach(covered, form.cleaned_data["file"], DossierPart.MINUTES, actor=self.request.user)

    def refused(self, obj: Examination, form: SignedMinutesForm, refusal: DomainError) -> HttpResponse:
        """Tell why as a message; the chosen file cannot be kept in a form."""
        messages.error(self.request, str(refusal))
        return redirect(obj)


def as_pdf(content: bytes, name: str) -> HttpResponse:
    """Return the answer that hands a PDF over."""
    answer = HttpResponse(content, content_type="application/pdf")
    answer["Content-Disposition"] = attachment(name)
    answer["Cache-Control"] = "private, no-store"
    return answer


def _of_one_body(rows: list[Nomination]) -> tuple[list[Nomination], list[Nomination]]:
    """Return the rows of the body that grants most of them, and the others."""
    if not rows:
        return [], []
    ((body, _number),) = Counter(row.granting_unit_id for row in rows).most_common(1)
    return (
        [row for row in rows if row.granting_unit_id == body],
        [row for row in rows if row.granting_unit_id != body],
    )
