"""The papers of a decision: its text, its certificates, one by one and all in one file."""

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from awards.certificates import files, printing
from awards.models import Award, Decision
from awards.states import Variant
from awards.views.acts import InScopeMixin
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit import log
from mobilization.core.views import ActView, ObjectPermissionMixin


class PaperView(StaffRequiredMixin, InScopeMixin, ObjectPermissionMixin, View):
    """A PDF of the decision in the address."""

    http_method_names = ["get"]

    def get(self, request: HttpRequest, **kwargs) -> HttpResponseBase:
        """Answer the file."""
        self.object = self.get_object()
        return self.answer(self.object, **kwargs)

    def answer(self, decision: Decision, **kwargs) -> HttpResponseBase:
        """Return the file."""
        raise NotImplementedError


class DecisionTextView(PaperView):
    """The text of the decision with its annex list; drafts say that they are."""

    permission_required = "awards.view_decisions"

    def answer(self, decision: Decision, **kwargs) -> HttpResponse:
        """Return the PDF."""
        return pdf(printing.decision_pdf(decision), f"decision-{decision.pk}.pdf")


class CertificateView(PaperView):
    """The certificate of one award; of a draft it is a preview, marked as such."""

    permission_required = "awards.view_decisions"

    def answer(self, decision: Decision, *, award_pk: int, variant: str, **kwargs) -> HttpResponse:
        """Return the PDF; the log names who took it."""
        may = "awards.preview_certificates" if decision.is_draft else "awards.print_certificates"
        if variant not in Variant.values or not self.request.user.has_perm(may, decision):
            raise Http404
        award = get_object_or_404(Award.objects.select_related("unit"), decision=decision, pk=award_pk)
        if not decision.is_draft:
            data = {"variant": variant}
            log.record("certificate.print", actor=self.request.user, target=award, unit=award.unit, data=data)
        return pdf(printing.one(award, variant), f"certificate-{award.pk}-{variant}.pdf")


class CertificatesFileView(PaperView):
    """The file of all certificates, as the job has made it."""

    permission_required = "awards.print_certificates"

    def answer(self, decision: Decision, *, variant: str, **kwargs) -> HttpResponseBase:
        """Return the file; the log names who took it."""
        kept = get_object_or_404(decision.certificate_files, variant=variant)
        if not kept.file.storage.exists(kept.file.name):
            raise Http404
        log.record(
            "certificate.download",
            actor=self.request.user,
            target=decision,
            unit=decision.unit,
            data={"variant": variant, "certificates": kept.certificates},
        )
        return kept.as_attachment()


class CertificatesMakeView(StaffRequiredMixin, InScopeMixin, ActView):
    """Ask for the file of all certificates."""

    permission_required = "awards.print_certificates"
    success_message = _("The certificates are being made. You may leave this page.")

    def act(self, obj: Decision, form):
        """Start the job, or find the one that is open."""
        variant = self.kwargs["variant"]
        if variant not in Variant.values:
            raise Http404
        return files.ask(obj, variant, actor=self.request.user)

    def get_success_url(self, obj: Decision, result) -> str:
        """Show how far it is."""
        return (result or obj).get_absolute_url()


def pdf(content: bytes, name: str) -> HttpResponse:
    """Return the answer that shows a PDF; nobody between keeps it."""
    response = HttpResponse(content, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
