"""The list of accounts, on the page and as a file; the log keeps who took it away."""

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _
from django.views.generic import ListView

from mobilization.accounts import exports
from mobilization.accounts.filters import AccountFilter
from mobilization.accounts.models import User
from mobilization.accounts.querysets import UserQuerySet
from mobilization.accounts.views.access import StaffRequiredMixin
from mobilization.audit.exporting import ExportMixin
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin


class AccountListView(StaffRequiredMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """The accounts one may see, by given name."""

    page_permission = "accounts.view_accounts"
    template_name = "accounts/list.html"
    filterset_class = AccountFilter
    keyset_order = ("sort_key", "pk")
    orders = {
        "name": Order(_("Name"), ("sort_key", "pk")),
        "email": Order(_("E-mail address"), ("email",)),
    }
    columns = {
        "email": _("E-mail address"),
        "positions": _("Positions in force"),
        "joined": _("Account since"),
        "last_login": _("Last signed in"),
        "state": _("Account"),
    }
    usual_columns = ("email", "positions", "state")
    export_act, export_name = "account.export", "accounts"

    def scoped(self) -> UserQuerySet:
        """Return the accounts in scope."""
        return User.objects.visible_to(self.request.user)

    def rows_of(self, found: UserQuerySet) -> UserQuerySet:
        """Return the accounts of a page with their positions in force."""
        return found.with_positions_in_force()

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.header()

    def export_rows(self, found: UserQuerySet) -> Iterator[list]:
        """Yield the rows of the file."""
        return exports.rows(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter and what is set in it."""
        return super().get_context_data(
            filter_form=self.filterset.form,
            may_invite=self.request.user.has_perm("accounts.invite_account"),
            words=self.request.GET.get("q", ""),
            **kwargs,
        )
