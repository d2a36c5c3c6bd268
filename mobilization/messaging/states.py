"""How a message reaches somebody, and where one that leaves the portal stands."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Way(models.TextChoices):
    """How one message reaches its reader. It always stands in the portal as well."""

    AT_ONCE = "at_once", _("At once")
    DIGEST = "digest", _("In the daily e-mail")
    PORTAL = "portal", _("Only in the portal")


class State(models.TextChoices):
    """Where a delivery stands."""

    QUEUED = "queued", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Failed, will be tried again")
    GIVEN_UP = "given_up", _("Given up")

    @classmethod
    def open(cls) -> tuple["State", ...]:
        """States in which a delivery is still tried by itself."""
        return (cls.QUEUED, cls.FAILED)

    @classmethod
    def troubled(cls) -> tuple["State", ...]:
        """States that an administrator looks after."""
        return (cls.FAILED, cls.GIVEN_UP)
