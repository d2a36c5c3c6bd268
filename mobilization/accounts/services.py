"""Acts in which an account, its positions and the units change together."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.accounts.models import Position, User
from mobilization.accounts.querysets import normalise_email
from mobilization.accounts.states import Role
from mobilization.accounts.transitions import grant_position, position_data, save_account
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


@dataclass
class Moves:
    """What a reorganisation did to positions, for the administrator to read."""

    moved: list[tuple[Position, Position]] = field(default_factory=list)
    """The ended position and the one that goes on at the main successor."""

    merged: list[tuple[Position, Unit]] = field(default_factory=list)
    """Ended positions whose person holds the same role at the successor already."""

    undecided: list[Position] = field(default_factory=list)
    """Ended positions that nobody continues: the unit has no successor, or the role does not fit it."""

    def __bool__(self) -> bool:
        return bool(self.moved or self.merged or self.undecided)


def move_positions(predecessor: Unit, successor: Unit | None, on: datetime.date, actor: User) -> Moves:
    """Move the positions of one unit that ends ``on`` to the unit that follows it; see ``move_all_positions``."""
    return move_all_positions({predecessor.pk: successor}, on, actor)


@transaction.atomic
def move_all_positions(successors: dict[int, Unit | None], on: datetime.date, actor: User) -> Moves:
    """End the positions at units that end ``on`` and continue each at the successor (None: nobody follows).

    The number of statements does not depend on the number of positions. The person, role and end date stay; what
    cannot be continued is listed as needing a decision.
    """
    ending = list(
        Position.objects.select_for_update(of=("self",))
        .filter(unit__in=successors)
        .not_ended(on)
        .select_related("user", "unit")
        .order_by("pk")
    )
    held = _held_at([unit for unit in successors.values() if unit], on)
    moves = Moves()
    begin = []
    now = timezone.now()
    for position in ending:
        successor = successors[position.unit_id]
        until = position.valid_to
        position.valid_to = max(on, position.valid_from)
        position.ended_by, position.ended_at = actor, now
        if successor is None or not Role(position.role).fits(successor.kind):
            moves.undecided.append(position)
        elif (key := (position.user_id, position.role, successor.pk)) in held:
            moves.merged.append((position, successor))
        else:
            held.add(key)
            begin.append(_continued(position, successor, on, until, actor))
    Position.objects.bulk_update(ending, ["valid_to", "ended_by", "ended_at"], batch_size=1000)
    Position.objects.bulk_create(begin, batch_size=1000)
    moves.moved = [(position.moved_from, position) for position in begin]
    log.record_many(_records(ending, begin, actor))
    return moves


def _held_at(units: Iterable[Unit], on: datetime.date) -> set[tuple[int, str, int]]:
    held = Position.objects.at(list(units)).not_ended(on)
    return set(held.values_list("user_id", "role", "unit_id"))


def _continued(
    position: Position, successor: Unit, on: datetime.date, until: datetime.date | None, actor: User
) -> Position:
    return Position(
        user=position.user,
        role=position.role,
        unit=successor,
        valid_from=max(on, position.valid_from),
        valid_to=until,
        granted_by=actor,
        moved_from=position,
    )


def _records(ended: list[Position], begun: list[Position], actor: User) -> Iterable[log.Record]:
    for act, positions in (("position.end_by_reorganisation", ended), ("position.move", begun)):
        for position in positions:
            yield log.Record(act, actor, position.user, position.unit, position_data(position, actor))
