from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DemonstrationConfig(AppConfig):
    name = "mobilization.demonstration"
    label = "demonstration"
    verbose_name = _("Demonstration data")

    def ready(self) -> None:
        from mobilization.demonstration import acts  # noqa: PLC0415 -- the log's app is ready only now

        acts.register()
