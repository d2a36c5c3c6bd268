"""How far a reviewer has come, and the filters of what is in whose hands."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.states import Role
from models_registry import transitions
from models_registry.models import Assignment, Registration
from models_registry.progress import Progress, progress_of
from models_registry.states import Level, Stage
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignWindowFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db
QUEUE = reverse("models_registry:queue")


def given(registration, reviewer):
    Assignment.objects.create(registration=registration, reviewer=reviewer, assigned_by=reviewer)


def test_progress_counts_what_was_decided_with_what_waits():
    commune, _official, reviewer = commune_people()
    first, *_rest = RegistrationFactory.create_batch(3, unit=commune, submitted=True)
    transitions.accept(first, actor=reviewer)

    assert progress_of(reviewer) == Progress(1, 3, assigned=False)


def test_progress_counts_what_was_assigned_where_some_was():
    commune, _official, reviewer = commune_people()
    first, second, _third = RegistrationFactory.create_batch(3, unit=commune, submitted=True)
    given(first, reviewer)
    given(second, reviewer)
    transitions.accept(first, actor=reviewer)

    assert progress_of(reviewer) == Progress(1, 2, assigned=True)


def test_progress_of_somebody_new_is_nothing():
    _commune, _official, reviewer = commune_people()

    assert progress_of(reviewer) == Progress(0, 0, assigned=False)


def test_queue_filters_by_hands_and_by_due_day(client):
    commune, _official, reviewer = commune_people()
    mine, _nobodys, others = (
        RegistrationFactory(unit=commune, reported=True, title=title)
        for title in ("Của tôi", "Chưa ai", "Khác")
    )
    given(mine, reviewer)
    given(others, user_with(Role.REVIEWER, commune))
    client.force_login(reviewer)

    def found(**query):
        return {line.title for line in client.get(QUEUE, query).context["lines"]}

    assert found(assigned="me") == {"Của tôi"}
    assert found(assigned="nobody") == {"Chưa ai"}
    assert found(assigned="nonsense") == set()
    assert found(due="overdue") == set()
    past = timezone.localdate() - datetime.timedelta(days=30)
    dates = {"opens_on": past, "due_on": past, "closes_on": past}
    CampaignWindowFactory(campaign=mine.campaign, stage=Stage.APPRAISAL, level=Level.GRASSROOTS, **dates)
    assert found(due="overdue") == {"Của tôi", "Chưa ai", "Khác"}
    assert Registration.objects.appraisal_overdue(past).count() == 0
