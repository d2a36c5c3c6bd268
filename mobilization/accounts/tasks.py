"""Jobs of the accounts."""

import logging

from celery import shared_task
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.accounts import notices
from mobilization.accounts.models import User
from mobilization.accounts.services import INVITATION_JOB
from mobilization.core.errors import DomainError
from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress

logger = logging.getLogger(__name__)

FIRST_WAIT, LONGEST_WAIT = 60, 15 * 60
"""Seconds before a mail of the sign-in pages is tried again; it doubles each time. In all somewhat over an hour."""
MOST_RETRIES = 8


@handler(INVITATION_JOB, label=gettext_lazy("Invitation by e-mail"), permission="accounts.invite_account")
def send_invitation(job: Job, progress: Progress) -> None:
    """Mail the one-time link; nothing is sent to somebody who has a password by now or whose account was closed.

    Sent twice it does no harm: both links set the same first password, and the first one used ends the other.
    """
    user = User.objects.active().filter(pk=job.payload["user"]).first()
    if user is None or not user.awaits_invitation:
        return
    try:
        notices.send_invitation(user)
    except OSError as problem:
        raise DomainError(_("The mail server did not take the mail: %s") % problem) from problem


@shared_task(bind=True, name="accounts.send_sign_in_mail", max_retries=MOST_RETRIES)
def send_sign_in_mail(self, template: str, email: str, language: str, user_id: int | None = None) -> None:
    """Send a mail of the sign-in pages; a mail server that is away is tried again. Nothing goes to closed accounts.

    The link that is worth a password is made when the mail is: it stands in no queue.
    """
    user = User.objects.active().filter(pk=user_id).first()
    if user_id is not None and user is None:
        return
    try:
        notices.send_sign_in_mail(template, email=email, language=language, user=user)
    except OSError as problem:
        # What a mail server says often holds the address.
        logger.warning("A mail of the sign-in pages was not taken: %s", type(problem).__name__)
        if self.request.retries < MOST_RETRIES:
            raise self.retry(countdown=min(LONGEST_WAIT, FIRST_WAIT * 2**self.request.retries)) from None
