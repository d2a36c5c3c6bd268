"""Work of the accounts that runs beside the request."""

from celery import shared_task

from mobilization.accounts import notices
from mobilization.accounts.models import User


@shared_task(name="accounts.send_invitation", autoretry_for=(OSError,), retry_backoff=30, max_retries=8)
def send_invitation(user_id: int) -> None:
    """Mail the one-time link; nothing is sent to somebody who has a password by now or whose account was closed."""
    user = User.objects.active().filter(pk=user_id).first()
    if user is not None and user.awaits_invitation:
        notices.send_invitation(user)
