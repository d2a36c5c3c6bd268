"""Preparing a decision: the draft, and its awards, which approved nominations have brought into it."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, UpdateView, View

from awards import services
from awards.forms import AwardEntryForm, DecisionForm, NewDecisionForm, SeenVersionForm
from awards.models import Award, Decision
from mobilization.accounts.views import SentOnceMixin, StaffRequiredMixin
from mobilization.core.errors import Conflict, DomainError, version_seen
from mobilization.core.forms import VietnameseDateField
from mobilization.core.views import ActView, ObjectPermissionMixin, add_refusal, seen_in


class RefusableFormMixin:
    """Saves through a service; its refusal goes into the form, and what was typed stays."""

    success_message = ""

    def save(self, form):
        """Call the service; may raise ``DomainError``."""
        raise NotImplementedError

    def form_valid(self, form) -> HttpResponse:
        """Save, tell, lead on."""
        try:
            url, is_first = self.write_once(lambda: self.get_saved_url(self.save(form)))
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        if is_first:
            messages.success(self.request, self.success_message)
        return redirect(url)

    def write_once(self, write) -> tuple[str, bool]:
        """Call ``write``, which returns where to go on; pages that make a record call it once for each page shown."""
        return write(), True

    def get_saved_url(self, saved) -> str:
        """Return where the user goes on."""
        return saved.get_absolute_url()


class DecisionCreateView(SentOnceMixin, StaffRequiredMixin, RefusableFormMixin, CreateView):
    """A new draft."""

    template_name = "awards/decision_form.html"
    page_permission = "awards.draft_decision"
    form_class = NewDecisionForm
    success_message = gettext_lazy("The draft is saved. Put approved nominations into it now.")

    def get_form_kwargs(self):
        """Offer the units of the day in the address (``?on=``), for decisions of the past."""
        return super().get_form_kwargs() | {"user": self.request.user, "on": self._day()}

    def get_context_data(self, **kwargs):
        """Add the day whose units are offered."""
        return super().get_context_data(on=self._day(), **kwargs)

    def save(self, form) -> Decision:
        """Make the draft."""
        return services.draft(form.instance, actor=self.request.user)

    def _day(self):
        try:
            return VietnameseDateField(required=False).clean(self.request.GET.get("on", ""))
        except Exception:  # noqa: BLE001 -- any unreadable day in the address means today
            return None


class DecisionUpdateView(StaffRequiredMixin, ObjectPermissionMixin, RefusableFormMixin, UpdateView):
    """The fields of a draft."""

    template_name = "awards/decision_form.html"
    permission_required = "awards.change_decision"
    form_class = DecisionForm
    success_message = gettext_lazy("The draft is saved.")

    def get_queryset(self):
        """Return the user's scope."""
        return Decision.objects.visible_to(self.request.user).select_related("unit")

    def save(self, form) -> Decision:
        """Save the change."""
        return services.change_draft(
            form.instance, actor=self.request.user, seen_version=form.cleaned_data["seen_version"]
        )


class DraftMixin:
    """Finds the draft in the address, or answers 404; stands after ``StaffRequiredMixin``."""

    def dispatch(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Fetch the draft that the user may change."""
        visible = Decision.objects.visible_to(request.user).select_related("unit")
        self.decision = get_object_or_404(visible, pk=kwargs["pk"])
        if not request.user.has_perm("awards.change_decision", self.decision):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class AwardUpdateView(StaffRequiredMixin, DraftMixin, RefusableFormMixin, UpdateView):
    """Mend an award of a draft."""

    model = Award
    form_class = AwardEntryForm
    template_name = "awards/award_form.html"
    pk_url_kwarg = "award_pk"
    success_message = gettext_lazy("The award is saved.")

    def get_queryset(self):
        """Return the draft's own awards."""
        return self.decision.awards.select_related("decision__unit", "corrects", "registration__model")

    def get_form_kwargs(self):
        """Hand over who asks: models are looked up in the user's scope."""
        return super().get_form_kwargs() | {"user": self.request.user}

    def get_context_data(self, **kwargs):
        """Add the decision."""
        return super().get_context_data(decision=self.decision, **kwargs)

    def save(self, form) -> Award:
        """Save the award; of two who change the draft, the second is told, and may save over it on purpose."""
        try:
            seen = version_seen(form.cleaned_data["seen_version"])
            return services.change_award(form.instance, actor=self.request.user, seen_version=seen)
        except Conflict:
            form.look_again()
            raise

    def get_saved_url(self, saved: Award) -> str:
        """Return to the decision."""
        return self.decision.get_absolute_url()


class AwardRemoveView(StaffRequiredMixin, DraftMixin, View):
    """Take an award out of a draft."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, pk: int, award_pk: int) -> HttpResponse:
        """Remove it and say so."""
        award = get_object_or_404(self.decision.awards.select_related("unit"), pk=award_pk)
        try:
            seen = version_seen(seen_in(request.POST))
            services.remove_award(award, actor=request.user, seen_version=seen)
        except DomainError as refusal:
            messages.error(request, str(refusal))
        else:
            messages.success(
                request, _("The award to %(name)s is taken out.") % {"name": award.recipient_name}
            )
        return redirect(self.decision.get_absolute_url())


class DiscardView(StaffRequiredMixin, ActView):
    """Delete a draft, after asking once more."""

    http_method_names = ["get", "post"]
    permission_required = "awards.change_decision"
    form_class = SeenVersionForm
    success_message = gettext_lazy("The draft is deleted.")

    def get_queryset(self):
        """Return the user's scope."""
        return Decision.objects.visible_to(self.request.user).select_related("unit")

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Say what would be deleted."""
        decision = self.get_object()
        form = SeenVersionForm(initial={"seen_version": decision.version})
        return render(request, "awards/discard.html", {"decision": decision, "form": form})

    def act(self, obj: Decision, form) -> None:
        """Delete it."""
        services.discard(obj, actor=self.request.user, seen_version=form.cleaned_data["seen_version"])

    def get_success_url(self, obj: Decision, result) -> str:
        """Return to the list, or to the draft that was not deleted."""
        return reverse("awards:list") if obj.pk is None or not self._there(obj) else obj.get_absolute_url()

    @staticmethod
    def _there(obj: Decision) -> bool:
        return Decision.objects.filter(pk=obj.pk).exists()
