from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class MessagingConfig(AppConfig):
    """Messages to people, what waits for them, and the outbox."""

    name = "mobilization.messaging"
    label = "messaging"
    verbose_name = _("Messages")

    def ready(self) -> None:
        """Every process knows every kind of message and of to-do: apps declare theirs in ``notices.py``."""
        from mobilization.messaging import acts, permissions  # noqa: F401, PLC0415 -- rules register on import

        autodiscover_modules("notices")
        acts.register()
