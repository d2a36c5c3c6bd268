from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DeskConfig(AppConfig):
    name = "mobilization.desk"
    label = "desk"
    verbose_name = _("Staff desk")

    def ready(self) -> None:
        import_module("mobilization.desk.notices")
