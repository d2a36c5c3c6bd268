"""Role × page × answer: the specification of who may open what.

Every address of the portal has a row in ``tests/access/``; ``test_every_address_has_a_row`` names those that were
forgotten. A row is ``public``, ``staff`` (with the visitors who may open it), ``signed_in`` or ``post_only`` (with the
visitors who may ask for the act); records are made by its ``kwargs``, at ``world.commune``.
"""

import pytest

from tests.access import (
    World,
    accounts,
    all_names,
    answers,
    appraisal,
    awards,
    certificates,
    dialogues,
    messaging,
    nominations,
    opened_by_whoever_may,
    portal,
    publication,
    records,
    registry,
)
from tests.shared import for_a_whole_file

ROOMS = (
    portal,
    accounts,
    records,
    registry,
    publication,
    appraisal,
    dialogues,
    awards,
    certificates,
    nominations,
    messaging,
)
ROWS = [row for room in ROOMS for row in room.ROWS]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = World()
        world.cookies  # noqa: B018 -- everybody signs in now, before the first test's own changes
        yield world


@pytest.mark.django_db
@pytest.mark.parametrize("row", ROWS, ids=str)
def test_address_answers_each_visitor_as_the_table_says(world, row):
    address = row.address(world)
    assert answers(row, address, world) == row.answers
    if row.body is not None:
        assert opened_by_whoever_may(row, address, world) == "405"


def test_every_address_has_a_row():
    assert sorted(all_names() - {row.name for row in ROWS}) == []


def test_every_row_has_an_address():
    assert sorted({row.name for row in ROWS} - all_names()) == []
