"""What waits for somebody, grouped by the act that is due; made of the querysets of the rooms."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Decision
from dialogues.models import Dialogue, Opinion
from mobilization.accounts.models import User
from models_registry.models import CampaignWindow, Registration
from models_registry.states import State

SHOWN = 5
MOST_COUNTED = 100
DAYS_AHEAD = 60


@dataclass(frozen=True)
class Item:
    """One thing that waits: its name, the exact screen, where it belongs, since when, until when."""

    title: str
    url: str
    unit: Any
    since: datetime.datetime | datetime.date | None = None
    due_on: datetime.date | None = None

    @property
    def is_overdue(self) -> bool:
        """Tell whether its day has passed."""
        return self.due_on is not None and self.due_on < timezone.localdate()


@dataclass(frozen=True)
class Group:
    """What waits for the same act, the longest waiting first; at most ``SHOWN`` are shown, ``url`` leads to all."""

    act: str
    url: str
    items: list[Item] = field(default_factory=list)

    @property
    def shown(self) -> list[Item]:
        """Return the first of them."""
        return self.items[:SHOWN]

    @property
    def is_cut(self) -> bool:
        """Tell whether there may be more than were counted."""
        return len(self.items) >= MOST_COUNTED


def waiting_for(user: User) -> list[Group]:
    """Return what waits for ``user`` today, each group with at least one item."""
    groups = [*_filing(user), *_reviewing(user), *_answering(user), *_publishing(user), *_issuing(user)]
    return [group for group in groups if group.items]


def sent_by(user: User) -> list[Registration]:
    """Return what ``user`` submitted, the last changed first, with where it stands."""
    sent = Registration.objects.typed_by(user).exclude(submitted_at=None)
    return list(sent.select_related("unit").only(*_LINE).order_by("-changed_at")[:SHOWN])


def dates_ahead(user: User) -> list[dict[str, Any]]:
    """Return the next due dates of the campaigns, and the dialogues planned in the scope of ``user``."""
    today = timezone.localdate()
    until = today + datetime.timedelta(days=DAYS_AHEAD)
    dates = []
    if user.has_perm("models_registry.view_campaigns"):
        windows = CampaignWindow.objects.filter(due_on__range=(today, until)).select_related("campaign")
        dates += [
            {"on": window.due_on, "title": f"{window}", "note": window.campaign.title} for window in windows
        ]
    if user.has_perm("dialogues.view_dialogues"):
        planned = Dialogue.objects.visible_to(user).planned_ahead().filter(held_on__range=(today, until))
        dates += [
            {
                "on": dialogue.held_on,
                "title": dialogue.topic,
                "note": dialogue.unit.full_name,
                "url": dialogue.get_absolute_url(),
            }
            for dialogue in planned.select_related("unit").order_by("held_on")[:SHOWN]
        ]
    return sorted(dates, key=lambda date: date["on"])


_LINE = ("id", "title", "state", "state_since", "return_due_on", "unit__full_name")


def _filing(user: User) -> Iterable[Group]:
    waiting = Registration.objects.awaiting_filing_by(user).select_related("unit").only(*_LINE)
    rows = (
        list(waiting.longest_waiting_first()[:MOST_COUNTED])
        if user.has_perm("models_registry.start_registration")
        else []
    )
    all_url = reverse("models_registry:list")
    for act, states in (
        (_("Complete and send again"), State.SENT_BACK),
        (_("Report results"), {State.ACCEPTED}),
        (_("Finish and submit"), {State.DRAFT}),
    ):
        yield Group(act, all_url, [_registration(row) for row in rows if row.state in states])


def _reviewing(user: User) -> Iterable[Group]:
    if user.has_perm("models_registry.review_registrations"):
        queue = Registration.objects.awaiting_review_by(user).select_related("unit").only(*_LINE)
        rows = [_registration(row) for row in queue.longest_waiting_first()[:MOST_COUNTED]]
        yield Group(_("Review and decide"), reverse("models_registry:queue"), rows)


def _answering(user: User) -> Iterable[Group]:
    if user.has_perm("dialogues.record_dialogue"):
        opinions = Opinion.objects.in_charge_of(user).open().select_related("dialogue__unit").defer("search")
        rows = opinions.order_by(F("due_on").asc(nulls_last=True), "id")[:MOST_COUNTED]
        items = [
            Item(row.matter, row.get_absolute_url(), row.dialogue.unit, row.dialogue.held_on, row.due_on)
            for row in rows
        ]
        yield Group(_("Answer opinions"), reverse("dialogues:opinions"), items)


def _publishing(user: User) -> Iterable[Group]:
    if user.has_perm("dialogues.record_dialogue"):
        rows = (
            Dialogue.objects.visible_to(user)
            .awaiting_publication()
            .select_related("unit")
            .order_by("held_on")
        )
        items = [
            Item(row.topic, row.get_absolute_url(), row.unit, row.held_on) for row in rows[:MOST_COUNTED]
        ]
        yield Group(_("Publish the results of dialogues"), reverse("dialogues:list"), items)


def _issuing(user: User) -> Iterable[Group]:
    if user.has_perm("awards.issue_decision"):
        drafts = (
            Decision.objects.visible_to(user).drafts().exclude(drafted_by=user).select_related("unit__heir")
        )
        rows = [
            row
            for row in drafts.order_by("drafted_at")[:MOST_COUNTED]
            if user.has_perm("awards.issue_decision", row)
        ]
        items = [Item(row.title, row.get_absolute_url(), row.unit, row.drafted_at) for row in rows]
        yield Group(_("Check and issue decisions"), reverse("awards:list"), items)


def _registration(row: Registration) -> Item:
    return Item(str(row), row.get_absolute_url(), row.unit, row.state_since, row.return_due_on)
