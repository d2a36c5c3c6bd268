"""The app of decisions that wait to be announced."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """Decide quietly, announce once."""

    name = "mobilization.publication"
    verbose_name = _("Announcements of decisions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions of this app, what its acts read like, and its act on many registrations."""
        from mobilization.publication import acts, permissions  # noqa: F401, PLC0415 -- rules register on import
        from mobilization.publication.services import quiet_bulk  # noqa: F401, PLC0415 -- declares itself

        acts.register()
