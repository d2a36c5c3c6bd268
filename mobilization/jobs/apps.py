from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class JobsConfig(AppConfig):
    name = "mobilization.jobs"
    label = "jobs"
    verbose_name = _("Jobs")

    def ready(self) -> None:
        """Every process knows every kind of job: the web process names them, the worker does them."""
        from mobilization.jobs import acts  # noqa: PLC0415 -- the log's app is ready only now

        autodiscover_modules("tasks")
        acts.register()
