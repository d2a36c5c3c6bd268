"""Stored figures beside direct counts: equal for whatever was recorded; where they differ, both numbers are told."""

import pytest

from mobilization.accounts.states import Role
from mobilization.core.errors import DomainError
from mobilization.messaging.models import Message
from mobilization.messaging.todos import all_todos
from mobilization.statistics import reconciling, services
from mobilization.statistics.models import Figure, YearStatus
from tests.accounts.factories import user_with
from tests.statistics.factories import World, make_city, make_registrations, scatter

YEAR = 2024


@pytest.mark.parametrize("seed", range(4))
def test_reconcile_of_random_records_finds_no_difference(world, seed):
    scatter(seed, world.filing, YEAR)
    services.rebuild_year(YEAR, city=world.city)
    found = reconciling.reconcile(YEAR, city=world.city)
    assert (found.differences, found.compared > 50) == (0, True)


def test_reconcile_of_two_cities_side_by_side_keeps_them_apart(world):
    elsewhere = World(make_city("Tỉnh khác"))
    scatter(1, world.filing, YEAR)
    scatter(2, elsewhere.filing, YEAR)
    for city in (world.city, elsewhere.city):
        services.rebuild_year(YEAR, city=city)
        assert reconciling.reconcile(YEAR, city=city).differences == 0


def test_reconcile_tells_both_numbers_of_what_differs(world):
    staff = user_with(Role.CITY_STAFF, world.city)
    make_registrations(world.whole, YEAR, 3)
    services.rebuild_year(YEAR, city=world.city)
    Figure.objects.filter(
        year=YEAR, basis="as_filed", unit=world.whole, measure="accepted", dimension="none"
    ).update(own=5)
    found = reconciling.reconcile(YEAR, city=world.city)
    (difference,) = found.mismatches.all()
    assert (difference.unit, difference.measure, difference.scope) == (world.whole, "accepted", "own")
    assert (difference.stored, difference.counted) == (5, 3)
    message = Message.objects.get(recipient=staff)
    assert (message.kind, message.data["stored"], message.data["counted"]) == ("statistics.differences", 5, 3)
    (todo,) = (todo for todo in all_todos() if todo.code == "statistics.differences")
    assert todo.count(staff) == 1


@pytest.mark.parametrize("basis", ["as_filed", "current"])
def test_reconcile_finds_a_figure_that_is_missing_or_too_much(world, basis):
    make_registrations(world.whole, YEAR, 3)
    services.rebuild_year(YEAR, city=world.city)
    Figure.objects.filter(year=YEAR, basis=basis, unit=world.city, dimension="level").delete()
    assert reconciling.reconcile(YEAR, city=world.city).differences > 0


def test_reconcile_computes_first_what_changed(world):
    make_registrations(world.whole, YEAR, 3)
    services.rebuild_year(YEAR, city=world.city)
    make_registrations(world.unknown, YEAR, 2)
    assert reconciling.reconcile(YEAR, city=world.city).differences == 0


def test_reconcile_of_a_year_never_computed_or_closed_is_refused(world):
    with pytest.raises(DomainError) as refusal:
        reconciling.reconcile(YEAR, city=world.city)
    assert refusal.value.code == "not_computed"
    services.rebuild_year(YEAR, city=world.city)
    YearStatus.objects.update(final=True)
    with pytest.raises(DomainError) as refusal:
        reconciling.reconcile(YEAR, city=world.city)
    assert refusal.value.code == "year_closed"
