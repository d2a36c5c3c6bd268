"""The dated windows of a campaign: late is counted, closed blocks unless the city granted an extension."""

import datetime
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q, QuerySet, TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from mobilization.core.errors import DomainError
from models_registry.models import CampaignWindow, Registration
from models_registry.states import Level, Stage, State


@dataclass(frozen=True)
class Closing:
    """What a closed window means for a draft."""

    sentence: str = ""
    """Why it cannot be handed in, and what can be done; empty while it can."""
    read_only: bool = False
    """No level is left at which it could be handed in."""


def closing_of(registration: Registration, today: datetime.date) -> Closing:
    """Return whether the window for registering has closed on the draft; what was handed in once is not bound by it."""
    if not registration.is_draft:
        return Closing()
    windows = registration.campaign.windows.filter(stage=Stage.REGISTRATION)
    closed = {window.level: window for window in windows if today > window.closes_on}
    read_only = set(closed) == set(Level.values)
    if not (read_only or registration.level in closed) or _is_extended(
        registration, Stage.REGISTRATION, today
    ):
        return Closing()
    window = closed.get(registration.level) or max(closed.values(), key=lambda one: one.closes_on)
    return Closing(_closed(window), read_only)


def is_late(registration: Registration, stage: Stage, level: str, today: datetime.date) -> bool:
    """Tell whether ``today`` is past the due date of ``stage`` at ``level`` in the campaign of ``registration``.

    Raises ``DomainError`` while the window is not open yet, and after it closed unless an extension for the unit is in
    force. A stage without a window is open all the time.
    """
    window = _window_of(registration, stage, level)
    if window is None:
        return False
    if today < window.opens_on:
        raise DomainError(
            _("“%(stage)s” opens on %(day)s only.")
            % {"stage": window.get_stage_display(), "day": window.opens_on.strftime("%d/%m/%Y")},
            code="not_open",
        )
    refuse_closed(registration, stage, level, today)
    return today > window.due_on


def refuse_closed(registration: Registration, stage: Stage, level: str, today: datetime.date) -> None:
    """Raise ``DomainError`` after the window of ``stage`` at ``level`` closed, but for an extension of the unit.

    For work that may begin before its window: scores are written as soon as there is something to read.
    """
    window = _window_of(registration, stage, level)
    if window and today > window.closes_on and not _is_extended(registration, stage, today):
        raise DomainError(_closed(window), code="closed")


def _window_of(registration: Registration, stage: Stage, level: str) -> CampaignWindow | None:
    # Read as a whole, since whoever asks for many registrations of one campaign has them at hand.
    windows = registration.campaign.windows.all()
    return next((one for one in windows if one.stage == stage and one.level == level), None)


def refuse_unopened(registration: Registration, today: datetime.date) -> None:
    """Raise ``DomainError`` while the city has not opened the campaign."""
    opened_on = registration.campaign.opened_on
    if opened_on is None or opened_on > today:
        raise DomainError(_("The city has not opened this campaign yet."), code="not_open")


def _closed(window: CampaignWindow) -> str:
    return _("“%(stage)s” was closed on %(day)s. The city can grant your unit an extension.") % {
        "stage": window.get_stage_display(),
        "day": window.closes_on.strftime("%d/%m/%Y"),
    }


def extended_until(registration: Registration, stage: Stage, today: datetime.date) -> datetime.date | None:
    """Return the last day of the extension of ``stage`` that is in force for the unit; None without one."""
    return _extensions(registration, stage, today).order_by("-until").values_list("until", flat=True).first()


def _is_extended(registration: Registration, stage: Stage, today: datetime.date) -> bool:
    return _extensions(registration, stage, today).exists()


def _extensions(registration: Registration, stage: Stage, today: datetime.date) -> QuerySet:
    of_unit = Q(unit=registration.unit_id) | Q(unit=registration.unit.heir_id)
    return registration.campaign.extensions.filter(of_unit, stage=stage).in_force(today)


def window_ahead(registration: Registration) -> CampaignWindow | None:
    """Return the window in which the unit hands in what it writes now; the first due one while no level is chosen.

    None where nothing is due by a window: what came back is due on the day that the reviewer named.
    """
    stages = {State.DRAFT: Stage.REGISTRATION, State.ACCEPTED: Stage.RESULTS}
    stage = stages.get(registration.state)
    windows = [one for one in registration.campaign.windows.all() if one.stage == stage]
    if registration.level:
        windows = [one for one in windows if one.level == registration.level]
    return min(windows, key=lambda one: one.due_on, default=None)


class Standing(TextChoices):
    """Where a window stands on a day. Late is still accepted, and counted; closed is not."""

    AHEAD = "ahead", pgettext_lazy("window", "not open yet")
    OPEN = "open", pgettext_lazy("window", "open")
    LATE = "late", pgettext_lazy("window", "late: still accepted, and counted as late")
    CLOSED = "closed", pgettext_lazy("window", "closed: accepted only with an extension")


def standing_of(window: CampaignWindow, today: datetime.date) -> Standing:
    """Return where ``window`` stands on ``today``; the due day and the closing day still count as in time."""
    if today < window.opens_on:
        return Standing.AHEAD
    if today <= window.due_on:
        return Standing.OPEN
    return Standing.LATE if today <= window.closes_on else Standing.CLOSED


def standings_of(
    windows: Collection[CampaignWindow], today: datetime.date
) -> list[tuple[CampaignWindow, Standing]]:
    """Return the windows in the order of the year, the lowest level first, each with where it stands on ``today``."""
    begins: dict[str, datetime.date] = {}
    for one in windows:
        begins[one.stage] = min(one.opens_on, begins.get(one.stage, one.opens_on))
    order = sorted(windows, key=lambda one: (begins[one.stage], one.stage, Level(one.level).rank))
    return [(window, standing_of(window, today)) for window in order]
