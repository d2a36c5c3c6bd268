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
        from mobilization.accounts import at_hand  # noqa: PLC0415 -- models are ready only now
        from mobilization.messaging import acts, context_processors, permissions  # noqa: F401, PLC0415 -- as above

        autodiscover_modules("notices")
        acts.register()
        at_hand.want(context_processors.UNREAD, context_processors.wanted)
