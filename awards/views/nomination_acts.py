"""The acts on one nomination: each says what it does, and takes its words."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from awards.forms.judging import ApproveForm
from awards.forms.nominations import ReasonForm
from awards.models import Nomination
from awards.nominating import judging, proposing
from awards.views.nominations import NominationScopeMixin
from awards.warnings import warnings_of
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.errors import version_seen
from mobilization.core.forms import PortalForm, SeenVersionField
from mobilization.core.views import ActView


class SeenForm(PortalForm):
    """An act without words."""

    seen_version = SeenVersionField()


class SubmitView(StaffRequiredMixin, NominationScopeMixin, ActView):
    """Hand a nomination in."""

    permission_required = "awards.submit_nomination"
    form_class = SeenForm
    success_message = _("The nomination is submitted.")

    def act(self, obj: Nomination, form: SeenForm) -> None:
        """Submit it."""
        proposing.submit(obj, actor=self.request.user, seen_version=form.cleaned_data["seen_version"])


class WordedActView(StaffRequiredMixin, NominationScopeMixin, ActView):
    """An act that takes words: GET asks, POST acts; what is not right is shown again with what was typed."""

    http_method_names = ["get", "post"]
    template_name = "awards/nomination_act.html"
    form_class = ReasonForm
    title: Any = ""
    text: Any = ""
    action: Any = ""
    danger = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        row = self.get_object()
        return self.page(row, self.new_form(row, initial={"seen_version": row.version}))

    def get_form(self, obj: Nomination) -> PortalForm:
        """Return the bound form."""
        return self.new_form(obj, self.request.POST)

    def new_form(self, row: Nomination, *data: Any, **more: Any) -> PortalForm:
        """Return the form of the act."""
        return self.form_class(*data, **more)

    def form_invalid(self, obj: Nomination, form: PortalForm) -> HttpResponse:
        """Ask again."""
        return self.page(obj, form, 422)

    def page(self, row: Nomination, form: PortalForm, status: int = 200) -> HttpResponse:
        """Render the page that asks."""
        context = {
            "nomination": row,
            "form": form,
            "title": self.title,
            "text": self.text,
            "action": self.action,
            "danger": self.danger,
            "warnings": self.warnings(row),
        }
        return render(self.request, self.template_name, context, status=status)

    def warnings(self, row: Nomination) -> list[Any]:
        """Return what is told before the act."""
        return []


class ReasonedActView(WordedActView):
    """An act whose words are its reason: ``transition`` is called with it."""

    transition: Callable[..., Nomination]

    def act(self, obj: Nomination, form: ReasonForm) -> None:
        """Do it."""
        words = form.cleaned_data
        seen = version_seen(words["seen_version"])
        self.transition(obj, actor=self.request.user, reason=words["reason"], seen_version=seen)


class ReturnView(ReasonedActView):
    """Send a nomination back."""

    permission_required = "awards.return_nomination"
    title, action = _("Return for completion"), _("Return for completion")
    text = _("Goes back to whoever proposed it, with the reason; votes no longer count.")
    success_message = _("The nomination is returned.")
    transition = staticmethod(judging.return_)


class DeclineView(ReasonedActView):
    """Decline a nomination."""

    permission_required = "awards.decline_nomination"
    title, action, danger = _("Decline the nomination"), _("Decline"), True
    text = _("Nothing comes of this nomination; whoever submitted it reads the reason.")
    success_message = _("The nomination is declined.")
    transition = staticmethod(judging.decline)


class WithdrawView(ReasonedActView):
    """Take a nomination back."""

    permission_required = "awards.withdraw_nomination"
    title, action, danger = _("Withdraw the nomination"), _("Withdraw"), True
    text = _("It stays on record as withdrawn; the same can be proposed again.")
    success_message = _("The nomination is withdrawn.")
    transition = staticmethod(proposing.withdraw)


class ApproveView(WordedActView):
    """Approve a nomination; each warning is taken note of in words, one that blocks blocks."""

    permission_required = "awards.approve_nomination"
    title, action = _("Approve the nomination"), _("Approve")
    text = _("An approved nomination can be put into a decision.")
    success_message = _("The nomination is approved.")

    def warnings(self, row: Nomination) -> list[Any]:
        """Return what stands against it."""
        return warnings_of([row])[row.pk]

    def new_form(self, row: Nomination, *data: Any, **more: Any) -> ApproveForm:
        """Ask for words about each warning."""
        about = {str(told.code): [told.sentence] for told in self.warnings(row) if not told.blocks}
        return ApproveForm(*data, about=about, **more)

    def act(self, obj: Nomination, form: ApproveForm) -> None:
        """Approve it."""
        seen = version_seen(form.cleaned_data["seen_version"])
        judging.approve(obj, actor=self.request.user, words=form.words(), seen_version=seen)
