"""What is told at once by e-mail: that something came back. Everything else waits for the daily digest."""

import datetime
from functools import partial
from urllib.parse import urljoin

from celery import current_app
from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

from models_registry.models import ReviewStep, SentNotice

RETURNED = "models_registry.send_return_notice"
"""The task's name: tasks are above notices, so the message is sent by name."""
LOST_AFTER = datetime.timedelta(minutes=5)
GIVEN_UP_AFTER = datetime.timedelta(days=3)


def announce_return(step: ReviewStep) -> None:
    """Have the unit's people told of ``step`` by e-mail once the transaction is committed."""
    transaction.on_commit(partial(_start, step.pk))


def send_return_notice(step_id: int) -> int:
    """Tell whoever typed and submitted what ``step_id`` returned; return how many were told now.

    Who was told is a row, written before the message leaves and taken back if it does not: run twice, it tells once.
    """
    step = ReviewStep.objects.returns().select_related("registration__unit").filter(pk=step_id).first()
    if step is None:
        return 0
    return sum(_tell(step, recipient) for recipient in _recipients(step))


def unsent_returns(now: datetime.datetime | None = None) -> list[int]:
    """Return the ids of returns of the last days of which nobody was told: their message was lost."""
    now = now or timezone.now()
    steps = ReviewStep.objects.returns().filter(at__gt=now - GIVEN_UP_AFTER, at__lt=now - LOST_AFTER)
    return list(steps.filter(notices=None).values_list("pk", flat=True))


def _start(step_id: int) -> None:
    try:
        current_app.send_task(RETURNED, kwargs={"step_id": step_id}, retry=False)
    except (BrokerError, RedisError, OSError):
        # The act is done and must not fail for this; the clock finds what was not told (unsent_returns).
        return


def _recipients(step: ReviewStep) -> list:
    registration = step.registration
    people = {user.pk: user for user in (registration.submitted_by, registration.typed_by) if user}
    return [user for user in people.values() if user.is_active and user.email]


def _tell(step: ReviewStep, recipient) -> bool:
    with transaction.atomic():
        # Two workers with the same message: the second waits here for the first, then finds the row.
        _notice, is_new = SentNotice.objects.get_or_create(step=step, recipient=recipient)
        if is_new:
            with translation.override(recipient.language):
                send_mail(_subject(step), _body(step), None, [recipient.email])
    return is_new


def _subject(step: ReviewStep) -> str:
    # A subject is one line, whatever was typed as a title.
    title = " ".join(step.registration.title.split())
    return _("Returned for completion: %(title)s") % {"title": title}


def _body(step: ReviewStep) -> str:
    registration = step.registration
    lines = [
        _("“%(title)s” (%(unit)s) was returned for completion.")
        % {"title": registration.title, "unit": registration.unit.full_name},
        _("Reason: %(reason)s") % {"reason": step.reason},
    ]
    if step.due_on:
        lines.append(_("Please complete it by %(day)s.") % {"day": step.due_on.strftime("%d/%m/%Y")})
    lines.append(urljoin(settings.SITE_URL, registration.get_absolute_url()))
    return "\n\n".join(lines)
