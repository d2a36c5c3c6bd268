"""The criteria of a campaign, written as one list."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import DomainError
from models_registry.models import Campaign, Criterion
from models_registry.services.campaigns import lock_campaign, raise_version


@dataclass(frozen=True)
class Wanted:
    """One criterion as it shall be: ``pk`` None for a new one."""

    pk: int | None
    level: str
    text: str
    weight: int | None


def save_criteria(
    campaign: Campaign, wanted: Sequence[Wanted], *, actor, seen_version: int | None = None
) -> None:
    """Make the criteria of ``campaign`` those of ``wanted``, in this order; the others go.

    Raises ``Conflict`` when somebody changed the campaign meanwhile, ``DomainError`` where one occurs twice, or
    where appraisers have scored by one that would go, or get another level or other points.
    """
    if len({(one.level, one.text) for one in wanted}) < len(wanted):
        raise DomainError(_("The same criterion stands twice in the list."), code="twice")
    with transaction.atomic():
        campaign = lock_campaign(campaign, seen_version)
        there = {one.pk: one for one in campaign.criteria.all()}
        kept = {one.pk for one in wanted}
        for one in there.values():
            if one.pk not in kept:
                _remove(one)
        # Texts may be exchanged between rows: no two may be the same at any moment.
        changed = [one for one in wanted if one.pk in there and _differs(there[one.pk], one)]
        for one in changed:
            _refuse_used(there[one.pk], one)
            Criterion.objects.filter(pk=one.pk).update(text=f"#{one.pk}")
        for position, one in enumerate(wanted, start=1):
            row = there.get(one.pk) or Criterion(campaign=campaign)
            row.level, row.text, row.weight, row.position = one.level, one.text, one.weight, position
            row.save()
        raise_version(campaign)
        data = {"criteria": [f"{one.text} ({one.weight})" if one.weight else one.text for one in wanted]}
        log.record("campaign.criteria", actor=actor, target=campaign, unit=campaign.city, data=data)


def is_used(criterion: Criterion) -> bool:
    """Tell whether anything was written by this criterion, in whatever room above."""
    relations = criterion._meta.related_objects
    return any(
        one.related_model._base_manager.filter(**{one.field.name: criterion}).exists() for one in relations
    )


def _remove(criterion: Criterion) -> None:
    try:
        with transaction.atomic():
            criterion.delete()
    except ProtectedError:
        words = {"criterion": criterion.text}
        raise DomainError(
            _("“%(criterion)s” stays: appraisers have scored by it already.") % words, code="used"
        ) from None


def _refuse_used(row: Criterion, wanted: Wanted) -> None:
    """Raise ``DomainError`` where level or points of what was scored by would change; its words may be mended."""
    if (row.level, row.weight) != (wanted.level, wanted.weight) and is_used(row):
        words = {"criterion": row.text}
        raise DomainError(
            _("“%(criterion)s” keeps its level and points: appraisers have scored by it already.") % words,
            code="used",
        )


def _differs(row: Criterion, wanted: Wanted) -> bool:
    return (row.level, row.text, row.weight) != (wanted.level, wanted.text, wanted.weight)
