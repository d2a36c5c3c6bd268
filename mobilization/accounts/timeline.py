"""What was done to an account, in words."""

from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.units.models import Unit

ACTS = {
    "account.create": _("Account made"),
    "account.invite": _("Invited"),
    "account.invite_again": _("Invited again"),
    "account.change": _("Account changed"),
    "account.deactivate": _("Account closed"),
    "account.reactivate": _("Account opened again"),
    "account.reset_second_factor": _("Second factor taken away"),
    "position.grant": _("Position given"),
    "position.end": _("End of a position set"),
    "position.end_by_reorganisation": _("Position ended by a reorganisation"),
    "position.move": _("Position moved by a reorganisation"),
}


def timeline_of(user: User) -> list[dict]:
    """Return the steps of the account, latest first, as ``components/timeline.html`` reads them."""
    entries = AuditEntry.objects.of(user).select_related("actor", "unit").order_by("-id")
    return [
        {
            "label": ACTS.get(entry.act, entry.act),
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
