"""The reasons for returning that staff keep at hand."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from mobilization.core.validators import validate_text
from models_registry.querysets.return_reason import ReturnReasonQuerySet


class ReturnReason(models.Model):
    """One sentence to choose when something is returned; the step keeps its words, so that it may change later."""

    city = models.ForeignKey(
        "units.Unit", models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("city")
    )
    """Whose staff keep it; empty for what the portal ships."""
    text = models.CharField(_("reason"), max_length=300, validators=[validate_text])
    position = models.PositiveSmallIntegerField(_("place in the list"), default=0)
    is_offered = models.BooleanField(_("offered"), default=True)

    objects = ReturnReasonQuerySet.as_manager()

    class Meta:
        verbose_name = _("reason for returning")
        verbose_name_plural = _("reasons for returning")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="registry_return_reason_once",
                fields=["city", "text"],
                nulls_distinct=False,
                violation_error_message=_("This reason is in the list already."),
            ),
            models.CheckConstraint(name="registry_return_reason_has_text", condition=~Q(text="")),
        ]

    def __str__(self) -> str:
        return self.text
