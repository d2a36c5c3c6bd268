"""A closed year: sealed, locked, proven; what comes after stands beside it."""

import copy
import datetime

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection, transaction

from awards import transitions as awards
from dialogues.models import Dialogue
from dialogues.transitions import dialogue as dialogues
from dialogues.transitions import opinion as opinions
from mobilization.accounts.states import Role
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.statistics import adjusting, closing, corrections, readers, services, verifying
from mobilization.statistics.models import Adjustment, Figure, Seal, YearStatus
from mobilization.units.models import ClosedYear
from models_registry import transitions as registry
from models_registry.models import Registration
from models_registry.states import State
from tests.accounts.factories import UserFactory, user_with
from tests.shared import for_a_whole_file
from tests.statistics.factories import (
    World,
    make_award,
    make_dialogue,
    make_opinions,
    make_registrations,
    make_unit,
    scatter,
    succeed,
)

YEAR = 2024


@pytest.fixture(scope="module")
def closed_once(django_db_setup, django_db_blocker):
    with for_a_whole_file(django_db_blocker):
        world = closed_year(World())
        connection.check_constraints()  # once, and not again after each test
        yield world


@pytest.fixture
def closed(closed_once, db):
    """A year of random records, and some of our own, that the leader has closed."""
    return copy.deepcopy(closed_once)


def closed_year(world):
    scatter(5, world.filing, YEAR)
    world.leader = user_with(Role.CITY_LEADER, world.city)
    world.one = make_registrations(world.whole, YEAR, state=State.SUBMITTED)[0]
    world.dialogue = make_dialogue(world.shared, YEAR, attending=40)
    world.opinion = make_opinions(world.dialogue, 1)[0]
    world.award = make_award(world.whole, YEAR, registration=world.one)
    services.rebuild_year(YEAR, city=world.city)
    world.seal = closing.close_year(YEAR, city=world.city, actor=world.leader, words="Chờ đến quý sau.")
    return world


def number_of(unit, code, scope="subtree"):
    return readers.numbers_of(unit, [YEAR], "as_filed", scope)[YEAR][code].total


def test_close_year_seals_every_figure_and_passes_the_proof(closed):
    assert closed.seal.figures.count("\n") == Figure.objects.of_year(YEAR).count()
    assert YearStatus.objects.get(city=closed.city, year=YEAR).final
    assert ClosedYear.objects.filter(city=closed.city, year=YEAR).exists()
    assert verifying.problems_of(closed.city) == {YEAR: []}
    assert readers.sealed(YEAR, closed.whole).sha256 == closed.seal.sha256


def test_close_year_twice_is_refused(closed):
    with pytest.raises(DomainError) as refusal:
        closing.close_year(YEAR, city=closed.city, actor=closed.leader, words="Lại")
    assert refusal.value.code == "year_closed"


def test_close_year_with_something_open_needs_words(world):
    make_registrations(world.whole, YEAR, state=State.SUBMITTED)
    leader = user_with(Role.CITY_LEADER, world.city)
    before = set(Seal.objects.values_list("pk", flat=True))
    with pytest.raises(DomainError) as refusal:
        closing.close_year(YEAR, city=world.city, actor=leader)
    assert list(refusal.value.fields) == ["words"]
    # Of any city.
    assert set(Seal.objects.values_list("pk", flat=True)) == before


def test_close_year_that_is_not_over_is_refused(world):
    year = datetime.datetime.now(tz=datetime.UTC).year
    make_registrations(world.first, year)
    leader = user_with(Role.CITY_LEADER, world.city)
    with pytest.raises(DomainError) as refusal:
        closing.close_year(year, city=world.city, actor=leader, words="Sớm")
    assert refusal.value.code == "forbidden"


