"""What an act changes is marked within it; within a minute it is computed, and nothing else is."""

import pytest
from django.db import transaction

from awards.transitions.moving import end_awards
from dialogues.models import Dialogue
from dialogues.states import OpinionStatus
from dialogues.states import State as DialogueState
from mobilization.statistics import marks, services, tasks
from mobilization.statistics.models import Figure, Mark, RebuildRun
from mobilization.statistics.states import RunState, Why
from mobilization.units.models import Succession
from models_registry.models import Registration
from models_registry.states import State
from tests.statistics.factories import (
    World,
    make_award,
    make_city,
    make_dialogue,
    make_opinions,
    make_registrations,
)

YEAR = 2024


def marked():
    return {(mark.year, mark.unit_id) for mark in Mark.objects.all()}


@pytest.fixture
def computed(world):
    """A year with one of each, computed."""
    world.one = make_registrations(world.whole, YEAR)[0]
    world.dialogue = make_dialogue(world.whole, YEAR)
    (world.opinion,) = make_opinions(world.dialogue)
    world.award = make_award(world.whole, YEAR, registration=world.one)
    services.rebuild_year(YEAR, city=world.city)
    Mark.objects.all().delete()
    return world


@pytest.mark.parametrize(
    "change",
    [
        lambda w: Registration.objects.filter(pk=w.one.pk).update(exemplary=True),
        lambda w: w.one.recognitions.all().delete(),
        lambda w: Dialogue.objects.filter(pk=w.dialogue.pk).update(attending=12),
        lambda w: w.dialogue.opinions.update(status=OpinionStatus.IN_PROGRESS),
        lambda w: end_awards([w.award], "revoked", by=make_award(w.city, 2026).decision),
    ],
)
def test_change_of_what_is_counted_marks_its_year_and_unit(computed, change):
    change(computed)
    assert (YEAR, computed.whole.pk) in marked()


@pytest.mark.parametrize(
    "change",
    [
        lambda w: Registration.objects.filter(pk=w.one.pk).update(title="Khéo khác"),
        lambda w: Dialogue.objects.filter(pk=w.dialogue.pk).update(venue="Nhà văn hóa"),
        lambda w: make_registrations(w.whole, YEAR, state=State.DRAFT),
        lambda w: make_dialogue(w.whole, YEAR, state=DialogueState.PLANNED),
    ],
)
def test_change_of_what_nothing_counts_marks_nothing(computed, change):
    change(computed)
    assert marked() == set()


def test_change_that_is_rolled_back_leaves_no_mark(computed):
    with transaction.atomic():
        make_registrations(computed.whole, YEAR)
        transaction.set_rollback(True)
    assert marked() == set()


def test_dialogue_moved_to_another_year_marks_both(computed):
    Dialogue.objects.filter(pk=computed.dialogue.pk).update(held_on="2023-05-01")
    assert marked() == {(YEAR, computed.whole.pk), (YEAR - 1, computed.whole.pk)}


def test_change_of_the_tree_marks_every_computed_year(computed):
    make_registrations(computed.whole, YEAR - 1)
    services.rebuild_year(YEAR - 1, city=computed.city)
    Mark.objects.all().delete()
    Succession.objects.filter(predecessor=computed.unknown, is_main=False).delete()
    assert marks.marked_years(computed.city) == [YEAR, YEAR - 1]


def test_refresh_computes_what_is_marked_and_leaves_a_run(computed):
    make_registrations(computed.first, YEAR, 2)
    assert tasks_of_refresh() == [(YEAR, computed.city.pk)]
    status = services.refresh_year(YEAR, city=computed.city)
    run = RebuildRun.objects.first()
    assert (
        Figure.objects.get(
            year=YEAR, basis="as_filed", unit=computed.city, dimension="none", measure="registered", key=""
        ).subtree
        == 3
    )
    assert (run.why, run.state, run.rows) == (Why.CHANGE, RunState.DONE, status.figures)
    assert run.changed > 0
    assert run.marks > 0
    assert services.refresh_year(YEAR, city=computed.city) is None


def tasks_of_refresh():
    return [
        (year, city.pk)
        for city in tasks.Unit.objects.in_force().cities()
        for year in marks.marked_years(city)
    ]


def test_marks_of_another_city_stay(computed):
    elsewhere = World(make_city("Tỉnh khác"))
    make_registrations(elsewhere.whole, YEAR, 3)
    services.rebuild_year(YEAR, city=computed.city)
    assert (YEAR, elsewhere.whole.pk) in marked()
    assert marks.marked_years(computed.city) == []
    services.rebuild_year(YEAR, city=elsewhere.city)
    assert marks.marked_years(elsewhere.city) == []
