"""The app of fair review."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AppraisalConfig(AppConfig):
    """Declarations, score sheets, notes, surveys on site, and sessions of the council."""

    name = "mobilization.appraisal"
    verbose_name = _("Appraisal")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions, what the acts read like, and what stands on a registration's page, and what waits."""
        from mobilization.appraisal import (  # noqa: PLC0415 -- they declare themselves
            acts,
            holding,  # noqa: F401
            notices,  # noqa: F401
            panels,  # noqa: F401
            permissions,  # noqa: F401
        )

        acts.register()
