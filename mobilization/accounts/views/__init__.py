"""Pages of the accounts, and what every staff page of the portal stands on."""

from mobilization.accounts.views.access import PasswordAgainMixin, StaffRequiredMixin
from mobilization.accounts.views.sending import SentOnceMixin

__all__ = ["PasswordAgainMixin", "SentOnceMixin", "StaffRequiredMixin"]
