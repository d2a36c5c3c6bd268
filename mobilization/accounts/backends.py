"""Who signs in, by django-allauth, and who is signed in."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.db import DEFAULT_DB_ALIAS

from mobilization.accounts.models import User
from mobilization.core.statements import Statement


class AccountBackend(AuthenticationBackend):
    """Signs in by e-mail address; reads who is signed in, as every staff page asks, by a statement that is kept."""

    def get_user(self, user_id: int) -> User | None:
        """Return the open account of this number, or None."""
        for row in _account().rows(number=user_id):
            user = User.from_db(DEFAULT_DB_ALIAS, row._fields, row)
            return user if self.user_can_authenticate(user) else None
        return None


@cache
def _account() -> Statement:
    # All but what it is searched by, which is longer than the rest together.
    names = [field.attname for field in User._meta.concrete_fields if not field.generated]
    return Statement(lambda number: User.objects.filter(pk=number).values_list(*names), number=int)
