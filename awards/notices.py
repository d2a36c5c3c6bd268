"""What of the awards waits for whom."""

from django.utils.translation import gettext_lazy as _

from awards.models import Decision
from mobilization.messaging import groups, todos
from mobilization.messaging.todos import Item, Todo

AWARDS = groups.register("awards", _("Awards"))
MOST_READ = 200
"""Drafts wait for one or two signers; more than this are not looked through for a list of what waits."""


def _drafts(user) -> list[Decision]:
    """Return the drafts that ``user`` may issue; nobody issues what one drafted."""
    drafts = Decision.objects.visible_to(user).drafts().exclude(drafted_by=user).select_related("unit__heir")
    rows = drafts.order_by("drafted_at", "id")[:MOST_READ]
    return [row for row in rows if user.has_perm("awards.issue_decision", row)]


todos.register(
    Todo(
        "decision.issue",
        _("Check and issue decisions"),
        AWARDS,
        url="awards:list",
        query="state=draft",
        perm="awards.issue_decision",
        rows=_drafts,
        item=lambda row: Item(row.title, row.get_absolute_url(), row.unit, row.drafted_at),
    ),
)
