"""Who signs in, by django-allauth, and who is signed in."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS
from django.db.models import QuerySet

from mobilization.accounts import at_hand
from mobilization.accounts.models import POSITION_COLUMNS, Position, User, held_by
from mobilization.core.statements import Statement

# All but what it is searched by, which is longer than the rest together.
_COLUMNS = [field.attname for field in User._meta.concrete_fields if not field.generated]
_HELD = slice(len(_COLUMNS), len(_COLUMNS) + len(POSITION_COLUMNS))


class AccountBackend(AuthenticationBackend):
    """Signs in by e-mail address; reads who is signed in, as every staff page asks, by a statement that is kept."""

    def get_user(self, user_id: int) -> User | None:
        """Return the open account of this number, with the positions it has held and what is ``at_hand``, or None."""
        names, statement = _account()
        rows = statement.rows(number=user_id)
        if not rows:
            return None
        user = User.from_db(DEFAULT_DB_ALIAS, _COLUMNS, rows[0][: len(_COLUMNS)])
        # Without a position there is one row, which holds none.
        held = (row[_HELD] for row in rows if row.positions__id is not None)
        user.held_positions = [held_by(user, row) for row in held]
        user.at_hand = dict(zip(names, rows[0][_HELD.stop :], strict=True))
        return user if self.user_can_authenticate(user) else None


@cache
def _account() -> tuple[list[str], Statement]:
    """Return what asks for an account and its positions, a row for each of these, in their order.

    Each row ends with what is at hand, whose names come first.
    """
    wanted = at_hand.wanted()
    order = [f"-positions__{name[1:]}" for name in Position._meta.ordering]
    joined = [f"positions__{name}" for name in POSITION_COLUMNS]

    def held(number: int) -> QuerySet:
        found = User.objects.filter(pk=number).order_by(*order).annotate(**wanted)
        return found.values_list(*_COLUMNS, *joined, *wanted)

    return list(wanted), Statement(held, number=int)
