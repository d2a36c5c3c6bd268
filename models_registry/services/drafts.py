"""Writing what the unit types: a draft begun, saved, thrown away."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.units import closed_years
from mobilization.units.models import Unit
from models_registry import validators
from models_registry.locks import lock, refuse_stale, what_happened
from models_registry.models import Campaign, Registration, SkilledModel
from models_registry.states import Novelty, State


def start_registration(
    unit: Unit,
    campaign: Campaign,
    data: Mapping[str, Any] | None = None,
    *,
    actor,
    replicated_from: SkilledModel | None = None,
) -> Registration:
    """Return a new draft of ``unit`` in ``campaign``, with a new model behind it.

    ``data`` holds content fields by name; a draft may be as incomplete as it likes. Raises ``DomainError`` for a unit
    that has ended or belongs to another city, for a year that is closed, and for fields that are wrong.
    """
    if unit.heir_id != unit.pk:
        raise DomainError(_("%(unit)s no longer exists.") % {"unit": unit.full_name}, code="unit_ended")
    if not unit.path.startswith(campaign.city.path):
        raise DomainError(_("This campaign belongs to another city."), code="campaign")
    closed_years.refuse(unit, campaign.year)
    now = timezone.now()
    draft = Registration(campaign=campaign, year=campaign.year, unit=unit, novelty=Novelty.NEW)
    draft.typed_by = draft.changed_by = actor
    draft.typists = [actor.pk]
    draft.state_since = draft.created_at = draft.changed_at = now
    _put(draft, data or {})
    with transaction.atomic():
        draft.model = SkilledModel.objects.create(
            title=draft.title, unit=unit, replicated_from=replicated_from, created_at=now
        )
        draft.save(force_insert=True)
        log.record("registration.start", actor=actor, target=draft, unit=unit, data={"campaign": campaign.pk})
    return draft


def save_draft(
    registration: Registration, data: Mapping[str, Any], *, actor, seen_version: int | None = None
) -> Registration:
    """Write the fields in ``data`` and return the registration as it stands then.

    Only while it is in the unit's hands, and only the fields of that state: content of a draft and of what was
    returned, results of what is accepted and of a report that was returned. Nothing changed writes nothing. Raises
    ``Conflict`` when somebody saved since ``seen_version``, ``DomainError`` for fields that are wrong and, but for
    a draft, once the year is closed.
    """
    with closed_years.told(), transaction.atomic():
        locked = lock(registration)
        refuse_stale(locked, seen_version, actor=actor)
        if not locked.editable_fields:
            raise Conflict(what_happened(locked, actor=actor), code="state")
        changed = _put(locked, data)
        if not changed:
            return locked
        refuse_closed(locked)
        locked.changed_by, locked.changed_at = actor, timezone.now()
        locked.typists = sorted({*locked.typists, actor.pk})
        locked.version += 1
        locked.save(update_fields=[*changed, "changed_by", "changed_at", "typists", "version"])
        if "title" in changed and locked.previous_id is None and locked.state == State.DRAFT:
            SkilledModel.objects.filter(pk=locked.model_id).update(title=locked.title)
        log.record(
            "registration.save",
            actor=actor,
            target=locked,
            unit=locked.unit,
            data={"fields": changed, "version": locked.version},
        )
    return locked


def discard_draft(registration: Registration, *, actor, seen_version: int | None = None) -> None:
    """Throw a draft away, and its model where it has no other year; its versions stay in the history."""
    with transaction.atomic():
        locked = lock(registration)
        refuse_stale(locked, seen_version, actor=actor)
        if not locked.is_draft:
            raise Conflict(what_happened(locked, actor=actor), code="state")
        log.record("registration.discard", actor=actor, target=locked, unit=locked.unit)
        files = [file for attachment in locked.attachments.all() for file in attachment.stored_files()]
        model = locked.model
        locked.delete()
        if not model.registrations.exists() and not model.replications.exists():
            model.delete()
        transaction.on_commit(lambda: [file.storage.delete(file.name) for file in files])


def refuse_closed(registration: Registration) -> None:
    """Raise ``DomainError`` where ``registration`` belongs to a closed year; nothing was counted of a draft."""
    if not registration.is_draft:
        closed_years.refuse(registration.unit, registration.year, registration)


def _put(registration: Registration, data: Mapping[str, Any]) -> list[str]:
    """Set the fields of ``data`` and return the names of those that changed; raises ``DomainError`` if wrong."""
    foreign = set(data) - set(registration.editable_fields)
    if foreign:
        raise DomainError(
            _("These fields cannot be changed now: %(names)s.") % {"names": ", ".join(sorted(foreign))},
            code="fields",
        )
    changed = []
    for name, value in data.items():
        if getattr(registration, name) != value:
            setattr(registration, name, value)
            changed.append(name)
    problems = _field_problems(registration, changed) | validators.contradictions(registration)
    if registration.previous_id and registration.novelty != Novelty.MAINTAINED:
        problems["novelty"] = [_("A model that is renewed is maintained, not new.")]
    if problems:
        raise DomainError(fields=problems, code="invalid")
    return changed


def _field_problems(registration: Registration, names: list[str]) -> dict[str, list[str]]:
    """Clean the named fields as a form would: typed text comes from imports and the API as well."""
    others = {field.name for field in registration._meta.fields} - set(names)
    for name in names:
        value = getattr(registration, name)
        if isinstance(value, str):
            try:
                setattr(registration, name, validators.clean_text(value))
            except ValidationError as error:
                return {name: error.messages}
    try:
        registration.clean_fields(exclude=others)
    except ValidationError as error:
        return error.message_dict
    return {}
