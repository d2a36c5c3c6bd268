"""What somebody is typing at this moment, kept as it was typed: half a date, a number with a slip, anything."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from models_registry.models.registration import Registration

MAX_WORKING_COPY = 400_000
"""Characters; a form filled to its limits holds fewer."""


class WorkingCopy(models.Model):
    """One person's unsaved typing in one step of a form; written every few seconds, gone once it is saved.

    It is no version of the registration: nobody reviews it, nothing counts it. Without a registration it belongs to
    a form whose draft is not made yet.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("person")
    )
    registration = models.ForeignKey(
        Registration, models.CASCADE, null=True, related_name="working_copies", verbose_name=_("registration")
    )
    step = models.CharField(_("step"), max_length=20)
    typed = models.JSONField(_("typed"), default=dict)
    """Form field → text as it stands in the form."""
    base_version = models.PositiveIntegerField(_("typed over version"), default=0)
    saved_at = models.DateTimeField(_("saved at"), default=timezone.now)

    class Meta:
        verbose_name = _("unsaved typing")
        verbose_name_plural = _("unsaved typing")
        constraints = [
            models.UniqueConstraint(
                name="registry_working_copy_once",
                fields=["person", "registration", "step"],
                nulls_distinct=False,
            ),
            models.CheckConstraint(name="registry_working_copy_has_step", condition=~Q(step="")),
        ]

    def __str__(self) -> str:
        return f"{self.person}: {self.step}"
