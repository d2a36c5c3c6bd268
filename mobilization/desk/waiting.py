"""What waits for somebody, grouped by action, each group oldest first and one click from its screen."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from awards.models import Decision
from dialogues.models import Dialogue, Opinion
from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from models_registry.models import CampaignWindow, Registration

SHOWN = 5
AHEAD = 6


@dataclass(frozen=True)
class Group:
    """One kind of work: what it is, how much of it there is, its oldest rows, and where all of it stands."""

    label: Any
    count: int
    rows: list[Any]
    url: str


def waiting_for(user: User) -> list[Group]:
    """Return the groups that have something in them; two queries for each kind of work that the roles bring."""
    return [group for group in _groups(user) if group.count]


def _groups(user: User) -> Iterator[Group]:
    if user.has_role(Role.OFFICIAL):
        filing = Registration.objects.awaiting_filing_by(user).order_by("state_since", "pk")
        mine = reverse("models_registry:list")
        yield _group(_("Returned: to be completed"), filing.sent_back(), f"{mine}?state=sent_back")
        yield _group(_("Drafts: to be submitted"), filing.drafts(), f"{mine}?state=draft")
        yield _group(
            _("Being carried out: results to be reported"), filing.to_report(), f"{mine}?state=accepted"
        )
    if user.has_role(Role.REVIEWER, Role.CITY_STAFF):
        queue = Registration.objects.awaiting_review_by(user).longest_waiting_first()
        yield _group(_("Submitted: to be decided"), queue, reverse("models_registry:queue"))
    if user.has_role(Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF):
        opinions = Opinion.objects.in_charge_of(user).open().order_by("due_on", "pk")
        yield _group(
            _("Opinions in charge: to be answered"), opinions, f"{reverse('dialogues:opinions')}?charge=mine"
        )
    if user.has_role(Role.REVIEWER, Role.CITY_LEADER):
        drafts = Decision.objects.visible_to(user).drafts().exclude(drafted_by=user).order_by("pk")
        yield _group(_("Decisions in draft: to be issued"), drafts, f"{reverse('awards:list')}?state=draft")


def _group(label: Any, queryset: QuerySet, url: str) -> Group:
    return Group(label, queryset.count(), list(queryset[:SHOWN]), url)


def sent_by(user: User) -> list[Registration]:
    """Return what the user typed or submitted last, and where it stands."""
    sent = Registration.objects.visible_to(user).typed_by(user).with_unit()
    return list(sent.order_by("-changed_at", "-pk")[:SHOWN])


def dates_ahead(user: User, today: Any) -> list[tuple[Any, str, str]]:
    """Return the next dates of the campaigns and of the own dialogues: day, what it is, and its page."""
    roots = {position.unit.path_ids[0] for position in user.positions_in_force()}
    windows = CampaignWindow.objects.filter(campaign__city__in=roots, due_on__gte=today).select_related(
        "campaign"
    )
    dates: dict[tuple[Any, str], tuple[Any, str, str]] = {}
    for window in windows.order_by("due_on")[: AHEAD * 3]:
        what = f"{window.get_stage_display()} – {window.campaign}"
        dates.setdefault((window.due_on, what), (window.due_on, what, window.campaign.get_absolute_url()))
    for dialogue in Dialogue.objects.visible_to(user).planned_ahead().order_by("held_on", "pk")[:AHEAD]:
        dates[dialogue.held_on, str(dialogue.pk)] = (
            dialogue.held_on,
            str(dialogue),
            dialogue.get_absolute_url(),
        )
    return sorted(dates.values(), key=lambda entry: (entry[0], entry[1]))[:AHEAD]
