"""One account: its page, and what an administrator does to it."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, FormView

from mobilization.accounts import services, transitions
from mobilization.accounts.forms import AccountForm, InvitationForm
from mobilization.accounts.models import User
from mobilization.accounts.querysets import UserQuerySet
from mobilization.accounts.timeline import timeline_of
from mobilization.accounts.views.access import PasswordAgainMixin, StaffRequiredMixin
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.views import ActView, ObjectPermissionMixin, add_refusal


class AccountMixin(StaffRequiredMixin):
    """An account that one may see."""

    context_object_name = "account"

    def get_queryset(self) -> UserQuerySet:
        """Return the accounts in scope."""
        return User.objects.visible_to(self.request.user)


class AccountDetailView(AccountMixin, ObjectPermissionMixin, DetailView):
    """Positions over time, and everything that was done to the account."""

    page_permission = permission_required = "accounts.view_accounts"
    template_name = "accounts/detail.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the page; that somebody read what is known of a colleague is logged."""
        response = super().get(request, *args, **kwargs)
        if self.object != request.user:
            log.record("account.read", actor=request.user, target=self.object)
        return response

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add positions, timeline and what the reader may do."""
        may = self.request.user.has_perm
        return super().get_context_data(
            positions=self.object.positions.select_related("unit"),
            steps=timeline_of(self.object),
            has_second_factor=transitions.has_second_factor(self.object),
            may_change=may("accounts.change_account", self.object),
            may_deactivate=may("accounts.deactivate_account", self.object),
            may_grant=may("accounts.grant_position", self.object),
            crumbs=[(_("Accounts"), reverse("accounts:list"))],
            **kwargs,
        )


class RefusableFormView(FormView):
    """A form whose act may be refused by the domain; what was typed stays."""

    success_message = ""

    def act(self, form) -> Any:
        """Carry out the act on valid input; may raise ``DomainError``."""
        raise NotImplementedError

    def form_valid(self, form) -> HttpResponse:
        """Act; a refusal is shown in the form."""
        try:
            result = self.act(form)
        except DomainError as refused:
            add_refusal(form, refused)
            return self.form_invalid(form)
        if self.success_message:
            messages.success(self.request, self.success_message)
        return redirect(self.get_success_url(result))


class ObjectFormView(ObjectPermissionMixin, RefusableFormView):
    """A form about one object."""

    @cached_property
    def object(self) -> Model:
        """Return the object, or raise ``Http404``; fetched once."""
        return self.get_object()


class InviteView(StaffRequiredMixin, PasswordAgainMixin, RefusableFormView):
    """A new person: account, first position, invitation."""

    page_permission = "accounts.invite_account"
    template_name = "accounts/form.html"
    form_class = InvitationForm
    success_message = gettext_lazy("The account is made; the invitation goes out by e-mail.")

    def act(self, form: InvitationForm) -> User:
        """Invite."""
        return services.invite(**form.cleaned_data, actor=self.request.user)

    def get_success_url(self, user: User) -> str:
        """Lead to the new account."""
        return user.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the page."""
        return super().get_context_data(
            title=_("Invite a person"),
            lead=_(
                "The person gets a link by e-mail, sets a password and works at once. The link works once."
            ),
            action=_("Send the invitation"),
            post_url=reverse("accounts:invite"),
            cancel_url=reverse("accounts:list"),
            crumbs=[(_("Accounts"), reverse("accounts:list"))],
            **kwargs,
        )


class AccountEditView(AccountMixin, PasswordAgainMixin, ObjectFormView):
    """Name, address and language of an account."""

    page_permission = permission_required = "accounts.change_account"
    template_name = "accounts/form.html"
    form_class = AccountForm
    success_message = gettext_lazy("The account is saved.")

    def get_form_kwargs(self) -> dict[str, Any]:
        """Fill the form with the account."""
        return {**super().get_form_kwargs(), "user": self.object}

    def act(self, form: AccountForm) -> User:
        """Save."""
        return transitions.change_account(self.object, **form.cleaned_data, actor=self.request.user)

    def get_success_url(self, user: User) -> str:
        """Lead back to the account."""
        return user.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the page."""
        return super().get_context_data(
            title=_("Change the account"),
            action=_("Save"),
            post_url=reverse("accounts:edit", args=[self.object.pk]),
            cancel_url=self.object.get_absolute_url(),
            crumbs=[
                (_("Accounts"), reverse("accounts:list")),
                (self.object.full_name, self.object.get_absolute_url()),
            ],
            **kwargs,
        )


class AccountActView(AccountMixin, PasswordAgainMixin, ActView):
    """An act on an account by POST."""

    page_permission = permission_required = "accounts.change_account"


class InviteAgainView(AccountActView):
    """A new link instead of the old one."""

    success_message = gettext_lazy("A new invitation goes out; the earlier link is worthless now.")

    def act(self, obj: User, form: None) -> User:
        """Invite again."""
        return services.invite_again(obj, actor=self.request.user)


class DeactivateView(AccountActView):
    """Close an account."""

    page_permission = permission_required = "accounts.deactivate_account"
    success_message = gettext_lazy("The account is closed. It can be opened again at any time.")

    def act(self, obj: User, form: None) -> User:
        """Close."""
        return transitions.deactivate(obj, actor=self.request.user)


class ReactivateView(AccountActView):
    """Open a closed account."""

    success_message = gettext_lazy("The account is open again.")

    def act(self, obj: User, form: None) -> User:
        """Open."""
        return transitions.reactivate(obj, actor=self.request.user)


class ResetSecondFactorView(AccountActView):
    """Take away a lost second factor."""

    page_permission = permission_required = "accounts.deactivate_account"
    success_message = gettext_lazy(
        "The second factor is gone; the person sets up a new one at the next sign-in."
    )

    def act(self, obj: User, form: None) -> int:
        """Take away."""
        return transitions.reset_second_factor(obj, actor=self.request.user)
