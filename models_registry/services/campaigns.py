"""A year's campaign, and more time for one unit."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from models_registry.models import Campaign, Extension


def save_campaign(campaign: Campaign, *, actor) -> Campaign:
    """Write a campaign whose form is valid, new or changed, with its audit record.

    Raises ``Conflict`` when somebody changed it since it was read.
    """
    with transaction.atomic():
        if campaign.pk:
            current = Campaign.objects.select_for_update().get(pk=campaign.pk)
            if current.version != campaign.version:
                raise Conflict(_("Somebody else changed this campaign meanwhile. Please look at it again."))
            campaign.version += 1
        act = "campaign.change" if campaign.pk else "campaign.make"
        campaign.save()
        log.record(act, actor=actor, target=campaign, unit=campaign.city, data={"version": campaign.version})
    return campaign


def grant_extension(extension: Extension, *, actor) -> Extension:
    """Let a unit act in a closed window until a day, for a reason; recorded under the actor's name."""
    if not extension.reason.strip():
        raise DomainError(fields={"reason": [_("Give a reason.")]}, code="invalid")
    if extension.until < timezone.localdate():
        raise DomainError(fields={"until": [_("This day has passed already.")]}, code="invalid")
    with transaction.atomic():
        extension.granted_by, extension.granted_at = actor, timezone.now()
        extension.save(force_insert=True)
        log.record(
            "campaign.extend",
            actor=actor,
            target=extension.campaign,
            unit=extension.unit,
            data={"stage": extension.stage, "until": extension.until.isoformat()},
        )
    return extension
