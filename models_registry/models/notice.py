"""What was sent at once by e-mail, so that a task that runs twice sends once."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from models_registry.models.review import ReviewStep


class SentNotice(models.Model):
    """One person was told of one step."""

    step = models.ForeignKey(ReviewStep, models.PROTECT, related_name="notices")
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(name="registry_notice_once", fields=["step", "recipient"])]

    def __str__(self) -> str:
        return f"{self.recipient}: {self.step}"
