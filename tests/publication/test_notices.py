"""What was decided quietly leaves the review queue and waits in a to-do of its own."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from mobilization.accounts.states import Role
from mobilization.messaging.todos import counts, waiting_for
from mobilization.publication.services import enter, withdraw
from mobilization.publication.states import Act
from models_registry import transitions
from models_registry.models import Assignment, Registration
from models_registry.progress import Progress, progress_of
from tests.accounts.factories import user_with
from tests.models_registry.factories import RegistrationFactory, city_staff, commune_people
from tests.publication.factories import PendingDecisionFactory

pytestmark = pytest.mark.django_db
QUEUE = reverse("models_registry:queue")


def todo_counts(user):
    return {todo.code: number for todo, number in counts(user)}


def test_decided_quietly_leaves_queue_and_todo_and_comes_back_when_taken_back():
    commune, _official, reviewer = commune_people()
    first, second = RegistrationFactory.create_batch(2, unit=commune, reported=True)

    pending = enter(first, act=Act.RECOGNISE, actor=reviewer)

    assert list(Registration.objects.awaiting_review_by(reviewer)) == [second]
    assert todo_counts(reviewer) == {"registration.review": 1, "publication.announce": 1}
    withdraw(pending, actor=reviewer)
    assert Registration.objects.awaiting_review_by(reviewer).count() == 2
    assert todo_counts(reviewer) == {"registration.review": 2}


def test_decided_quietly_leaves_the_way_from_one_to_the_next(client):
    commune, _official, reviewer = commune_people()
    first, second, third = RegistrationFactory.create_batch(3, unit=commune, reported=True)
    enter(second, act=Act.RECOGNISE, actor=reviewer)
    client.force_login(reviewer)

    walk = client.get(first.get_absolute_url() + "?queue=1").context["walk"]

    assert (walk["previous"], walk["next"]) == (None, third.pk)


def test_changed_after_it_was_decided_waits_for_the_reviewer_again():
    commune, official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, reported=True, by_official=official)
    enter(registration, act=Act.RECOGNISE, actor=reviewer)
    transitions.return_report(registration, actor=reviewer, reason="Thiếu số liệu")
    transitions.resubmit_report(Registration.objects.get(), actor=official)

    assert Registration.objects.awaiting_review_by(reviewer).get() == registration


def test_to_announce_is_for_whoever_decides_there_and_not_for_own_work():
    commune, _official, reviewer = commune_people()
    PendingDecisionFactory(registration__unit=commune)
    PendingDecisionFactory(registration__unit=commune, registration__by_official=reviewer)
    of_the_city = PendingDecisionFactory(registration__unit=commune, registration__level="city")
    staff, auditor = city_staff(), user_with(Role.AUDITOR, commune)

    assert todo_counts(reviewer)["publication.announce"] == 1
    [waiting] = waiting_for(staff)
    assert [item.title for item in waiting.items] == [str(of_the_city.registration)]
    assert todo_counts(auditor) == {}


def test_queue_leads_to_what_waits_to_be_announced(client):
    commune, _official, reviewer = commune_people()
    client.force_login(reviewer)
    assert client.get(QUEUE, {"counts": "1"}).context["set_aside"] == []
    PendingDecisionFactory.create_batch(2, registration__unit=commune)

    response = client.get(QUEUE, {"counts": "1"})

    [link] = response.context["set_aside"]
    assert (link.url, link.count) == (reverse("publication:pending"), 2)
    assert f'href="{link.url}"' in response.content.decode()


def test_queue_takes_the_same_statements_for_one_and_three_that_are_set_aside(client):
    commune, _official, reviewer = commune_people()
    client.force_login(reviewer)
    client.get(QUEUE)
    taken = []
    for number in (1, 2):
        RegistrationFactory.create_batch(number, unit=commune, reported=True)
        PendingDecisionFactory.create_batch(number, registration__unit=commune)
        with CaptureQueriesContext(connection) as queries:
            client.get(QUEUE, {"counts": "1"})
        taken.append(len(queries))
    assert taken[0] == taken[1]


def test_progress_counts_what_was_decided_quietly_as_done():
    commune, _official, reviewer = commune_people()
    first, _second = RegistrationFactory.create_batch(2, unit=commune, reported=True)
    enter(first, act=Act.RECOGNISE, actor=reviewer)

    assert progress_of(reviewer) == Progress(1, 2, assigned=False)


def test_progress_of_what_was_assigned_counts_what_was_decided_quietly_as_done():
    commune, _official, reviewer = commune_people()
    for one in RegistrationFactory.create_batch(2, unit=commune, reported=True):
        Assignment.objects.create(registration=one, reviewer=reviewer, assigned_by=reviewer)
    enter(Registration.objects.first(), act=Act.RECOGNISE, actor=reviewer)

    assert progress_of(reviewer) == Progress(1, 2, assigned=True)
