"""Pages of the accounts, and what every staff page of the portal stands on."""

from mobilization.accounts.views.access import PasswordAgainMixin, StaffRequiredMixin

__all__ = ["PasswordAgainMixin", "StaffRequiredMixin"]
