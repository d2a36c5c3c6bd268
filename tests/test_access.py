"""Role × page × answer: the specification of who may open what.

Every address of the portal has a row in ``tests/access/``; ``test_every_address_has_a_row`` names those that were
forgotten. A row is ``public``, ``staff`` (with the visitors who may open it), ``signed_in`` or ``post_only``; records
are made by its ``kwargs``, at ``world.commune``.
"""

import pytest

from tests.access import (
    World,
    accounts,
    all_names,
    answers,
    awards,
    dialogues,
    messaging,
    portal,
    records,
    registry,
)

ROWS = [
    row for app in (portal, accounts, records, registry, dialogues, awards, messaging) for row in app.ROWS
]


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_address_answers_each_visitor_as_the_table_says(row):
    assert answers(row, World()) == row.answers


def test_every_address_has_a_row():
    assert sorted(all_names() - {row.name for row in ROWS}) == []


def test_every_row_has_an_address():
    assert sorted({row.name for row in ROWS} - all_names()) == []
