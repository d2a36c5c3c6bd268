"""Positions: given and ended."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.accounts import transitions
from mobilization.accounts.forms import EndPositionForm, PositionForm
from mobilization.accounts.models import Position, User
from mobilization.accounts.querysets import PositionQuerySet
from mobilization.accounts.views.access import PasswordAgainMixin, StaffRequiredMixin
from mobilization.accounts.views.accounts import AccountMixin, ObjectFormView


class PositionGrantView(AccountMixin, PasswordAgainMixin, ObjectFormView):
    """One more position for an account."""

    page_permission = permission_required = "accounts.grant_position"
    template_name = "accounts/form.html"
    form_class = PositionForm
    success_message = gettext_lazy("The position is given.")

    def act(self, form: PositionForm) -> Position:
        """Give it."""
        return transitions.grant_position(self.object, **form.cleaned_data, actor=self.request.user)

    def get_success_url(self, _position: Position) -> str:
        """Lead back to the account."""
        return self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the page."""
        return super().get_context_data(
            title=_("Give a position"),
            lead=self.object.full_name,
            action=_("Give the position"),
            post_url=reverse("accounts:grant", args=[self.object.pk]),
            cancel_url=self.object.get_absolute_url(),
            crumbs=_crumbs(self.object),
            **kwargs,
        )


class PositionEndView(StaffRequiredMixin, PasswordAgainMixin, ObjectFormView):
    """The end of a position, asked once more."""

    page_permission = permission_required = "accounts.end_position"
    template_name = "accounts/end_position.html"
    form_class = EndPositionForm
    success_message = gettext_lazy("The end of the position is set.")

    def get_queryset(self) -> PositionQuerySet:
        """Return the positions of the accounts in scope."""
        accounts = User.objects.visible_to(self.request.user)
        return Position.objects.filter(user__in=accounts).select_related("user", "unit")

    def act(self, form: EndPositionForm) -> Position:
        """End it."""
        return transitions.end_position(self.object, on=form.cleaned_data["on"], actor=self.request.user)

    def get_success_url(self, position: Position) -> str:
        """Lead back to the account."""
        return position.user.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the position and its person."""
        return super().get_context_data(
            position=self.object,
            text=_("%(person)s will no longer be able to work as %(role)s at %(unit)s.")
            % {
                "person": self.object.user.full_name,
                "role": self.object.get_role_display(),
                "unit": self.object.unit.full_name,
            },
            post_url=reverse("accounts:end_position", args=[self.object.pk]),
            crumbs=_crumbs(self.object.user),
            **kwargs,
        )


def _crumbs(user: User) -> list[tuple[str, str]]:
    return [(_("Accounts"), reverse("accounts:list")), (user.full_name, user.get_absolute_url())]
