"""The app of the dialogue conferences and of the opinions raised there."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DialoguesConfig(AppConfig):
    """Dialogues, their opinions and the yearly duty to hold them."""

    name = "dialogues"
    verbose_name = _("Dialogues")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Register the permissions of this app, and what its acts read like."""
        from dialogues import acts, permissions  # noqa: F401, PLC0415 -- rules are registered when they are imported

        acts.register()
