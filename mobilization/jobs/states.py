"""The life of a job."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    """Where a job stands."""

    QUEUED = "queued", _("Waiting")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    LOST = "lost", _("Lost")

    @classmethod
    def open(cls) -> tuple["State", ...]:
        """States in which a job still has work before it."""
        return (cls.QUEUED, cls.RUNNING)

    @classmethod
    def unsuccessful(cls) -> tuple["State", ...]:
        """States in which a job ended without its work being done."""
        return (cls.FAILED, cls.LOST)
