"""The app of the campaigns, the models and their yearly registrations."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ModelsRegistryConfig(AppConfig):
    """Campaigns, skilled models, registrations and their review."""

    name = "models_registry"
    verbose_name = _("Skilled models")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions of this app, and what its acts read like."""
        from models_registry import acts, permissions  # noqa: F401, PLC0415 -- rules register when they are imported

        acts.register()
