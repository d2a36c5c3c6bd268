"""Questions that are put together once answer what the querysets answer, and follow all they depend on."""

import datetime

import pytest
from django.utils import timezone

from mobilization.accounts.models import Position, User
from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from models_registry.models import DecidingTier, Registration
from models_registry.querysets import LONGEST_WAITING_FIRST, NEWEST_FIRST
from models_registry.questions import readable, review_queue
from models_registry.states import Level
from tests.accounts.factories import PositionFactory, UserFactory, user_with
from tests.models_registry.factories import RegistrationFactory, city_staff, commune_people
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def again(user):
    """Return ``user`` as the next request meets him."""
    return User.objects.get(pk=user.pk)


def ids_of(rows):
    return [row.id for row in rows]


def queue(user):
    return ids_of(review_queue(again(user)).first(LONGEST_WAITING_FIRST, 10))


def read(user):
    return ids_of(readable(again(user)).first(NEWEST_FIRST, 10))


def test_questions_answer_what_the_querysets_answer():
    commune, official, reviewer = commune_people()
    RegistrationFactory.create_batch(2, unit=commune, submitted=True)
    RegistrationFactory(unit=commune)
    RegistrationFactory(submitted=True, level="intermediate")
    people = [official, reviewer, city_staff(), user_with(Role.ADMINISTRATOR, city()), UserFactory()]
    for user in people:
        waits, reads = Registration.objects.awaiting_review_by(user), Registration.objects.visible_to(user)
        for _time in range(2):
            assert set(review_queue(again(user)).rows()) == set(waits)
            assert queue(user) == [one.pk for one in waits.longest_waiting_first()]
            assert set(readable(again(user)).rows()) == set(reads)
            assert read(user) == [one.pk for one in reads.newest_first()]


def test_first_page_of_several_units_has_the_newest_of_all_and_what_of_each_may_be_read():
    commune, official, reviewer = commune_people()
    gone = UnitFactory(parent=city())
    Unit.objects.filter(pk=gone.pk).update(heir=commune)
    for unit in (commune, gone, commune, gone, gone):
        RegistrationFactory(unit=unit, submitted=True)
    drafts = [RegistrationFactory(unit=unit) for unit in (gone, commune)]
    PositionFactory(user=official, role=Role.REVIEWER, unit=UnitFactory(parent=city()))
    for user in (official, reviewer):
        visible = Registration.objects.visible_to(user).newest_first().values_list("pk", flat=True)
        for number in (1, 3, 7):
            assert ids_of(readable(again(user)).first(NEWEST_FIRST, number)) == list(visible[:number])
    assert {one.pk for one in drafts} <= set(ids_of(readable(again(official)).first(NEWEST_FIRST, 7)))


def test_first_takes_order_and_number():
    commune, _official, reviewer = commune_people()
    found = RegistrationFactory.create_batch(3, unit=commune, submitted=True)
    ids = [one.pk for one in found]
    question = review_queue(reviewer)
    assert ids_of(question.first(("id",), 2)) == ids[:2]
    assert ids_of(question.first(("-id",), 2)) == ids[:0:-1]
    assert ids_of(question.first(("id",), 3)) == ids


def test_what_comes_and_goes_is_seen_at_once():
    commune, _official, reviewer = commune_people()
    assert queue(reviewer) == read(reviewer) == []
    registration = RegistrationFactory(unit=commune, submitted=True)
    assert queue(reviewer) == read(reviewer) == [registration.pk]


def test_position_that_ends_or_begins_counts_at_once():
    commune, _official, reviewer = commune_people()
    other = RegistrationFactory(submitted=True)
    registration = RegistrationFactory(unit=commune, submitted=True)
    assert queue(reviewer) == [registration.pk]
    PositionFactory(user=reviewer, role=Role.REVIEWER, unit=other.unit)
    assert set(queue(reviewer)) == {registration.pk, other.pk}
    Position.objects.filter(user=reviewer, unit=commune).update(valid_to=timezone.localdate())
    assert queue(reviewer) == read(reviewer) == [other.pk]


def test_rule_that_changes_counts_at_once():
    commune, _official, reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True)
    assert len(queue(reviewer)) == 1
    rules = DecidingTier.objects.in_force().filter(level=Level.GRASSROOTS, unit_tier="commune")
    rules.update(valid_to=timezone.localdate())
    assert queue(reviewer) == []


def test_day_counts(monkeypatch):
    commune, _official, reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True)
    assert len(queue(reviewer)) == 1
    tomorrow = timezone.localdate() + datetime.timedelta(days=1)
    DecidingTier.objects.in_force().update(valid_to=tomorrow)
    assert len(queue(reviewer)) == 1
    monkeypatch.setattr(timezone, "localdate", lambda *_args: tomorrow)
    assert queue(reviewer) == []


def test_question_of_one_is_not_that_of_another():
    commune, _official, first = commune_people()
    second = user_with(Role.REVIEWER, commune)
    own = RegistrationFactory(unit=commune, submitted=True, by_official=first)
    assert (queue(first), queue(second)) == ([], [own.pk])


def test_walking_through_the_queue_asks_the_rules_in_one_statement(django_assert_num_queries):
    commune, _official, reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True)
    queue(reviewer)
    user = again(reviewer)
    user.positions_in_force()
    with django_assert_num_queries(2):
        review_queue(user).first(LONGEST_WAITING_FIRST, 10)
