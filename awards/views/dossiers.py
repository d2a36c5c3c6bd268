"""The papers of a dossier: drafts to be printed, signed files kept, handed over, taken out."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from awards import dossier, papers
from awards.forms.judging import PaperForm
from awards.models import DossierFile, Nomination
from awards.states import DossierPart, NominationState
from awards.views.examinations import as_pdf
from awards.views.nomination_bulk import back_to, chosen
from awards.views.nominations import NominationScopeMixin
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit import log
from mobilization.core.views import ActView, ObjectPermissionMixin

LETTER_MOST = 5_000
"""So many lines of its annex are set while one waits; some five seconds."""


class OwnDossierMixin(StaffRequiredMixin, NominationScopeMixin):
    """The nomination of the address, of those to whose dossier the user adds."""

    permission_required = "awards.attach_paper"

    def get_queryset(self) -> QuerySet:
        """Leave out what was withdrawn: nothing is added to it."""
        return super().get_queryset().exclude(state=NominationState.WITHDRAWN)


class AttachView(OwnDossierMixin, ActView):
    """Keep a signed paper with a nomination."""

    form_class = PaperForm
    success_message = _("The paper is kept.")

    def act(self, obj: Nomination, form: PaperForm) -> None:
        """Keep it."""
        dossier.attach([obj], form.cleaned_data["file"], form.cleaned_data["part"], actor=self.request.user)

    def refused(self, obj: Nomination, form: PaperForm, refusal) -> HttpResponse:
        """Tell why as a message; the chosen file cannot be kept in a form."""
        messages.error(self.request, str(refusal))
        return redirect(self.get_success_url(obj, None))

    def get_success_url(self, obj: Nomination, result: Any) -> str:
        """Go back to the dossier."""
        return f"{obj.get_absolute_url()}#dossier"


class DetachView(OwnDossierMixin, ActView):
    """Take a paper out of the dossier of one nomination."""

    success_message = _("The paper is taken out.")

    def act(self, obj: Nomination, form: None) -> None:
        """Take it out."""
        paper = get_object_or_404(obj.files, pk=self.kwargs["paper_pk"])
        dossier.detach(paper, obj, actor=self.request.user)

    def get_success_url(self, obj: Nomination, result: Any) -> str:
        """Go back to the dossier."""
        return f"{obj.get_absolute_url()}#dossier"


class PaperView(StaffRequiredMixin, View):
    """Hand a paper over to whoever reads one of the nominations that it covers."""

    page_permission = "awards.view_nominations"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Answer the file as an attachment."""
        return get_object_or_404(DossierFile.objects.visible_to(request.user), pk=pk).as_attachment()


class DraftPaperView(StaffRequiredMixin, NominationScopeMixin, ObjectPermissionMixin, View):
    """The draft of one paper of a nomination as PDF."""

    permission_required = "awards.view_nominations"

    def get(self, request: HttpRequest, pk: int, part: str) -> HttpResponse:
        """Answer letter or report; the minutes belong to their examination."""
        row = self.get_object()
        if part == DossierPart.PROPOSAL:
            content, name = papers.letter([row]), "to-trinh"
        elif part == DossierPart.REPORT:
            content, name = papers.report(row), "bao-cao-thanh-tich"
        elif part == DossierPart.MINUTES and row.vote_id:
            content, name = papers.minutes(row.vote.examination), "bien-ban"
        else:
            raise Http404
        data = {"part": part}
        log.record("nomination.paper", actor=request.user, target=row, unit=row.unit, data=data)
        return as_pdf(content, f"{name}-{row.pk}.pdf")


class LetterView(StaffRequiredMixin, View):
    """One submission letter for many chosen nominations, with the list of recipients as its annex."""

    page_permission = "awards.prepare_nominations"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the file, or lead back where none is chosen."""
        rows = list(chosen(request, request.GET)[: LETTER_MOST + 1])
        if not rows:
            messages.warning(request, gettext("Tick at least one row, or choose all rows of the filter."))
            return redirect(back_to(request.GET.get("q", "")))
        if len(rows) > LETTER_MOST:
            most = gettext("At most %(most)d at once. Please narrow the filter.")
            messages.warning(request, most % {"most": LETTER_MOST})
            return redirect(back_to(request.GET.get("q", "")))
        data = {"part": DossierPart.PROPOSAL.value, "nominations": len(rows)}
        log.record("nomination.paper", actor=request.user, target=None, unit=rows[0].unit, data=data)
        return as_pdf(papers.letter(rows), "to-trinh.pdf")
