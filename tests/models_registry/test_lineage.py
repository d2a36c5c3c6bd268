import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_registry.lineage import family_of
from models_registry.models import SkilledModel
from models_registry.states import State
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, SkilledModelFactory

pytestmark = pytest.mark.django_db


def model(after=None, state=State.ACCEPTED, year=2026):
    made = SkilledModelFactory(replicated_from=after)
    campaign = CampaignFactory(year=year)
    RegistrationFactory(model=made, unit=made.unit, title=made.title, state=state, campaign=campaign)
    return made


def tree(relative):
    return (relative.model.pk, [tree(child) for child in relative.children])


def test_family_of_a_model_that_stands_alone_is_none():
    alone = model()
    with CaptureQueriesContext(connection) as asked:
        assert family_of(alone) is None
    assert len(asked) == 1


def test_family_of_each_member_is_the_same_tree():
    first = model(year=2024)
    second, third = model(first, year=2025), model(first)
    last = model(second)
    for one in (first, second, third, last):
        family = family_of(one)
        assert tree(family.root) == (first.pk, [(second.pk, [(last.pk, [])]), (third.pk, [])])
        assert (family.own.model, family.own.is_self) == (one, True)
    family = family_of(first)
    assert ([one.model for one in family.copies], family.units) == ([second, last, third], 3)
    assert family.own.years == "2024"


def test_family_of_what_is_not_published_is_left_out_and_its_copies_move_up():
    first = model()
    hidden = model(first, state=State.SUBMITTED)
    below = model(hidden)
    assert tree(family_of(below).root) == (first.pk, [(below.pk, [])])
    assert family_of(hidden) is None
    alone = model(model(state=State.DRAFT))
    assert family_of(alone) is None


def test_family_of_a_circle_ends():
    first = model()
    second = model(first)
    SkilledModel.objects.filter(pk=first.pk).update(replicated_from=second)
    first.refresh_from_db()
    assert {one.model.pk for one in family_of(first).root.all()} == {first.pk, second.pk}


def test_family_of_query_count_does_not_grow():
    first = model()
    model(first)
    with CaptureQueriesContext(connection) as few:
        family_of(first)
    for _number in range(3):
        model(model(first))
    with CaptureQueriesContext(connection) as many:
        family = family_of(first)
        assert [one.model.unit.full_name for one in family.root.all()]
    assert len(many) == len(few) == 2
