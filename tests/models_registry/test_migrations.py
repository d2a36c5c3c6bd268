"""What a migration does to rows that were there before it."""

from importlib import import_module

import pytest
from django.db import connection

from mobilization.units.models import ClosedYear
from models_registry.models import ReviewStep
from models_registry.recusal import is_own_work
from models_registry.states import Act, State
from tests.accounts.factories import UserFactory
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import city

pytestmark = pytest.mark.django_db


def test_typists_handed_in_everybody_who_did_is_joined_in_a_closed_year_too():
    first, last, typist, reviewer = UserFactory.create_batch(4)
    reported = RegistrationFactory(reported=True, steps=False, typists=[typist.pk])
    acts = [
        (Act.SUBMIT, State.DRAFT, State.SUBMITTED, first),
        (Act.ACCEPT, State.SUBMITTED, State.ACCEPTED, reviewer),
        (Act.REPORT, State.ACCEPTED, State.REPORTED, last),
    ]
    for version, (act, before, after, actor) in enumerate(acts, start=2):
        ReviewStep.objects.create(
            registration=reported, act=act, from_state=before, to_state=after, actor=actor, version=version
        )
    same = RegistrationFactory(submitted=True)
    draft = RegistrationFactory()
    ClosedYear.objects.create(city=city(), year=reported.year)
    versions = same.events.count()

    with connection.cursor() as cursor:
        cursor.execute(import_module("models_registry.migrations.0010_typists_handed_in").FORWARD)

    for one in (reported, same, draft):
        one.refresh_from_db()
    assert reported.typists == sorted([first.pk, last.pk, typist.pk])
    assert is_own_work(first, reported)
    assert not is_own_work(reviewer, reported)
    assert len(same.typists) == len(draft.typists) == 1
    assert same.events.count() == versions
