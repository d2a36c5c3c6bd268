import datetime

import pytest

from mobilization.audit.log import of
from mobilization.audit.models import AuditEntry
from tests.accounts.factories import UserFactory
from tests.audit.factories import act
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def test_of_is_the_timeline_of_one_record(django_assert_num_queries):
    target, other = UserFactory(), UserFactory()
    recorded = [act(target=target), act(target=target)]
    act(target=other)
    with django_assert_num_queries(1):
        assert [str(entry.actor) for entry in of(target)] == [str(entry.actor) for entry in recorded]


def test_of_act_takes_a_code_or_a_noun():
    entries = [act("year.close"), act("year.open"), act("years.open")]
    assert list(AuditEntry.objects.of_act("year").order_by("id")) == entries[:2]
    assert list(AuditEntry.objects.of_act("year.open")) == [entries[1]]


def test_between_takes_whole_days_of_hanoi():
    late = act("a.b", at=datetime.datetime(2026, 2, 25, 16, 59, tzinfo=datetime.UTC))
    early = act("a.b", at=datetime.datetime(2026, 2, 25, 17, 0, tzinfo=datetime.UTC))
    day = datetime.date(2026, 2, 25)
    entries = AuditEntry.objects.of_act("a.b")
    assert list(entries.between(day, day)) == [late]
    assert list(entries.between(day + datetime.timedelta(days=1), None)) == [early]
    assert entries.between(None, None).count() == 2


def test_of_units_is_what_concerns_them():
    unit = UnitFactory()
    entry = act("a.b", unit=unit)
    act("a.b", unit=UnitFactory())
    assert list(AuditEntry.objects.of_units([unit]).of_act("a")) == [entry]
