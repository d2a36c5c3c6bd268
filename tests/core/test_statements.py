"""Statements that are written once answer what their querysets answer."""

import datetime

import pytest
from django.core.exceptions import EmptyResultSet, ImproperlyConfigured
from django.db.models import Count, F, Value

from mobilization.core.statements import OneOf, Statement
from mobilization.units.models import Unit
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_statement_puts_in_what_is_asked_for():
    first, second = UnitFactory(code="00001"), UnitFactory(code="00002")
    named = Statement(lambda code: Unit.objects.filter(code=code).values_list("pk", "full_name"), code=str)
    assert [tuple(row) for row in named.rows(code="00001")] == [(first.pk, first.full_name)]
    assert named.rows(code="00002")[0].pk == second.pk
    assert named.rows(code="' OR 1=1 --") == []


def test_statement_takes_lists_of_any_length():
    units = UnitFactory.create_batch(3)
    found = Statement(lambda ids: Unit.objects.filter(OneOf(F("pk"), ids)).values_list("pk"), ids=list)
    assert found.rows(ids=[]) == []
    for number in (1, 2, 3):
        ids = [unit.pk for unit in units[:number]]
        assert sorted(row.pk for row in found.rows(ids=ids)) == ids


def test_one_of_takes_what_a_queryset_finds():
    first, second = UnitFactory(), UnitFactory()
    few = Unit.objects.filter(pk=first.pk).values("pk")
    assert set(Unit.objects.filter(OneOf(F("pk"), few))) == {first}
    assert set(Unit.objects.filter(OneOf(F("pk"), [second.pk]))) == {second}


def test_statement_returns_values_as_the_queryset_does():
    unit = UnitFactory(valid_from=datetime.date(2020, 1, 2))

    def columns(pk):
        counted = Unit.objects.filter(pk=pk).annotate(number=Count("children"), word=Value("x"))
        return counted.values_list("valid_from", "lat", "number", "word")

    [row] = Statement(columns, pk=int).rows(pk=unit.pk)
    assert tuple(row) == columns(unit.pk).get()


def test_statement_is_written_once(django_assert_num_queries):
    asked = []

    def make(pk):
        asked.append(pk)
        return Unit.objects.filter(pk=pk).values_list("pk")

    statement = Statement(make, pk=int)
    with django_assert_num_queries(3):
        for pk in (1, 2, 3):
            statement.rows(pk=pk)
    assert len(asked) == 1


def test_statement_that_loses_a_value_is_refused():
    lost = Statement(lambda pk: Unit.objects.filter(pk=pk % 2).values_list("pk"), pk=int)
    with pytest.raises(ImproperlyConfigured):
        lost.rows(pk=1)


def test_statement_that_can_find_nothing_says_so():
    with pytest.raises(EmptyResultSet):
        Statement(lambda: Unit.objects.none().values_list("pk")).rows()
