from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "mobilization.accounts"
    label = "accounts"
    verbose_name = _("Accounts and positions")

    def ready(self) -> None:
        from mobilization.accounts import acts, permissions  # noqa: F401, PLC0415 -- the rules register themselves
        from mobilization.accounts.services import own_lists  # noqa: PLC0415 -- models are ready only now
        from mobilization.core import lists  # noqa: PLC0415

        acts.register()
        lists.keep_with(own_lists.kept)
