"""The lasting thing behind the yearly registrations."""

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.search import folded_terms
from mobilization.core.validators import validate_text


class NextCode(Func):
    """The next permanent code, from a sequence: see migration 0001."""

    function = "models_registry_next_code"
    template = "%(function)s()"
    output_field = models.CharField(max_length=11)


class SkilledModel(models.Model):
    """One "Dân vận khéo" model over all its years, under one permanent code."""

    code = models.CharField(_("code"), max_length=11, unique=True, db_default=NextCode(), editable=False)
    title = models.CharField(_("title"), max_length=300, blank=True, validators=[validate_text])
    """The title last accepted; before that, the draft's."""
    unit = models.ForeignKey(
        "units.Unit", models.PROTECT, related_name="skilled_models", verbose_name=_("unit"), editable=False
    )
    """The unit that registered it first; it stays, whatever becomes of that unit."""
    replicated_from = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="replications",
        verbose_name=_("made after"),
    )
    created_at = models.DateTimeField(_("made on"), default=timezone.now, editable=False)

    class Meta:
        verbose_name = _("skilled model")
        verbose_name_plural = _("skilled models")
        # Titles that are like one another are looked for while somebody types (``similar``).
        indexes = [GinIndex(folded_terms("title"), name="registry_model_title_terms")]
        constraints = [
            models.CheckConstraint(name="registry_model_code", condition=Q(code__regex=r"^DVK-[0-9]{7}$")),
            models.CheckConstraint(
                name="registry_model_not_after_itself",
                condition=Q(replicated_from=None) | ~Q(replicated_from=F("pk")),
                violation_error_message=_("A model is not made after itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.title}".strip()

    def get_absolute_url(self) -> str:
        """Return the public page of this model's life."""
        return reverse("portal:model_detail", args=[self.code])
