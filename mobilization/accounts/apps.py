from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mobilization.accounts"
    label = "accounts"
    verbose_name = _("Accounts and positions")

    def ready(self) -> None:
        from mobilization.accounts import permissions  # noqa: F401, PLC0415 -- registers the rules once apps are loaded
