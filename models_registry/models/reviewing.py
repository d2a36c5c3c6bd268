"""Who is to review a registration, and who must not."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import validate_text
from models_registry.models.registration import Registration


class Assignment(models.Model):
    """A registration in one reviewer's hands. It orders the queue; who may decide is asked of the position."""

    registration = models.OneToOneField(
        Registration, models.CASCADE, related_name="assignment", verbose_name=_("registration")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="assignments", verbose_name=_("reviewer")
    )
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("assigned by")
    )
    assigned_at = models.DateTimeField(_("assigned at"), default=timezone.now)

    class Meta:
        verbose_name = _("assignment")
        verbose_name_plural = _("assignments")

    def __str__(self) -> str:
        return f"{self.registration}: {self.reviewer}"


class Declaration(models.Model):
    """What a reviewer declares when first opening a registration: that no relation binds him to it, or which does.

    Whoever declares a relation decides nothing on it any more. A declaration is never changed; a relation that shows
    later is declared anew, and the last one holds.
    """

    registration = models.ForeignKey(
        Registration, models.CASCADE, related_name="declarations", verbose_name=_("registration")
    )
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("reviewer")
    )
    is_related = models.BooleanField(_("a relation exists"))
    relation = models.CharField(_("which relation"), max_length=300, blank=True, validators=[validate_text])
    declared_at = models.DateTimeField(_("declared at"), default=timezone.now)

    class Meta:
        verbose_name = _("declaration")
        verbose_name_plural = _("declarations")
        ordering = ["declared_at", "pk"]
        indexes = [models.Index(fields=["reviewer", "registration"], name="registry_declared")]
        constraints = [
            models.CheckConstraint(
                name="registry_relation_is_named", condition=Q(is_related=False) | ~Q(relation="")
            )
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update)]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.relation or '–'}"
