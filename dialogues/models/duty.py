"""How many dialogues a unit owes: data with dates and legal basis."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from dialogues.querysets import DialogueDutyQuerySet
from mobilization.units.states import UnitKind


class DialogueDuty(models.Model):
    """How many periodic dialogues a unit of one kind owes a year, from one date to another, and by what law."""

    unit_kind = models.CharField(_("Kind of unit"), max_length=16, choices=UnitKind.choices)
    per_year = models.PositiveSmallIntegerField(_("Dialogues a year"))
    valid_from = models.DateField(_("From"))
    valid_to = models.DateField(_("Until"), null=True, blank=True)
    basis = models.CharField(_("Legal basis"), max_length=200)

    objects = DialogueDutyQuerySet.as_manager()

    class Meta:
        verbose_name = _("Dialogue duty")
        verbose_name_plural = _("Dialogue duties")
        ordering = ("unit_kind", "valid_from")
        constraints = (
            models.UniqueConstraint(fields=["unit_kind", "valid_from"], name="duty_kind_from_once"),
            models.CheckConstraint(
                condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")), name="duty_period_in_order"
            ),
            models.CheckConstraint(condition=Q(unit_kind__in=UnitKind.values), name="duty_unit_kind_known"),
        )

    def __str__(self) -> str:
        return f"{self.get_unit_kind_display()}: {self.per_year}"
