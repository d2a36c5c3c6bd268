"""Which dates lie ahead of whom."""

import datetime

import pytest
from django.urls import reverse
from django.utils import timezone

from dialogues.models import DialogueDuty
from mobilization.accounts.states import Role
from mobilization.desk.calendars import calendar
from mobilization.desk.dates import Date, dates_ahead
from models_registry.models import DecidingTier
from models_registry.states import Level, Stage
from tests.accounts.factories import user_with
from tests.dialogues.factories import DialogueFactory, OpinionFactory
from tests.models_registry.factories import (
    CampaignWindowFactory,
    ExtensionFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import UnitFactory, city

pytestmark = pytest.mark.django_db


def day(number):
    return timezone.localdate() + datetime.timedelta(days=number)


@pytest.fixture(autouse=True)
def _without_duties():
    DialogueDuty.objects.all().delete()


def days_of(user, days=60):
    return [date.on for date in dates_ahead(user, days)]


def test_window_shows_when_it_opens_is_due_and_closes_within_the_days():
    _commune, official, _reviewer = commune_people()
    CampaignWindowFactory(opens_on=day(-5), due_on=day(10), closes_on=day(20))
    CampaignWindowFactory(stage=Stage.RESULTS, opens_on=day(50), due_on=day(70), closes_on=day(80))
    assert days_of(official) == [day(10), day(20), day(50)]


def test_windows_are_those_in_which_one_acts():
    _commune, official, reviewer = commune_people()
    CampaignWindowFactory(
        stage=Stage.REGISTRATION, level=Level.CITY, opens_on=day(1), due_on=day(2), closes_on=day(2)
    )
    CampaignWindowFactory(
        stage=Stage.APPRAISAL, level=Level.GRASSROOTS, opens_on=day(3), due_on=day(4), closes_on=day(4)
    )
    assert DecidingTier.objects.in_force().exists()
    assert days_of(official) == [day(1), day(2)]
    assert days_of(reviewer) == [day(3), day(4)]
    assert days_of(city_staff()) == [day(1), day(2), day(3), day(4)]
    assert days_of(user_with(Role.ADMINISTRATOR, city())) == []


def test_returns_stand_with_their_unit_and_with_who_returned_them():
    commune, official, reviewer = commune_people()
    RegistrationFactory(unit=commune, returned=True, returned_by=reviewer, return_due_on=day(3))
    RegistrationFactory(unit=commune, returned=True, returned_by=reviewer, return_due_on=day(-3))
    RegistrationFactory(returned=True, return_due_on=day(3))
    assert days_of(official) == [day(3)]
    assert days_of(reviewer) == [day(3)]
    assert days_of(user_with(Role.REVIEWER, commune)) == []


def test_opinions_in_charge_stand_while_they_are_open():
    commune, official, _reviewer = commune_people()
    OpinionFactory(dialogue=DialogueFactory(held=True), unit_in_charge=commune, due_on=day(4))
    OpinionFactory(dialogue=DialogueFactory(held=True), due_on=day(4))
    assert [date.on for date in dates_ahead(official, 60) if "/opinions/" in date.url] == [day(4)]


def test_dialogues_stand_with_the_last_day_to_announce_and_to_publish():
    commune, official, reviewer = commune_people()
    DialogueFactory(unit=commune, held_on=day(20))
    DialogueFactory(unit=commune, held=True, held_on=day(-3))
    DialogueFactory(held_on=day(20))
    assert days_of(official) == [day(7), day(13), day(20)]
    assert days_of(reviewer) == [day(20)]


def test_duty_stands_on_the_last_day_of_the_year_until_it_is_done():
    commune, official, _reviewer = commune_people()
    last = datetime.date(timezone.localdate().year, 12, 31)
    DialogueDuty.objects.create(
        unit_kind=commune.kind, per_year=1, valid_from=datetime.date(2020, 1, 1), basis="Luật"
    )
    assert days_of(official, 400) == [last]
    DialogueFactory(unit=commune, published=True, held_on=datetime.date(last.year, 1, 5))
    assert last not in days_of(official, 400)


def test_extensions_stand_with_their_unit_and_with_the_city():
    commune, official, _reviewer = commune_people()
    ending = ExtensionFactory(unit=commune, until=day(5))
    ExtensionFactory(unit=UnitFactory(), until=day(6))
    assert days_of(official) == [ending.until]
    assert days_of(city_staff()) == [day(5), day(6)]


def test_dates_take_as_many_statements_for_three_as_for_one(
    django_assert_max_num_queries, django_assert_num_queries
):
    commune, official, _reviewer = commune_people()

    def more(number):
        for _each in range(number):
            RegistrationFactory(unit=commune, returned=True, return_due_on=day(3))
            OpinionFactory(dialogue=DialogueFactory(held=True), unit_in_charge=commune, due_on=day(4))
            DialogueFactory(unit=commune, held_on=day(20))

    more(1)
    list(official.units_of())
    with django_assert_max_num_queries(10) as one:
        dates_ahead(official, 60)
    more(2)
    with django_assert_num_queries(len(one)):
        dates_ahead(official, 60)


def test_pages_show_the_dates_and_the_calendar_holds_the_same(client):
    commune, official, _reviewer = commune_people()
    dialogue = DialogueFactory(unit=commune, held_on=day(80), topic="Chợ; đường, trường")
    client.force_login(official)
    assert dialogue.topic in client.get(reverse("desk:dates")).content.decode()
    answer = client.get(reverse("desk:calendar"))
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    text = answer.content.decode().replace("\r\n ", "")
    assert text.count("BEGIN:VEVENT") == 2
    assert "Chợ\\; đường\\, trường" in text
    assert f"DTSTART;VALUE=DATE:{day(80):%Y%m%d}" in text


def test_calendar_folds_long_lines_between_characters():
    text = calendar([Date(day(1), "ưở" * 60)], "https://dvk.example")
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    assert "ưở" * 60 in text.replace("\r\n ", "")
    assert calendar([], "https://dvk.example").startswith("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")
