"""Stored figures equal what the records say; both bases agree where they must; a year is computed whole or not."""

import datetime
import threading

import pytest
from django.db import connection, connections

from awards.states import RecipientKind
from dialogues.states import Kind as DialogueKind
from dialogues.states import OpinionStatus
from dialogues.states import State as DialogueState
from mobilization.core.errors import DomainError
from mobilization.statistics import services
from mobilization.statistics.measures import MEASURES, count_directly
from mobilization.statistics.models import Figure, YearStatus
from mobilization.statistics.states import Basis, Dimension
from models_registry.states import Level, Novelty, Outcome, State, WorkField
from tests.statistics.factories import (
    ANSWERED,
    World,
    make_award,
    make_city,
    make_dialogue,
    make_opinions,
    make_registrations,
    scatter,
)

pytestmark = pytest.mark.django_db
YEAR = 2024
SEEDS = range(3)


def total_of(unit, basis=Basis.AS_FILED, column="own", measure="registered"):
    found = Figure.objects.of_year(YEAR).on_basis(basis).of_units([unit.pk]).totals().of_measures([measure])
    return found.values_list(column, flat=True).first() or 0


def stored(year, basis, column):
    rows = Figure.objects.of_year(year).on_basis(basis)
    return {
        tuple(row[:-1]): row[-1] for row in rows.values_list("unit", "measure", "dimension", "key", column)
    }


@pytest.mark.parametrize("seed", SEEDS)
def test_rebuild_year_of_random_records_equals_direct_counts(world, seed):
    scatter(seed, world.filing, YEAR)
    services.rebuild_year(YEAR, city=world.city)
    own, subtree = (stored(YEAR, Basis.AS_FILED, column) for column in ("own", "subtree"))
    for measure in MEASURES.values():
        for unit in world.units:
            key = (unit.pk, measure.code, Dimension.NONE, "")
            assert own.get(key, 0) == count_directly(measure, YEAR, unit, own=True)
            assert subtree.get(key, 0) == count_directly(measure, YEAR, unit)


@pytest.mark.parametrize("seed", SEEDS)
def test_rebuild_year_of_random_records_keeps_the_city_total_in_both_bases(world, seed):
    scatter(seed, world.filing, YEAR)
    services.rebuild_year(YEAR, city=world.city)
    filed, current = (
        {key: value for key, value in stored(YEAR, basis, "subtree").items() if key[0] == world.city.pk}
        for basis in Basis
    )
    assert filed == current


@pytest.mark.parametrize("seed", SEEDS)
def test_rebuild_year_of_random_records_makes_parts_that_add_up(world, seed):
    scatter(seed, world.filing, YEAR)
    services.rebuild_year(YEAR, city=world.city)
    for basis in Basis:
        for column in ("own", "subtree"):
            assert_parts_add_up(world, stored(YEAR, basis, column))


