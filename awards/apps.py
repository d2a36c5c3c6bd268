"""The app of awards: catalogue, decisions, and the loading of old registers."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AwardsConfig(AppConfig):
    """Registers the rules of this app with the policy backend."""

    name = "awards"
    verbose_name = _("Awards")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Load the predicates, so that ``user.has_perm`` knows them, and tell the log what the acts read like."""
        from awards import acts, panels, permissions, proposing_many  # noqa: F401, PLC0415 -- they declare themselves
        from awards.certificates import acts as certificates  # noqa: PLC0415 -- as above

        acts.register()
        certificates.register()
