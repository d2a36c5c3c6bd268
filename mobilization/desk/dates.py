"""Which dates lie ahead of somebody: windows of campaigns, returns, opinions, dialogues, duties, extensions."""

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from dialogues.deadlines import NOTICE_DAYS, PUBLICATION_DAYS, announce_by, publish_by
from dialogues.models import Dialogue, DialogueDuty, Opinion
from dialogues.states import State
from mobilization.accounts.models import User
from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from models_registry.models import CampaignWindow, DecidingTier, Extension, Registration
from models_registry.querysets import READERS
from models_registry.states import Stage

MOST = 50
"""So many dates of one kind are read."""
FILING = (Stage.REGISTRATION, Stage.MID_YEAR, Stage.RESULTS)


@dataclass(frozen=True)
class Date:
    """One day: what is due on it, where it belongs, and the exact screen, where there is one."""

    on: datetime.date
    title: str
    note: str = ""
    url: str = ""


Between = tuple[datetime.date, datetime.date]


def dates_ahead(user: User, days: int) -> list[Date]:
    """Return what lies ahead of ``user`` from today on, the next day first.

    A fixed number of statements; at the end of a year two more for each unit that ``user`` is an official of.
    """
    today = timezone.localdate()
    between = (today, today + datetime.timedelta(days=days))
    found = [date for source in _SOURCES for date in source(user, between)]
    return sorted(found, key=lambda date: (date.on, date.title))


def _windows(user: User, between: Between) -> Iterator[Date]:
    """Yield when the windows open, are due and close in which ``user`` has to act: to file, or to decide at a level."""
    mine = Q(pk__in=[])
    if user.has_role(Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR):
        mine = Q()
    elif user.has_role(Role.OFFICIAL):
        mine = Q(stage__in=FILING)
    if mine and user.has_role(Role.REVIEWER):
        mine |= Q(
            level__in={rule.level for rule in DecidingTier.objects.in_force() if any(rule.held_by(user))}
        )
    if not user.has_perm("models_registry.view_campaigns"):
        return
    cities = {unit.path_ids[0] for unit in user.units_of()}
    ahead = Q(opens_on__range=between) | Q(due_on__range=between) | Q(closes_on__range=between)
    windows = CampaignWindow.objects.filter(mine, ahead, campaign__city__in=cities).select_related("campaign")
    for window in windows[:MOST]:
        words = [(window.opens_on, _("%(what)s opens")), (window.due_on, _("%(what)s is due"))]
        if window.closes_on != window.due_on:
            words.append((window.closes_on, _("%(what)s closes")))
        for day, word in words:
            if between[0] <= day <= between[1]:
                yield Date(day, word % {"what": window}, window.campaign.title, _campaign(window.campaign_id))


def _returns(user: User, between: Between) -> Iterator[Date]:
    """Yield what was returned to the own units, and what ``user`` returned himself, on the day it is to be completed."""
    if not user.has_perm("models_registry.view_registrations"):
        return
    mine = Q(returned_by=user) | Q(unit__in=own_units(user, Role.OFFICIAL))
    due = Registration.objects.visible_to(user).sent_back().filter(mine, return_due_on__range=between)
    for row in due.select_related("unit").only(*_RETURNED).order_by("return_due_on", "pk")[:MOST]:
        title = _("To be completed: %(title)s") % {"title": row}
        yield Date(row.return_due_on, title, row.unit.full_name, row.get_absolute_url())


def _opinions(user: User, between: Between) -> Iterator[Date]:
    """Yield the opinions that the own unit has to settle."""
    if not user.has_perm("dialogues.record_dialogue"):
        return
    due = Opinion.objects.in_charge_of(user).open().filter(due_on__range=between)
    rows = due.select_related("dialogue__unit").defer("author_name").order_by("due_on", "pk")
    for row in rows[:MOST]:
        title = _("Opinion to be settled: %(matter)s") % {"matter": row.listed}
        yield Date(row.due_on, title, row.dialogue.unit.full_name, row.get_absolute_url())


def _dialogues(user: User, between: Between) -> Iterator[Date]:
    """Yield the dialogues to be held in the own scope, and until when the own ones are to be made known."""
    if not user.has_perm("dialogues.view_dialogues"):
        return
    first, last = between
    until = last + datetime.timedelta(days=NOTICE_DAYS)
    planned = Dialogue.objects.visible_to(user).planned_ahead().filter(held_on__range=(first, until))
    own = {unit.pk for unit in user.units_of(Role.OFFICIAL)}
    for row in planned.select_related("unit").order_by("held_on", "pk")[:MOST]:
        if row.held_on <= last:
            title = _("Dialogue: %(topic)s") % {"topic": row.topic}
            yield Date(row.held_on, title, row.unit.full_name, row.get_absolute_url())
        if row.unit.heir_id in own and row.state == State.PLANNED and announce_by(row) >= first:
            title = _("Last day to announce: %(topic)s") % {"topic": row.topic}
            yield Date(announce_by(row), title, row.unit.full_name, row.get_absolute_url())


def _publications(user: User, between: Between) -> Iterator[Date]:
    """Yield until when the results of the own dialogues are to be published."""
    if not user.has_perm("dialogues.record_dialogue"):
        return
    held = tuple(day - datetime.timedelta(days=PUBLICATION_DAYS) for day in between)
    mine = Dialogue.objects.visible_to(user).filter(unit__in=own_units(user, Role.OFFICIAL))
    waiting = mine.awaiting_publication().filter(held_on__range=held).select_related("unit")
    for row in waiting.order_by("held_on", "pk")[:MOST]:
        title = _("Last day to publish the results: %(topic)s") % {"topic": row.topic}
        yield Date(publish_by(row), title, row.unit.full_name, row.get_absolute_url())


def _duties(user: User, between: Between) -> Iterator[Date]:
    """Yield, on the last day of the year, what the own units still owe of its periodic dialogues."""
    last = datetime.date(between[0].year, 12, 31)
    if last > between[1]:
        return
    for unit in user.units_of(Role.OFFICIAL):
        duty = DialogueDuty.objects.of_unit(unit, last.year).first()
        if duty is None:
            continue
        held = Dialogue.objects.held().periodic().of_year(last.year).filter(unit__heir=unit).count()
        missing = duty.per_year - held
        if missing > 0:
            words = ngettext(
                "%(count)d periodic dialogue still owed this year",
                "%(count)d periodic dialogues still owed this year",
                missing,
            )
            yield Date(last, words % {"count": missing}, unit.full_name, reverse("dialogues:list"))


def _extensions(user: User, between: Between) -> Iterator[Date]:
    """Yield the last days of extensions: of the own units, and of the units in the scope of whoever reads them."""
    if not user.has_perm("models_registry.view_campaigns"):
        return
    units = Q(unit__in=own_units(user, Role.OFFICIAL)) | Q(unit__in=scope_units(user, *READERS))
    ending = Extension.objects.filter(units, until__range=between).select_related("unit", "campaign")
    for row in ending.order_by("until", "pk")[:MOST]:
        title = _("Extension ends: %(stage)s") % {"stage": row.get_stage_display()}
        yield Date(row.until, title, row.unit.full_name, _campaign(row.campaign_id))


def _campaign(pk: int) -> str:
    return reverse("models_registry:campaign", args=[pk])


_RETURNED = ("title", "state", "return_due_on", "unit__full_name")
_SOURCES: tuple[Any, ...] = (_windows, _returns, _opinions, _dialogues, _publications, _duties, _extensions)