def assert_parts_add_up(world, figures):
    for unit in world.units:
        values = {code: figures.get((unit.pk, code, Dimension.NONE, ""), 0) for code in MEASURES}
        for code, measure in MEASURES.items():
            for dimension in measure.dimensions:
                parts = sum(v for k, v in figures.items() if k[:3] == (unit.pk, code, dimension))
                assert parts == values[code], (unit, code, dimension)
        assert values["registered"] == values["registered_new"] + values["registered_maintained"]
        nested = [values[code] for code in ("registered", "accepted", "reported", "recognised", "exemplary")]
        assert nested == sorted(nested, reverse=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_rebuild_year_restated_leaves_ended_units_nothing_that_was_succeeded_to(world, seed):
    scatter(seed, world.filing, YEAR)
    services.rebuild_year(YEAR, city=world.city)
    current = stored(YEAR, Basis.CURRENT, "subtree")
    assert not {
        key
        for key in current
        if key[0] in {world.whole.pk, world.shared.pk, world.unknown.pk, world.south.pk}
    }
    north = {key[1:]: value for key, value in current.items() if key[0] == world.north.pk}
    own = {
        key[1:]: v for key, v in stored(YEAR, Basis.AS_FILED, "own").items() if key[0] == world.north.pk and v
    }
    assert north == own


def test_rebuild_year_by_shares_hands_out_the_largest_remainder(world):
    make_registrations(world.shared, YEAR, 11)
    services.rebuild_year(YEAR, city=world.city)
    found = [total_of(unit, Basis.CURRENT) for unit in (world.first, world.second)]
    assert found == [8, 3]


def test_rebuild_year_by_shares_gives_each_step_its_share(world):
    make_registrations(world.shared, YEAR, 10, field=WorkField.ECONOMY)
    make_registrations(world.shared, YEAR, 10, field=WorkField.CULTURE_SOCIETY, state=State.ACCEPTED)
    services.rebuild_year(YEAR, city=world.city)
    recognised = [total_of(u, Basis.CURRENT, measure="recognised") for u in (world.first, world.second)]
    accepted = [total_of(u, Basis.CURRENT, measure="accepted") for u in (world.first, world.second)]
    assert (recognised, accepted) == ([7, 3], [14, 6])


def test_rebuild_year_by_shares_shares_out_people_and_summary_totals(world):
    make_dialogue(
        world.shared, YEAR, attending=100, summary_only=True, opinions_total=10, opinions_resolved=5
    )
    services.rebuild_year(YEAR, city=world.city)
    found = {
        measure: [total_of(unit, Basis.CURRENT, measure=measure) for unit in (world.first, world.second)]
        for measure in (
            "dialogues_periodic",
            "dialogue_participants",
            "opinions_received",
            "opinions_resolved",
        )
    }
    assert found == {
        "dialogues_periodic": [1, 0],
        "dialogue_participants": [70, 30],
        "opinions_received": [7, 3],
        "opinions_resolved": [4, 1],
    }


def test_rebuild_year_without_shares_goes_to_the_main_successor_as_an_estimate(world):
    make_registrations(world.unknown, YEAR, 5)
    make_registrations(world.whole, YEAR, 2)
    services.rebuild_year(YEAR, city=world.city)
    rows = Figure.objects.of_year(YEAR).on_basis(Basis.CURRENT).totals().of_measures(["registered"])
    assert set(rows.values_list("unit", "own", "subtree", "estimated")) == {
        (world.third.pk, 5, 5, True),
        (world.second.pk, 0, 0, True),
        (world.first.pk, 2, 2, False),
        (world.city.pk, 0, 7, False),
    }


def test_rebuild_year_as_filed_has_no_estimates(world):
    make_registrations(world.shared, YEAR, 3)
    services.rebuild_year(YEAR, city=world.city)
    assert not Figure.objects.on_basis(Basis.AS_FILED).filter(estimated=True).exists()


def test_rebuild_year_twice_changes_nothing(world):
    scatter(1, world.filing, YEAR)
    first = services.rebuild_year(YEAR, city=world.city)
    before = list(Figure.objects.order_by("pk").values())
    second = services.rebuild_year(YEAR, city=world.city)
    assert (first.figures, first.changed) == (len(before), len(before))
    assert (second.figures, second.changed) == (len(before), 0)
    assert list(Figure.objects.order_by("pk").values()) == before


def test_rebuild_year_after_a_change_writes_what_changed(world):
    (one,) = make_registrations(world.whole, YEAR, state=State.SUBMITTED)
    services.rebuild_year(YEAR, city=world.city)
    one.state = State.WITHDRAWN
    one.save()
    status = services.rebuild_year(YEAR, city=world.city)
    assert status.figures == 0
    assert not Figure.objects.exists()


def test_rebuild_year_leaves_other_years_and_cities_alone(world):
    elsewhere = make_city("Tỉnh khác")
    make_registrations(elsewhere, YEAR, 4)
    make_registrations(world.whole, YEAR - 1, 2)
    services.rebuild_year(YEAR, city=elsewhere)
    services.rebuild_year(YEAR - 1, city=world.city)
    services.rebuild_year(YEAR, city=world.city)
    assert total_of(elsewhere) == 4
    assert Figure.objects.of_year(YEAR - 1).exists()


def test_rebuild_year_counts_what_each_measure_says(world):
    unit = world.whole
    for state, number in ((State.DRAFT, 1), (State.WITHDRAWN, 2), (State.DECLINED, 4), (State.RETURNED, 8)):
        make_registrations(unit, YEAR, number, state=state)
    make_registrations(unit, YEAR, 1, state=State.ACCEPTED, novelty=Novelty.MAINTAINED, outcome=Outcome.END)
    make_registrations(unit, YEAR, 2, state=State.REPORT_RETURNED, outcome=Outcome.REPLICATE)
    recognised = make_registrations(
        unit, YEAR, 3, exemplary=True, recognised_at=[Level.GRASSROOTS, Level.CITY]
    )
    make_dialogue(unit, YEAR, kind=DialogueKind.AD_HOC, attending=30)
    held = make_dialogue(unit, YEAR, attending=50)
    make_opinions(held, 2, due_on=datetime.date(YEAR, 6, 1))
    make_opinions(held, 1, status=OpinionStatus.OUTSIDE_COMPETENCE)
    make_opinions(held, 1, status=OpinionStatus.RESOLVED, due_on=datetime.date(YEAR, 6, 1), **ANSWERED)
    for one in (recognised[0], recognised[0], recognised[1]):
        make_award(unit, YEAR, registration=one)
    make_award(unit, YEAR, RecipientKind.HOUSEHOLD)
    make_award(unit, YEAR, RecipientKind.INDIVIDUAL, revoked=True)
    services.rebuild_year(YEAR, city=world.city)
    assert {code: value for code in MEASURES if (value := total_of(unit, measure=code))} == {
        "registered": 14,
        "registered_new": 13,
        "registered_maintained": 1,
        "accepted": 6,
        "reported": 5,
        "recognised": 3,
        "exemplary": 3,
        "replicated": 2,
        "ended": 1,
        "recognitions": 6,
        "dialogues_periodic": 1,
        "dialogues_ad_hoc": 1,
        "dialogue_participants": 80,
        "opinions_received": 4,
        "opinions_resolved": 1,
        "opinions_outside_competence": 1,
        "opinions_overdue": 2,
        "awards_collective": 3,
        "awards_household": 1,
        "models_awarded": 2,
    }


def test_rebuild_year_that_is_final_is_refused(world):
    status = services.rebuild_year(YEAR, city=world.city)
    YearStatus.objects.filter(pk=status.pk).update(final=True)
    with pytest.raises(DomainError) as refusal:
        services.rebuild_year(YEAR, city=world.city)
    assert refusal.value.code == "year_closed"
    assert services.open_years(world.city) == []


def test_open_years_lists_every_year_with_records(world):
    make_registrations(world.whole, 2021)
    make_dialogue(world.whole, 2022)
    make_award(world.whole, 2023)
    make_dialogue(world.shared, 2012)
    make_dialogue(world.whole, 2019, state=DialogueState.PLANNED)
    make_dialogue(make_city("Tỉnh khác"), 2018)
    assert services.open_years(world.city) == [2023, 2022, 2021, 2012]


@pytest.mark.django_db(transaction=True)
def test_rebuild_year_twice_at_once_is_done_one_after_the_other():
    world = World()
    scatter(3, world.filing, YEAR)
    changed, gate = [], threading.Barrier(2)

    def rebuild():
        gate.wait()
        try:
            changed.append(services.rebuild_year(YEAR, city=world.city).changed)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=rebuild) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(changed) == [0, Figure.objects.count()]
    assert connection.is_usable()