def test_seals_are_chained_each_to_the_one_before(closed):
    make_registrations(closed.whole, YEAR - 1)
    second = closing.close_year(YEAR - 1, city=closed.city, actor=closed.leader, words="Chưa đủ chỉ tiêu.")
    assert (second.number, second.previous) == (2, closed.seal.sha256)
    assert verifying.problems_of(closed.city) == {YEAR: [], YEAR - 1: []}


def test_acts_on_records_of_a_closed_year_are_refused_in_words(closed):
    official = user_with(Role.OFFICIAL, closed.first)
    acts = [
        lambda: registry.withdraw(closed.one, actor=official, reason="Nhầm"),
        lambda: dialogues.edit(closed.dialogue, {"attending": 41}, actor=official),
        lambda: dialogues.record(
            Dialogue(unit=closed.committee, topic="Bổ sung", held_on=datetime.date(YEAR, 3, 1)),
            actor=official,
        ),
    ]
    for act in acts:
        with pytest.raises(DomainError) as refusal:
            act()
        assert refusal.value.code == "year_closed"


def test_database_refuses_what_changes_a_figure_of_a_closed_year(closed):
    changes = [
        lambda: Registration.objects.filter(pk=closed.one.pk).update(state=State.DECLINED),
        lambda: make_registrations(closed.whole, YEAR),
        lambda: Dialogue.objects.filter(pk=closed.dialogue.pk).update(attending=41),
        lambda: make_opinions(closed.dialogue, 1),
        lambda: make_award(closed.whole, YEAR),
    ]
    for change in changes:
        with pytest.raises(IntegrityError, match="is closed"), transaction.atomic():
            change()


def test_award_revoked_after_the_closing_is_an_adjustment_beside_the_sealed_figure(closed):
    before = number_of(closed.whole, "awards_collective")
    awards.revoke(
        closed.award.decision,
        actor=user_with(Role.CITY_STAFF, closed.city),
        number="9/QĐ-TH",
        signed_on=datetime.date(2026, 1, 15),
        reason="Thành tích không đúng",
    )
    kept = adjusting.adjust_year(YEAR, city=closed.city)
    assert number_of(closed.whole, "awards_collective") == before
    found = {
        one.measure: one
        for one in readers.adjustments(closed.whole, YEAR, "as_filed", "subtree")
        if not one.key
    }
    assert {code: one.difference for code, one in found.items()} == {
        "awards_collective": -1,
        "models_awarded": -1,
    }
    (cause,) = found["awards_collective"].causes
    assert (cause["kind"], cause["reason"]) == ("decision", "Thành tích không đúng")
    assert not kept.unexplained
    assert verifying.problems_of(closed.city) == {YEAR: []}
    assert adjusting.adjust_year(YEAR, city=closed.city) is None


def test_opinion_followed_up_after_the_closing_is_an_adjustment(closed):
    official = user_with(Role.OFFICIAL, closed.first)
    opinions.take_up(closed.opinion, actor=official)
    kept = adjusting.adjust_year(YEAR, city=closed.city)
    assert [cause["kind"] for cause in kept.causes] == ["follow_up"]
    (one,) = readers.adjustments(closed.shared, YEAR, "as_filed", "own")
    assert (one.measure, one.difference) == ("opinions_in_progress", 1)


def test_correction_lets_the_record_be_changed_once_by_the_usual_act(closed):
    official, staff = user_with(Role.OFFICIAL, closed.first), user_with(Role.CITY_STAFF, closed.city)
    asked = corrections.ask(closed.dialogue, actor=staff, wanted="41 người dự", reason="Biên bản ghi 41")
    with pytest.raises(Conflict):
        corrections.ask(closed.dialogue, actor=official, wanted="42", reason="Khác")
    with pytest.raises(NotAllowed):
        corrections.approve(asked, actor=staff)
    corrections.approve(asked, actor=closed.leader, answer="Đồng ý")
    edited = dialogues.edit(closed.dialogue, {"attending": 41}, actor=official)
    with pytest.raises(DomainError) as refusal:
        dialogues.edit(edited, {"attending": 42}, actor=official)
    assert refusal.value.code == "year_closed"
    adjusting.adjust_year(YEAR, city=closed.city)
    one = readers.adjustments(closed.shared, YEAR, "as_filed", "own")[0]
    assert (one.measure, one.difference) == ("dialogue_participants", 1)
    assert (one.causes[0]["reason"], one.causes[0]["approved_by"]) == (
        "Biên bản ghi 41",
        closed.leader.full_name,
    )
    assert verifying.problems_of(closed.city) == {YEAR: []}


