"""The two periods of the law around a dialogue. Both are warnings: they are shown, and they block nothing.

Law 72/2025/QH15, article 43: notice at least 7 days before; results published at most 10 days after.
"""

import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.models import Dialogue
from dialogues.states import State

LAW_72_FROM = datetime.date(2025, 7, 1)
NOTICE_DAYS = 7
PUBLICATION_DAYS = 10


def warnings_of(dialogue: Dialogue, today: datetime.date | None = None) -> list[str]:
    """Return what the law would have had otherwise, in sentences; nothing for dialogues before the law."""
    if dialogue.held_on < LAW_72_FROM or dialogue.state == State.CANCELLED:
        return []
    today = today or timezone.localdate()
    return [sentence for sentence in (_notice(dialogue, today), _publication(dialogue, today)) if sentence]


def coming_of(dialogue: Dialogue, today: datetime.date | None = None) -> list[str]:
    """Return what the law would have within the next days, in sentences; nothing where it was done or is late."""
    if dialogue.held_on < LAW_72_FROM:
        return []
    today = today or timezone.localdate()
    until = announce_by(dialogue)
    if dialogue.state == State.PLANNED and 0 <= (until - today).days <= NOTICE_DAYS:
        return [_("The notice is due by %(date)s.") % {"date": until.strftime("%d/%m/%Y")}]
    until = publish_by(dialogue)
    if dialogue.state == State.HELD and today <= until:
        return [_("The results are to be published by %(date)s.") % {"date": until.strftime("%d/%m/%Y")}]
    return []


def publish_by(dialogue: Dialogue) -> datetime.date:
    """Return the last day on which publishing the results is in time."""
    return dialogue.held_on + datetime.timedelta(days=PUBLICATION_DAYS)


def announce_by(dialogue: Dialogue) -> datetime.date:
    """Return the last day on which the notice is in time."""
    return dialogue.held_on - datetime.timedelta(days=NOTICE_DAYS)


def _notice(dialogue: Dialogue, today: datetime.date) -> str:
    deadline = announce_by(dialogue)
    if dialogue.announced_on:
        late = dialogue.announced_on > deadline
        return (
            _("The notice came less than %(days)s days before the dialogue.") % {"days": NOTICE_DAYS}
            if late
            else ""
        )
    if dialogue.state == State.PLANNED and today > deadline:
        return _("The notice is late: it was due by %(date)s, %(days)s days before the dialogue.") % {
            "date": deadline.strftime("%d/%m/%Y"),
            "days": NOTICE_DAYS,
        }
    return ""


def _publication(dialogue: Dialogue, today: datetime.date) -> str:
    deadline = publish_by(dialogue)
    if dialogue.published_on:
        if dialogue.published_on > deadline:
            return _("The results were published more than %(days)s days after the dialogue.") % {
                "days": PUBLICATION_DAYS
            }
    elif dialogue.state == State.HELD and today > deadline:
        return _("The results are overdue: they were to be published by %(date)s.") % {
            "date": deadline.strftime("%d/%m/%Y")
        }
    return ""
