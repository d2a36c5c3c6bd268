"""Invitations: an account, its first position and the mail that opens it."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.accounts.models import User
from mobilization.accounts.querysets import normalise_email
from mobilization.accounts.transitions import grant_position, save_account
from mobilization.audit import log
from mobilization.core.errors import Conflict
from mobilization.jobs.services import start
from mobilization.units.models import Unit

INVITATION_JOB = "accounts.send_invitation"


@transaction.atomic
def invite(
    *,
    email: str,
    full_name: str,
    role: str,
    unit: Unit,
    actor: User | None,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
    language: str = "vi",
) -> User:
    """Make an account with its first position and, once that is stored, mail the one-time link.

    ``actor`` is None only where the portal itself is set up. Raises ``DomainError`` with sentences at ``email``,
    ``full_name`` and the fields of the position.
    """
    user = User(email=normalise_email(email), language=language, invited_at=timezone.now())
    user.set_full_name(full_name)
    user.set_unusable_password()
    save_account(user)
    log.record("account.invite", actor=actor, target=user, unit=unit, data={} if actor else {"job": "set-up"})
    grant_position(user, role=role, unit=unit, actor=actor, valid_from=valid_from, valid_to=valid_to)
    _mail_invitation(user, actor)
    return user


@transaction.atomic
def invite_again(user: User, *, actor: User) -> User:
    """Mail a new one-time link; the earlier one is worthless from now on.

    Raises ``Conflict`` where the invitation was taken up or the account is closed.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if not user.awaits_invitation:
        raise Conflict(_("This person has set a password already; “Forgot your password?” sends a new link."))
    if not user.is_active:
        raise Conflict(_("This account is closed. Open it again first."))
    # A new unusable password is another random text, which the token of the earlier link does not fit.
    user.set_unusable_password()
    user.invited_at = timezone.now()
    user.save(update_fields=["password", "invited_at"])
    log.record("account.invite_again", actor=actor, target=user)
    _mail_invitation(user, actor)
    return user


def _mail_invitation(user: User, actor: User | None) -> None:
    start(INVITATION_JOB, actor=actor, payload={"user": user.pk}, key=f"{INVITATION_JOB}:{user.pk}")
