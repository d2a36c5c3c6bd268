import datetime

import pytest

from dialogues.models import Dialogue, DialogueDuty, Opinion
from dialogues.states import Kind, OpinionStatus, State
from mobilization.accounts.states import Role
from tests.accounts.factories import UserFactory, user_with
from tests.dialogues.factories import HELD_ON, DialogueFactory, OpinionFactory
from tests.units.factories import UnitFactory, succeed

DAY = datetime.timedelta(days=1)


def test_visible_to_is_the_own_unit_for_an_official(ward, official, stranger):
    mine = DialogueFactory(unit=ward)

    assert list(Dialogue.objects.visible_to(official)) == [mine]
    assert list(Dialogue.objects.visible_to(stranger)) == []


def test_visible_to_is_all_below_for_readers(ward, other_ward, reviewer, city_staff, auditor):
    mine, other = DialogueFactory(unit=ward), DialogueFactory(unit=other_ward)

    assert set(Dialogue.objects.visible_to(reviewer)) == {mine}
    assert set(Dialogue.objects.visible_to(city_staff)) == {mine, other}
    assert set(Dialogue.objects.visible_to(auditor)) == {mine, other}


def test_visible_to_nobody_without_a_position(ward):
    DialogueFactory(unit=ward)

    assert list(Dialogue.objects.visible_to(UserFactory())) == []


def test_visible_to_an_official_of_a_district_leaves_out_its_communes(db):
    district = UnitFactory(kind="rural_district")
    own, below = DialogueFactory(unit=district), DialogueFactory(unit=UnitFactory(parent=district))

    assert list(Dialogue.objects.visible_to(user_with(Role.OFFICIAL, district))) == [own]
    assert set(Dialogue.objects.visible_to(user_with(Role.REVIEWER, district))) == {own, below}


def test_visible_to_reaches_what_the_unit_took_over(ward):
    old = UnitFactory(kind="ward")
    kept = DialogueFactory(unit=old, held=True, held_on=datetime.date(2025, 3, 1))
    succeed(old, ward, on=datetime.date(2025, 7, 1))

    assert list(Dialogue.objects.visible_to(user_with(Role.OFFICIAL, ward))) == [kept]


def test_opinion_is_visible_to_the_unit_in_charge(ward, other_ward, official, stranger):
    opinion = OpinionFactory(dialogue__unit=ward, unit_in_charge=other_ward)
    OpinionFactory(dialogue=opinion.dialogue, unit_in_charge=ward)

    assert list(Opinion.objects.visible_to(stranger)) == [opinion]
    assert list(Opinion.objects.in_charge_of(stranger)) == [opinion]
    assert Opinion.objects.visible_to(official).count() == 2


@pytest.mark.parametrize("is_sensitive", [False, True])
def test_units_in_charge_are_those_of_the_opinions_that_one_reads(
    ward, other_ward, official, stranger, reviewer, city_staff, auditor, is_sensitive
):
    third = UnitFactory(kind="ward")
    for unit, charge in (
        (ward, other_ward),
        (other_ward, third),
        (third, None),
        (third, third),
        (ward, ward),
    ):
        OpinionFactory(dialogue__unit=unit, unit_in_charge=charge, is_sensitive=is_sensitive)
    for user in (official, stranger, reviewer, city_staff, auditor, UserFactory()):
        read = Opinion.objects.visible_to(user).exclude(unit_in_charge=None)
        expected = set(read.values_list("unit_in_charge", flat=True))
        assert set(Opinion.objects.units_in_charge(user).values_list("pk", flat=True)) == expected
    assert Opinion.objects.units_in_charge(city_staff).count() == 3


def test_counted_are_the_held_and_the_published(db):
    held, published, summary = (
        DialogueFactory(**{trait: True}) for trait in ("held", "published", "summary")
    )
    for trait in ({}, {"announced": True}, {"cancelled": True}):
        DialogueFactory(**trait)

    assert set(Dialogue.objects.held()) == {held, published, summary}
    assert list(Dialogue.objects.published()) == [published]
    assert Dialogue.objects.planned_ahead().count() == 2


