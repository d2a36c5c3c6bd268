"""A year's campaign from its preparation to its opening, and more time for one unit."""

import datetime
from collections.abc import Iterable

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.units.models import Unit
from models_registry import validators
from models_registry.models import Campaign, CampaignWindow, Criterion, Extension, KindTarget, Target


def save_campaign(campaign: Campaign, *, actor, copied_from: Campaign | None = None) -> Campaign:
    """Write a campaign whose form is valid, new or changed, with its audit record.

    With ``copied_from`` it gets the windows, criteria and targets of that one, see ``copy_parts``. Raises ``Conflict``
    when somebody changed it since it was read.
    """
    with transaction.atomic():
        if campaign.pk:
            campaign.version = lock_campaign(campaign, campaign.version).version + 1
        act = "campaign.change" if campaign.pk else "campaign.make"
        campaign.save()
        log.record(act, actor=actor, target=campaign, unit=campaign.city, data={"version": campaign.version})
        if copied_from is not None:
            copy_parts(campaign, copied_from, actor=actor)
    return campaign


def lock_campaign(campaign: Campaign, seen_version: int | None) -> Campaign:
    """Return the campaign as it stands, locked; raises ``Conflict`` when it is not as its editor saw it."""
    current = Campaign.objects.select_for_update(of=("self",)).select_related("city").get(pk=campaign.pk)
    if seen_version is not None and current.version != seen_version:
        raise Conflict(_("Somebody else changed this campaign meanwhile. Please look at it again."))
    return current


def raise_version(campaign: Campaign) -> None:
    """Note on the locked ``campaign`` that a part of it was changed."""
    campaign.version += 1
    campaign.save(update_fields=["version"])


def save_windows(
    campaign: Campaign,
    changed: Iterable[CampaignWindow],
    removed: Iterable[CampaignWindow],
    *,
    actor,
    seen_version: int | None = None,
) -> None:
    """Write the windows that are new or ``changed``, whose form is valid, and take the ``removed`` ones away.

    Raises ``Conflict`` when somebody changed the campaign, or a part of it, since it was read.
    """
    with transaction.atomic():
        campaign = lock_campaign(campaign, seen_version)
        for window in removed:
            window.delete()
        for window in changed:
            window.save()
        raise_version(campaign)
        data = {"windows": [_window_data(window) for window in campaign.windows.order_by("pk")]}
        log.record("campaign.windows", actor=actor, target=campaign, unit=campaign.city, data=data)


def _window_data(window: CampaignWindow) -> dict[str, str]:
    days = {name: getattr(window, name).isoformat() for name in _DAYS}
    return {"stage": window.stage, "level": window.level, **days}


def copy_parts(campaign: Campaign, source: Campaign, *, actor) -> list[str]:
    """Give ``campaign`` what it has none of yet: windows (moved by the years between), criteria and targets of ``source``.

    A unit's own target is copied where the unit is still in force. Returns the names of the parts that were copied.
    Raises ``DomainError`` for a campaign of another city or of no earlier year.
    """
    if source.city_id != campaign.city_id or source.year >= campaign.year:
        raise DomainError(_("Choose an earlier campaign of the same city."))
    with transaction.atomic():
        campaign = lock_campaign(campaign, None)
        copies = {
            "windows": _windows_like(campaign, source),
            "criteria": [Criterion(campaign=campaign, **_values(one, _CRITERION)) for one in source.criteria.all()],
            "kind_targets": [KindTarget(campaign=campaign, **_values(one, _KIND)) for one in source.kind_targets.all()],
            "targets": [
                Target(campaign=campaign, unit_id=one.unit_id, number=one.number)
                for one in source.targets.filter(unit__in=Unit.objects.in_force())
            ],
        }  # fmt: skip
        copied = []
        for name, rows in copies.items():
            part = getattr(campaign, name)
            if rows and not part.exists():
                part.model.objects.bulk_create(rows)
                copied.append(name)
        if copied:
            raise_version(campaign)
            data = {"from_year": source.year, "parts": copied}
            log.record("campaign.copy", actor=actor, target=campaign, unit=campaign.city, data=data)
    return copied


_CRITERION = ("level", "position", "text", "weight")
_KIND = ("unit_kind", "number")
_DAYS = ("opens_on", "due_on", "closes_on")


def _values(row, names: tuple[str, ...]) -> dict:
    return {name: getattr(row, name) for name in names}


def _windows_like(campaign: Campaign, source: Campaign) -> list[CampaignWindow]:
    years = campaign.year - source.year
    return [
        CampaignWindow(
            campaign=campaign,
            stage=window.stage,
            level=window.level,
            **{name: _years_later(getattr(window, name), years) for name in _DAYS},
        )
        for window in source.windows.all()
    ]


def _years_later(day: datetime.date, years: int) -> datetime.date:
    try:
        return day.replace(year=day.year + years)
    except ValueError:  # 29 February
        return day.replace(year=day.year + years, day=28)


def open_campaign(
    campaign: Campaign, *, actor, on: datetime.date, seen_version: int | None = None
) -> Campaign:
    """Let units submit from ``on``. Raises ``Conflict`` where it is open already or was changed meanwhile."""
    with transaction.atomic():
        campaign = lock_campaign(campaign, seen_version)
        if campaign.opened_on is not None:
            raise Conflict(_("This campaign is opened already."))
        problems = validators.problems_of_opening(campaign.year, on)
        if problems:
            raise DomainError(fields=problems, code="invalid")
        campaign.opened_on = on
        campaign.version += 1
        campaign.save(update_fields=["opened_on", "version"])
        data = {"on": on.isoformat()}
        log.record("campaign.open", actor=actor, target=campaign, unit=campaign.city, data=data)
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


def end_extension(extension: Extension, *, actor) -> Extension:
    """End an extension today: yesterday was its last day. Raises ``Conflict`` where it is over already."""
    with transaction.atomic():
        current = Extension.objects.select_for_update(of=("self",)).select_related("campaign", "unit")
        extension = current.get(pk=extension.pk)
        today, until = timezone.localdate(), extension.until
        if until < today:
            raise Conflict(_("This extension is over already."))
        extension.until = today - datetime.timedelta(days=1)
        extension.save(update_fields=["until"])
        log.record(
            "campaign.end_extension",
            actor=actor,
            target=extension.campaign,
            unit=extension.unit,
            data={"stage": extension.stage, "until": until.isoformat()},
        )
    return extension
