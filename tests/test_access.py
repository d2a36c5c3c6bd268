"""Role × page × answer: the specification of who may open what.

Every address of the portal has a row here; ``test_every_address_has_a_row`` names those that were forgotten. Add
yours to the list of your app: ``public``, ``staff`` (with the visitors who may open it), ``signed_in`` or
``post_only``; records are made by the row's ``kwargs``, at ``world.commune``.
"""

import pytest

from tests.access import World, all_names, answers, post_only, public, signed_in, staff

OVERSIGHT = "administrator auditor"


def account(world):
    return {"pk": world.users["official"].pk}


def position(world):
    return {"pk": world.users["official"].positions.get().pk}


CORE = [
    public("healthz"),
    public("readyz"),
    public("set_language", answer="redirect"),
]
SIGN_IN = [
    public("account_signup"),
    public("account_inactive"),
    public("account_reset_password"),
    public("account_reset_password_done"),
    public("account_reset_password_from_key_done"),
    public("account_reset_password_from_key", lambda world: {"uidb36": "1", "key": "worthless"}),
]
ACCOUNTS = [
    signed_in("accounts:profile"),
    staff("accounts:list", OVERSIGHT),
    staff("accounts:export", OVERSIGHT),
    staff("accounts:invite", "administrator"),
    staff("accounts:detail", OVERSIGHT, account),
    staff("accounts:edit", "administrator", account),
    staff("accounts:grant", "administrator", account),
    staff("accounts:end_position", "administrator", position),
    post_only("accounts:invite_again", account),
    post_only("accounts:deactivate", account),
    post_only("accounts:reactivate", account),
    post_only("accounts:reset_second_factor", account),
]

ROWS = [*CORE, *SIGN_IN, *ACCOUNTS]
# Pages of a moment in the sign-in, tested in tests/accounts/test_sign_in.py.
ELSEWHERE = {"account_login", "account_logout", "account_reauthenticate"}


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_address_answers_each_visitor_as_the_table_says(row):
    assert answers(row, World()) == row.answers


def test_every_address_has_a_row():
    assert all_names() - {row.name for row in ROWS} - ELSEWHERE == set()


def test_every_row_has_an_address():
    assert {row.name for row in ROWS} | ELSEWHERE <= all_names()
