"""The list of accounts, on the page and as a file."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.generic import ListView, View

from mobilization.accounts.exports import accounts_csv
from mobilization.accounts.filters import AccountFilter
from mobilization.accounts.models import User
from mobilization.accounts.querysets import UserQuerySet
from mobilization.accounts.views.access import StaffRequiredMixin
from mobilization.audit import log
from mobilization.core.lists import StaffListMixin
from mobilization.core.views import FilteredMixin


class FilteredAccounts(StaffRequiredMixin, FilteredMixin):
    """The accounts one may see, filtered as the address says."""

    page_permission = "accounts.view_accounts"
    filterset_class = AccountFilter

    def scoped(self) -> UserQuerySet:
        """Return the accounts in scope."""
        return User.objects.visible_to(self.request.user)


class AccountListView(FilteredAccounts, StaffListMixin, ListView):
    """All accounts, by given name."""

    template_name = "accounts/list.html"
    keyset_order = ("sort_key", "pk")

    def get_queryset(self) -> UserQuerySet:
        """Return the filtered accounts with their positions in force."""
        return super().get_queryset().with_positions_in_force()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter and what is set in it."""
        return super().get_context_data(
            filter_form=self.filterset.form,
            may_invite=self.request.user.has_perm("accounts.invite_account"),
            words=self.request.GET.get("q", ""),
            **kwargs,
        )


class AccountExportView(FilteredAccounts, View):
    """All filtered accounts as CSV; the log keeps who took them away."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Answer the file."""
        log.record("account.export", actor=request.user, target=None, data={"filters": self.filters_set()})
        return accounts_csv(self.get_queryset())
