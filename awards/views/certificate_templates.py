"""The templates of certificates: list, editing, and a sample as PDF."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, ListView, UpdateView, View

from awards.certificates import templating
from awards.forms.certificate_templates import CertificateTemplateForm
from awards.models import AwardForm, CertificateTemplate
from awards.states import Variant
from awards.views.drafts import RefusableFormMixin
from awards.views.papers import pdf
from mobilization.accounts.views import SentOnceMixin, StaffRequiredMixin


class TemplateListView(StaffRequiredMixin, ListView):
    """All templates, each with the form that it is for."""

    model = CertificateTemplate
    template_name = "awards/templates.html"
    page_permission = "awards.view_templates"

    def get_context_data(self, **kwargs):
        """Add the words of the forms and what the user may do."""
        forms = dict(AwardForm.objects.order_by("valid_from").values_list("code", "name"))
        bodies = dict(AwardForm.objects.order_by("valid_from").values_list("code", "body"))
        for template in self.object_list:
            code = template.form_code
            template.form_words = f"{forms[code]} – {bodies[code]}" if code in forms else code
        return super().get_context_data(
            may_change=self.request.user.has_perm("awards.change_templates"),
            today=timezone.localdate(),
            **kwargs,
        )


class TemplateFormMixin(StaffRequiredMixin, RefusableFormMixin):
    """The form of a template."""

    model = CertificateTemplate
    form_class = CertificateTemplateForm
    template_name = "awards/template_form.html"
    page_permission = "awards.change_templates"
    success_message = gettext_lazy("The template is saved.")

    def save(self, form: CertificateTemplateForm) -> CertificateTemplate:
        """Save it."""
        return templating.save(
            form.instance, actor=self.request.user, seen_version=form.cleaned_data["seen_version"]
        )


class TemplateCreateView(SentOnceMixin, TemplateFormMixin, CreateView):
    """A new template, beginning with the portal's own looks."""


class TemplateUpdateView(TemplateFormMixin, UpdateView):
    """Change a template."""


class TemplateSampleView(StaffRequiredMixin, View):
    """A certificate as a template sets it; ``0`` is the portal's own looks."""

    http_method_names = ["get"]
    page_permission = "awards.view_templates"

    def get(self, request: HttpRequest, pk: int, variant: str) -> HttpResponse:
        """Answer the PDF."""
        if variant not in Variant.values:
            raise Http404
        template = get_object_or_404(CertificateTemplate, pk=pk) if pk else CertificateTemplate()
        return pdf(templating.sample(template, variant), f"sample-{pk}-{variant}.pdf")
