"""What was done to an account, in words."""

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.audit import acts
from mobilization.audit.models import AuditEntry
from mobilization.units.models import Unit


def timeline_of(user: User) -> list[dict]:
    """Return the steps of the account, latest first, as ``components/timeline.html`` reads them.

    Who looked at it stands in the log.
    """
    done = AuditEntry.objects.of(user).exclude(act="account.read")
    entries = done.select_related("actor", "unit").order_by("-id")
    return [
        {
            "label": acts.label_of(entry.act),
            "at": entry.at,
            "actor": entry.actor,
            "words": _words(entry.data, entry.unit),
        }
        for entry in entries
    ]


def _words(data: dict, unit: Unit | None) -> str:
    parts = []
    if data.get("role") in Role.values:
        parts.append(str(Role(data["role"]).label))
    if unit is not None:
        parts.append(unit.full_name)
    return " – ".join(parts)
