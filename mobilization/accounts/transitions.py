"""Acts on one account or one position. Each runs in one transaction, leaves an audit record, and is done by one actor."""

import datetime

from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.accounts.models import Position, User
from mobilization.accounts.querysets import normalise_email
from mobilization.accounts.validators import validate_position
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.units.models import Unit


@transaction.atomic
def grant_position(
    user: User,
    *,
    role: str,
    unit: Unit,
    actor: User | None,
    valid_from: datetime.date | None = None,
    valid_to: datetime.date | None = None,
) -> Position:
    """Give ``user`` a role at ``unit`` from a date (today) to another (exclusive; open without one).

    ``actor`` is None only where the portal itself is set up. Raises ``NotAllowed`` where the actor would raise the
    own rights, ``DomainError`` with sentences at ``role``, ``unit``, ``valid_from``, ``valid_to``, also where the
    same role is held at the same unit in this time.
    """
    if user == actor:
        raise NotAllowed(_("Nobody gives a position to oneself. Ask another administrator."))
    valid_from = valid_from or timezone.localdate()
    position = Position(
        user=user, role=role, unit=unit, valid_from=valid_from, valid_to=valid_to, granted_by=actor
    )
    try:
        validate_position(role, unit, valid_from, valid_to)
        position.full_clean(validate_unique=False)
        with transaction.atomic():
            position.save()
    except ValidationError as error:
        raise _as_refusal(error) from error
    except IntegrityError as error:
        raise Conflict(_("This role was just given to the same person at this unit.")) from error
    user.forget_positions()
    _record("position.grant", position, actor)
    return position


@transaction.atomic
def end_position(position: Position, *, actor: User, on: datetime.date | None = None) -> Position:
    """End a position: from ``on`` (today) it gives no access any more; one that has not begun never begins.

    Raises ``NotAllowed`` for a position of the actor's own, ``Conflict`` where it has ended already, ``DomainError`` with
    a sentence at ``on`` where it ends earlier anyhow.
    """
    today = timezone.localdate()
    position = (
        Position.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=position.pk)
    )
    if position.user_id == actor.pk:
        raise NotAllowed(_("Nobody ends an own position. Ask another administrator."))
    if position.valid_to and position.valid_to <= today:
        raise Conflict(
            _("This position ended on %(date)s.") % {"date": position.valid_to.strftime("%d/%m/%Y")}
        )
    on = max(on or today, today)
    if position.valid_to and on > position.valid_to:
        raise DomainError(
            fields={
                "on": [
                    _("The position ends earlier already, on %s.") % position.valid_to.strftime("%d/%m/%Y")
                ]
            }
        )
    position.valid_to = max(on, position.valid_from)
    position.ended_by, position.ended_at = actor, timezone.now()
    position.save(update_fields=["valid_to", "ended_by", "ended_at"])
    _record("position.end", position, actor)
    return position


@transaction.atomic
def change_account(user: User, *, full_name: str, email: str, language: str, actor: User) -> User:
    """Change name, address and language. The log names what was changed, not the personal data itself.

    Raises ``DomainError`` where the address belongs to another account.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    before = (user.full_name, user.email, user.language)
    user.set_full_name(full_name)
    user.email, user.language = normalise_email(email), language
    after = (user.full_name, user.email, user.language)
    changed = [
        name
        for name, old, new in zip(("full_name", "email", "language"), before, after, strict=True)
        if old != new
    ]
    if changed:
        save_account(user)
        log.record("account.change", actor=actor, target=user, data={"changed": changed})
    return user


def save_account(user: User) -> None:
    """Validate and save; raises ``DomainError`` with the sentences at their fields."""
    try:
        user.full_clean()
        with transaction.atomic():
            user.save()
    except ValidationError as error:
        raise _as_refusal(error) from error
    except IntegrityError as error:
        raise Conflict(_("There is an account with this e-mail address already.")) from error


@transaction.atomic
def deactivate(user: User, *, actor: User) -> User:
    """Close the account: it is signed out at its next request and cannot sign in. Positions stay as they are.

    Raises ``NotAllowed`` for the own account, ``Conflict`` where it is closed already.
    """
    user = User.objects.select_for_update().get(pk=user.pk)
    if user == actor:
        raise NotAllowed(_("Nobody closes the own account. Ask another administrator."))
    if not user.is_active:
        raise Conflict(_("This account is closed already."))
    return _set_active(user, active=False, act="account.deactivate", actor=actor)


@transaction.atomic
def reactivate(user: User, *, actor: User) -> User:
    """Open a closed account again. Raises ``Conflict`` where it is open."""
    user = User.objects.select_for_update().get(pk=user.pk)
    if user.is_active:
        raise Conflict(_("This account is open already."))
    return _set_active(user, active=True, act="account.reactivate", actor=actor)


@transaction.atomic
def reset_second_factor(user: User, *, actor: User) -> int:
    """Take away all second factors of somebody who lost them, so that new ones can be set up. Return how many.

    Raises ``NotAllowed`` for the own account (the own profile does that) and ``Conflict`` where there are none.
    """
    if user == actor:
        raise NotAllowed(_("Change your own second factor in your profile."))
    removed, _models = Authenticator.objects.filter(user_id=user.pk).delete()
    if not removed:
        raise Conflict(_("This account has no second factor."))
    log.record("account.reset_second_factor", actor=actor, target=user, data={"removed": removed})
    return removed


def has_second_factor(user: User) -> bool:
    """Tell whether the account signs in with more than a password."""
    return Authenticator.objects.filter(user_id=user.pk).exists()


def _set_active(user: User, *, active: bool, act: str, actor: User) -> User:
    user.is_active = active
    user.save(update_fields=["is_active"])
    log.record(act, actor=actor, target=user)
    return user


def _record(act: str, position: Position, actor: User | None) -> None:
    log.record(
        act, actor=actor, target=position.user, unit=position.unit, data=position_data(position, actor)
    )


def position_data(position: Position, actor: User | None, job: str = "set-up") -> dict:
    """Return what the audit log keeps of a position; without an actor, the job that did it too."""
    data = {
        "position": position.pk,
        "role": position.role,
        "valid_from": position.valid_from.isoformat(),
        "valid_to": position.valid_to.isoformat() if position.valid_to else None,
    }
    return data if actor else data | {"job": job}


def _as_refusal(error: ValidationError) -> DomainError:
    if not hasattr(error, "error_dict"):
        return DomainError(" ".join(error.messages))
    fields = dict(error.message_dict)
    general = fields.pop("__all__", [])
    return DomainError(" ".join(general), fields=fields)
