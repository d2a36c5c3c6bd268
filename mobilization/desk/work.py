"""What the staff home shows beside what waits: what one sent, and which dates are ahead."""

import datetime
from typing import Any

from django.utils import timezone

from dialogues.models import Dialogue
from mobilization.accounts.models import User
from models_registry.models import CampaignWindow, Registration

SHOWN = 5
DAYS_AHEAD = 60


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


_LINE = ("id", "title", "state", "state_since", "unit__full_name")