def test_correction_declined_needs_words_and_opens_nothing(closed):
    asked = corrections.ask(closed.one, actor=UserFactory(), wanted="Rút", reason="Trùng")
    with pytest.raises(DomainError):
        corrections.decline(asked, actor=closed.leader, answer=" ")
    corrections.decline(asked, actor=closed.leader, answer="Không có căn cứ")
    with pytest.raises(DomainError) as refusal:
        registry.withdraw(closed.one, actor=UserFactory(), reason="Trùng")
    assert refusal.value.code == "year_closed"


def test_reorganisation_after_the_closing_restates_what_was_sealed(closed):
    """The figures as filed stay as sealed; on today's units they stand under the units of today."""
    reform = datetime.date(2026, 3, 1)
    last = make_unit("Xã mới nhất", closed.city, since=reform)
    type(closed.first).objects.filter(pk__in=[closed.first.pk, closed.third.pk]).update(valid_to=reform)
    succeed(closed.first, last, on=reform)
    succeed(closed.third, last, on=reform)
    filed = list(Figure.objects.of_year(YEAR).on_basis("as_filed").order_by("pk").values())
    before = readers.numbers_of(closed.city, [YEAR], "current", "subtree")[YEAR]
    assert adjusting.adjust_year(YEAR, city=closed.city) is None
    after = readers.numbers_of(closed.city, [YEAR], "current", "subtree")[YEAR]
    assert {code: one.total for code, one in before.items()} == {
        code: one.total for code, one in after.items()
    }
    assert list(Figure.objects.of_year(YEAR).on_basis("as_filed").order_by("pk").values()) == filed
    assert not Figure.objects.on_basis("current").of_units([closed.first.pk]).exists()
    assert Figure.objects.on_basis("current").of_units([last.pk]).exists()
    assert not Adjustment.objects.exists()
    assert verifying.problems_of(closed.city) == {YEAR: []}


def without_triggers(table, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(statement)
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


@pytest.mark.parametrize(
    ("table", "change", "told"),
    [
        (
            "statistics_figure",
            "subtree = subtree + 1 WHERE measure = 'registered' AND dimension = 'none'",
            "Xã cũ 1",
        ),
        ("statistics_seal", "figures = overlay(figures placing '7' from 4 for 1)", ""),
        ("statistics_seal", "cells = cells || ' '", ""),
        ("statistics_seal", "header = replace(header, '2024', '2023')", ""),
        ("statistics_seal", "sealed_at = sealed_at - interval '1 day'", "sealed_at"),
        ("statistics_seal", "words = 'Khác'", "words"),
        ("statistics_seal", "sha256 = repeat('0', 64)", ""),
        ("statistics_yearstatus", "final = false", ""),
    ],
)
def test_verify_year_after_one_changed_byte_fails_and_says_where(closed, table, change, told):
    without_triggers(table, f"UPDATE {table} SET {change}")
    with pytest.raises(CommandError):
        call_command("verify_year", YEAR)
    (problems,) = verifying.problems_of(closed.city).values()
    assert problems
    assert told in " ".join(problems)


def test_seal_cannot_be_changed_or_deleted(closed):
    for change in (lambda: Seal.objects.update(words=""), lambda: Seal.objects.all().delete()):
        with pytest.raises(Exception, match="annot"), transaction.atomic():
            change()
