"""Forms that were sent: what makes a double click one act."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Sending(models.Model):
    """One form that one person sent once, and where that led; kept as long as the page may lie open."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="sendings", verbose_name=_("account")
    )
    token = models.UUIDField(_("token"))
    """Made with the page that showed the form."""
    url = models.CharField(_("leads to"), max_length=500, blank=True)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)

    class Meta:
        verbose_name = _("form that was sent")
        verbose_name_plural = _("forms that were sent")
        constraints = [models.UniqueConstraint(fields=["person", "token"], name="accounts_sending_once")]

    def __str__(self) -> str:
        return f"{self.person}: {self.token}"
