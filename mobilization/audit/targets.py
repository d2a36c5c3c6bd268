"""Finds the records that entries are about, a query for each kind, for showing."""

from collections import defaultdict
from collections.abc import Sequence

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.text import capfirst

from mobilization.audit.models import AuditEntry


def attach_targets(entries: Sequence[AuditEntry]) -> Sequence[AuditEntry]:
    """Set ``target_label`` and ``target_url`` of each entry and return the entries.

    A record that is gone, or whose kind the portal knows no more, is told by its kind and key.
    """
    wanted: dict[str, set[str]] = defaultdict(set)
    for entry in entries:
        if entry.target_model:
            wanted[entry.target_model].add(entry.target_id)
    found = {name: _fetch(name, keys) for name, keys in wanted.items()}
    for entry in entries:
        target = found.get(entry.target_model, {}).get(entry.target_id)
        entry.target_label = _label(entry, target)
        entry.target_url = target.get_absolute_url() if hasattr(target, "get_absolute_url") else ""
    return entries


def _fetch(name: str, keys: set[str]) -> dict[str, Model]:
    try:
        model = apps.get_model(name)
        found = model._base_manager.all()
        # What a record is called may hold the name of a neighbour, which would else be asked for row by row.
        if neighbours := [field.name for field in model._meta.fields if field.is_relation]:
            found = found.select_related(*neighbours)
        records = found.in_bulk(keys)
    except (LookupError, ValueError, ValidationError):
        return {}
    return {str(key): record for key, record in records.items()}


def _label(entry: AuditEntry, target: Model | None) -> str:
    if not entry.target_model:
        return ""
    try:
        kind = capfirst(apps.get_model(entry.target_model)._meta.verbose_name)
    except (LookupError, ValueError):
        kind = entry.target_model
    return f"{kind}: {target}" if target is not None else f"{kind} {entry.target_id}"
