"""What of the awards waits for whom, and what people are told about their nominations."""

from collections import defaultdict
from collections.abc import Sequence

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Decision, Nomination
from mobilization.messaging import groups, kinds, services, todos
from mobilization.messaging.kinds import Kind, filled, paragraphs
from mobilization.messaging.todos import Item, Todo

AWARDS = groups.register("awards", _("Awards"))
MOST_READ = 200
"""Drafts wait for one or two signers; more than this are not looked through for a list of what waits."""

_WORDS = filled(_("In their words: %(words)s"), needs="words")
_FORM = filled(_("Proposed: %(form)s."), needs="form")
_MANY = filled(_("%(count)s nominations at once."), needs="count")
_BODY = paragraphs(_FORM, _MANY, _WORDS)
kinds.register(
    Kind(
        "nomination.returned",
        _("Nomination returned"),
        AWARDS,
        at_once=True,
        subject=filled(_("Nomination returned: %(title)s")),
        body=_BODY,
    ),
    Kind(
        "nomination.approved",
        _("Nomination approved"),
        AWARDS,
        at_once=False,
        subject=filled(_("Nomination approved: %(title)s")),
        body=_BODY,
    ),
    Kind(
        "nomination.declined",
        _("Nomination declined"),
        AWARDS,
        at_once=False,
        subject=filled(_("Nomination declined: %(title)s")),
        body=_BODY,
    ),
)
_STATES = {
    "nomination.returned": "returned",
    "nomination.approved": "approved",
    "nomination.declined": "declined",
}


def tell_judged(
    kind: str, nominations: Sequence[Nomination], *, actor, words: str = "", key: str = ""
) -> int:
    """Tell each who submitted some of ``nominations`` what became of them, in one message for all of his.

    With ``key`` each is told once, however often this runs.
    """
    by_sender: dict[int, list[Nomination]] = defaultdict(list)
    for row in nominations:
        if row.submitted_by_id:
            by_sender[row.submitted_by_id].append(row)
    told = 0
    for rows in by_sender.values():
        first = rows[0]
        data = {"title": first.recipient_name, "words": words}
        if len(rows) == 1:
            data["form"] = first.form.name
            where = {"target": first}
        else:
            data["count"] = len(rows)
            where = {"url": reverse("awards:nominations") + f"?state={_STATES[kind]}"}
        told += services.send(
            kind, [first.submitted_by], actor=actor, unit=first.unit, data=data, key=key, **where
        )
    return told


def _drafts(user) -> list[Decision]:
    """Return the drafts that ``user`` may issue; nobody issues what one drafted."""
    drafts = Decision.objects.visible_to(user).drafts().exclude(drafted_by=user).select_related("unit__heir")
    rows = drafts.order_by("drafted_at", "id")[:MOST_READ]
    return [row for row in rows if user.has_perm("awards.issue_decision", row)]


def _nomination(row: Nomination) -> Item:
    return Item(row.recipient_name, row.get_absolute_url(), row.unit, row.state_since)


def _shown(rows):
    return rows.select_related("unit").defer("search").longest_waiting_first()


todos.register(
    Todo(
        "nomination.submit",
        _("Complete and submit nominations"),
        AWARDS,
        url="awards:nominations",
        query="waits=submit",
        perm="awards.prepare_nominations",
        rows=lambda user: _shown(Nomination.objects.awaiting_submission_by(user)),
        item=_nomination,
    ),
    Todo(
        "nomination.examine",
        _("Examine nominations"),
        AWARDS,
        url="awards:nominations",
        query="waits=examine",
        perm="awards.judge_nominations",
        rows=lambda user: _shown(Nomination.objects.awaiting_examination_by(user)),
        item=_nomination,
    ),
    Todo(
        "nomination.approve",
        _("Approve or decline nominations"),
        AWARDS,
        url="awards:nominations",
        query="waits=approve",
        perm="awards.judge_nominations",
        rows=lambda user: _shown(Nomination.objects.awaiting_approval_by(user)),
        item=_nomination,
    ),
    Todo(
        "nomination.draw",
        _("Put approved nominations into a decision"),
        AWARDS,
        url="awards:nominations",
        query="waits=draw",
        perm="awards.draft_decision",
        rows=lambda user: _shown(Nomination.objects.awaiting_decision_by(user)),
        item=_nomination,
    ),
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