def test_of_year_and_kind_select(db):
    old = DialogueFactory(held_on=datetime.date(2025, 12, 31), kind=Kind.AD_HOC)
    new = DialogueFactory(held_on=datetime.date(2026, 1, 1))

    assert list(Dialogue.objects.of_year(2025)) == list(Dialogue.objects.ad_hoc()) == [old]
    assert list(Dialogue.objects.of_year(2026)) == list(Dialogue.objects.periodic()) == [new]
    assert [Dialogue.objects.of_year(year).count() for year in (0, 9999, 10**9, -5)] == [0, 0, 0, 0]


def test_under_takes_the_unit_and_all_below(db):
    district = UnitFactory(kind="rural_district")
    below = DialogueFactory(unit=UnitFactory(parent=district))
    DialogueFactory(unit=UnitFactory())

    assert list(Dialogue.objects.under(district)) == [below]
    assert list(Dialogue.objects.of_unit(district)) == []


@pytest.mark.parametrize("words", ["trat tu", "TRẬT TỰ đô", "do thi trat", "hoi truong"])
def test_search_finds_topic_and_venue_without_accents(db, words):
    found = DialogueFactory(topic="Trật tự đô thị", venue="Hội trường lớn")
    DialogueFactory(topic="Đất đai", venue="Nhà văn hóa")

    assert list(Dialogue.objects.search(words)) == [found]


def test_search_of_opinions_knows_only_matter_and_public_text(db):
    opinion = OpinionFactory(matter="Rác thải", text="Ông Bình nói", public_text="Thu gom hằng ngày")

    assert list(Opinion.objects.search("rac thai")) == [opinion]
    assert list(Opinion.objects.search("thu gom")) == [opinion]
    assert list(Opinion.objects.search("ong binh")) == []
    assert list(Opinion.objects.search("bi mat")) == []


def test_opinion_figures_come_from_the_summary_or_from_the_opinions(db):
    summary, detailed = DialogueFactory(summary=True), DialogueFactory(held=True)
    statuses = (OpinionStatus.RECEIVED, OpinionStatus.IN_PROGRESS, OpinionStatus.ANSWERED_ON_SPOT)
    for status in statuses:
        OpinionFactory(dialogue=detailed, status=status, due_on=HELD_ON + DAY)
    named = ("received", "on_spot", "resolved", "in_progress", "outside", "not_accepted", "overdue")

    figures = {
        row[0]: row[1:]
        for row in Dialogue.objects.with_opinion_figures(HELD_ON + 2 * DAY).values_list("pk", *named)
    }

    assert figures == {summary.pk: (12, 9, 2, 1, 0, 0, 0), detailed.pk: (3, 1, 0, 1, 0, 0, 2)}


def test_opinion_figures_of_a_cancelled_dialogue_know_nothing_overdue(db):
    opinion = OpinionFactory(due_on=HELD_ON + DAY)
    Dialogue.objects.filter(pk=opinion.dialogue_id).update(state=State.CANCELLED, cancel_reason="Mưa bão")

    told = Dialogue.objects.with_opinion_figures(HELD_ON + 2 * DAY).get()

    assert (told.received, told.overdue) == (1, 0)


@pytest.mark.parametrize(("days", "overdue"), [(0, False), (1, False), (2, True)])
def test_overdue_begins_the_day_after_the_due_date(db, days, overdue):
    opinion = OpinionFactory(due_on=HELD_ON + DAY)

    assert Opinion.objects.overdue(HELD_ON + days * DAY).exists() is overdue
    assert opinion.is_overdue


def test_overdue_leaves_out_what_is_closed_or_has_no_due_date(db):
    OpinionFactory(due_on=None)
    OpinionFactory(due_on=HELD_ON, status=OpinionStatus.OUTSIDE_COMPETENCE)

    assert not Opinion.objects.overdue(HELD_ON + 99 * DAY).exists()


@pytest.mark.parametrize(
    ("kind", "year", "owed"),
    [
        ("ward", 2020, None),
        ("ward", 2022, 2),
        ("ward", 2025, 1),
        ("commune", 2024, None),
        ("commune", 2026, 1),
    ],
)
def test_duty_of_a_unit_is_that_of_its_last_day_in_the_year(db, kind, year, owed):
    duty = DialogueDuty.objects.of_unit(UnitFactory(kind=kind), year).first()

    assert (duty.per_year if duty else None) == owed


def test_duty_of_a_ward_dissolved_in_the_year_is_that_of_before(db):
    ward = UnitFactory(kind="ward", valid_to=datetime.date(2025, 7, 1))

    assert DialogueDuty.objects.of_unit(ward, 2025).get().per_year == 2
