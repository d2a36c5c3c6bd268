"""Whoever acts while the year is being closed: what is under way is sealed with it, what comes later is refused."""

import threading

import pytest
from django.db import IntegrityError, connections, transaction

from mobilization.accounts.states import Role
from mobilization.core.errors import DomainError
from mobilization.statistics import closing, services, verifying
from mobilization.statistics.models import Figure
from tests.accounts.factories import user_with
from tests.statistics.factories import World, make_registrations

YEAR = 2024


class Aside(threading.Thread):
    """Does something on a connection of its own."""

    def __init__(self, do):
        super().__init__(daemon=True)
        self.do, self.result, self.raised = do, None, None

    def run(self):
        try:
            self.result = self.do()
        except (DomainError, IntegrityError) as refusal:
            self.raised = refusal
        finally:
            connections.close_all()


@pytest.fixture
def world_to_close(transactional_db):
    world = World()
    make_registrations(world.whole, YEAR, 2)
    world.leader = user_with(Role.CITY_LEADER, world.city)
    services.rebuild_year(YEAR, city=world.city)
    return world


def close(world):
    return closing.close_year(YEAR, city=world.city, actor=world.leader, words="Cuối năm")


def registered(world):
    rows = Figure.objects.of_year(YEAR).on_basis("as_filed").of_units([world.city.pk]).totals()
    return rows.of_measures(["registered"]).get().subtree


def test_act_under_way_is_waited_for_and_sealed(world_to_close):
    with transaction.atomic():
        make_registrations(world_to_close.whole, YEAR)
        closer = Aside(lambda: close(world_to_close))
        closer.start()
        closer.join(timeout=1)
        assert closer.is_alive()
    closer.join(timeout=30)
    assert (closer.raised, registered(world_to_close)) == (None, 3)
    assert verifying.problems_of(world_to_close.city) == {YEAR: []}


def test_act_that_comes_while_the_year_is_closed_is_refused(world_to_close):
    with transaction.atomic():
        close(world_to_close)
        late = Aside(lambda: make_registrations(world_to_close.whole, YEAR))
        late.start()
        late.join(timeout=1)
        assert late.is_alive()
    late.join(timeout=30)
    assert "is closed" in str(late.raised)
    assert registered(world_to_close) == 2


def test_closing_beside_a_long_act_is_refused_in_words(world_to_close, monkeypatch):
    monkeypatch.setattr(closing, "WAIT", "200ms")
    with transaction.atomic():
        make_registrations(world_to_close.whole, YEAR)
        closer = Aside(lambda: close(world_to_close))
        closer.start()
        closer.join(timeout=30)
    assert closer.raised.code == "busy"
    assert services.open_years(world_to_close.city) == [YEAR]
