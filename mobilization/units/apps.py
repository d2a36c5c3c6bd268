from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UnitsConfig(AppConfig):
    name = "mobilization.units"
    label = "units"
    verbose_name = _("Units")

    def ready(self) -> None:
        from mobilization.units import acts  # noqa: PLC0415 -- the log's app is ready only now

        acts.register()
