"""The log as a file, in constant memory."""

import json
from collections.abc import Iterator

from django.core.serializers.json import DjangoJSONEncoder
from django.utils.translation import gettext as _

from mobilization.audit import acts
from mobilization.audit.querysets import AuditEntryQuerySet

CHUNK = 1_000


def header() -> list[str]:
    """Return the headings, in the language of the page."""
    return [
        _("No."), _("Time"), _("Who"), _("Act"), _("Code of the act"), _("Unit"),
        _("Kind of record"), _("Record"), _("Particulars"), _("Request"),
    ]  # fmt: skip


def rows(entries: AuditEntryQuerySet) -> Iterator[list]:
    """Yield a row for each entry."""
    for entry in entries.select_related("actor", "unit").iterator(chunk_size=CHUNK):
        yield [
            entry.pk,
            entry.at,
            str(entry.actor or ""),
            acts.label_of(entry.act),
            entry.act,
            str(entry.unit or ""),
            entry.target_model,
            entry.target_id,
            json.dumps(entry.data, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True),
            entry.request_id,
        ]
