from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class StatisticsConfig(AppConfig):
    name = "mobilization.statistics"
    label = "statistics"
    verbose_name = _("Statistics")

    def ready(self) -> None:
        import_module("mobilization.statistics.permissions")
        import_module("mobilization.statistics.notices")
        import_module("mobilization.statistics.panels")
        import_module("mobilization.statistics.acts").register()
