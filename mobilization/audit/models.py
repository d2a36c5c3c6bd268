"""Who did what to which record, for which unit, when; and the seals that prove that nothing of it was changed."""

from django.conf import settings
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.audit.constraints import APPEND_ONLY
from mobilization.audit.querysets import AuditEntryQuerySet

ACT_FORM = r"^[a-z][a-z_]*(\.[a-z][a-z_]*)+$"


class AuditEntry(models.Model):
    """One act; written by ``audit.log.record``, never changed, never deleted (the database refuses both).

    Names are not copied into it: actor, unit and record are referred to, so that a person can be anonymised without
    touching the log.
    """

    at = models.DateTimeField(_("time"), default=timezone.now)
    act = models.CharField(_("act"), max_length=60)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("who"),
    )
    # The setting names the model, as AUTH_USER_MODEL does: this app stands below the one that has the units.
    unit = models.ForeignKey(
        settings.AUDIT_UNIT_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("unit"),
    )
    target_model = models.CharField(_("kind of record"), max_length=100, blank=True)
    target_id = models.CharField(_("record"), max_length=40, blank=True)
    data = models.JSONField(_("particulars"), default=dict, encoder=DjangoJSONEncoder)
    request_id = models.CharField(_("request"), max_length=64, blank=True)
    block = models.BigIntegerField(editable=False, db_default=0)

    objects = AuditEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("audit entry")
        verbose_name_plural = _("audit entries")
        ordering = ["-at", "-id"]
        constraints = [
            models.CheckConstraint(name="audit_entry_act", condition=Q(act__regex=ACT_FORM)),
            models.CheckConstraint(
                name="audit_entry_actor_or_job", condition=Q(actor__isnull=False) | Q(data__has_key="job")
            ),
            models.CheckConstraint(name="audit_entry_block", condition=Q(block__gt=0)),
        ]
        indexes = [
            models.Index(name="audit_entry_target", fields=["target_model", "target_id", "id"]),
            models.Index(name="audit_entry_actor", fields=["actor", "-at", "-id"]),
            models.Index(name="audit_entry_unit", fields=["unit", "-at", "-id"]),
            models.Index(name="audit_entry_act_time", fields=["act", "-at", "-id"]),
            models.Index(name="audit_entry_time", fields=["-at", "-id"]),
            models.Index(name="audit_entry_request", fields=["request_id"], condition=~Q(request_id="")),
            models.Index(name="audit_entry_block_order", fields=["block", "id"]),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.act} {self.target_model} {self.target_id}".strip()


class AuditSeal(models.Model):
    """A complete block of entries, hashed together with the seal before it.

    ``digests`` keeps the first bytes of each entry's own hash, so that a broken block tells which entry was touched.
    """

    block = models.BigIntegerField(_("block"), unique=True)
    previous = models.OneToOneField(
        "self", models.PROTECT, null=True, related_name="following", verbose_name=_("seal before")
    )
    entries = models.PositiveIntegerField(_("entries"))
    first_id = models.BigIntegerField(_("first entry"))
    last_id = models.BigIntegerField(_("last entry"))
    digests = models.BinaryField()
    hash = models.CharField(_("hash"), max_length=64, unique=True)
    sealed_at = models.DateTimeField(_("sealed"), default=timezone.now)

    class Meta:
        verbose_name = _("audit seal")
        verbose_name_plural = _("audit seals")
        ordering = ["block"]
        constraints = [
            models.CheckConstraint(name="audit_seal_not_empty", condition=Q(entries__gt=0)),
        ]
        triggers = [APPEND_ONLY]

    def __str__(self) -> str:
        return f"{self.block} {self.hash[:12]}"
