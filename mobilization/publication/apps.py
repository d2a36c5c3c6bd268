"""The app of decisions that wait to be announced."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublicationConfig(AppConfig):
    """Decide quietly, announce once."""

    name = "mobilization.publication"
    verbose_name = _("Announcements of decisions")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions, what the acts read like, the act on many registrations and the parts of its page."""
        from mobilization.publication import (  # noqa: PLC0415 -- they declare themselves
            acts,
            holding,  # noqa: F401
            panels,  # noqa: F401
            permissions,  # noqa: F401
        )
        from mobilization.publication.services import quiet_bulk  # noqa: F401, PLC0415 -- declares itself

        acts.register()
