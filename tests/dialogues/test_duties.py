import datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from dialogues.duties import standings
from dialogues.models import Dialogue
from dialogues.states import Kind
from mobilization.units.models import Unit
from tests.dialogues.factories import DialogueFactory
from tests.units.factories import UnitFactory

TODAY = datetime.date(2026, 6, 1)


def standing(unit, year=2026, today=TODAY):
    (row,) = standings(Unit.objects.filter(pk=unit.pk), year, today)
    return row


@pytest.mark.parametrize(
    ("traits", "code"),
    [
        ([], "unplanned"),
        ([{"held_on": datetime.date(2026, 9, 1)}], "planned"),
        ([{"held_on": datetime.date(2026, 5, 1)}], "overdue"),
        ([{"held": True}], "fulfilled"),
        ([{"held": True, "kind": Kind.AD_HOC}], "unplanned"),
        ([{"cancelled": True}], "unplanned"),
    ],
)
def test_standing_follows_what_was_planned_and_held(ward, traits, code):
    for trait in traits:
        DialogueFactory(unit=ward, **trait)

    assert standing(ward).code == code


def test_standing_of_a_past_year_with_too_few_is_a_breach(ward):
    DialogueFactory(unit=ward, held=True, held_on=datetime.date(2024, 3, 1))
    DialogueFactory(unit=ward, held=True, held_on=datetime.date(2024, 8, 1), kind=Kind.AD_HOC)

    row = standing(ward, 2024)

    assert (row.owed, row.held, row.ad_hoc, row.missing, row.code) == (2, (1, 0), 1, 1, "breach")


def test_standing_of_half_years_are_kept_apart(ward):
    for month in (6, 7, 12):
        DialogueFactory(unit=ward, held=True, held_on=datetime.date(2024, month, 30))

    assert standing(ward, 2024).held == (1, 2)


def test_standing_of_a_unit_dissolved_in_the_year_is_measured_by_its_last_day(db):
    gone = UnitFactory(kind="ward", valid_to=datetime.date(2025, 7, 1))

    assert (standing(gone, 2025).owed, standing(gone, 2025).code) == (2, "breach")
    assert not standings(Unit.objects.filter(pk=gone.pk), 2026, TODAY)


def test_standing_of_a_commune_before_the_law_owes_none(db):
    assert standing(UnitFactory(kind="commune"), 2024).code == "none"


def test_standings_take_one_statement_for_few_and_many(db):
    for number in (1, 3):
        for _unit in range(number):
            DialogueFactory(unit=UnitFactory(kind="ward"), held=True)
        with CaptureQueriesContext(connection) as found:
            assert len(standings(Unit.objects.of_kind("ward"), 2026, TODAY)) >= number
        assert len(found) == 1


def test_page_shows_the_own_unit_only(client, ward, other_ward, official, city_staff):
    for user, units in ((official, {ward}), (city_staff, {ward, other_ward})):
        client.force_login(user)
        page = client.get(reverse("dialogues:duties"), {"year": "2026"})
        assert {row.unit for row in page.context["page"]} == units


@pytest.mark.parametrize("year", ["", "x", "99999", "0000", "²⁰²⁶"])
def test_page_with_a_senseless_year_shows_this_one(client, official, year):
    client.force_login(official)

    assert client.get(reverse("dialogues:duties"), {"year": year}).status_code == 200


def next_year():
    return datetime.date.today().year + 1  # noqa: DTZ011 -- only the year, far from its turn or not


def test_copy_plan_plans_the_ticked_once_on_the_same_day(client, ward, official):
    year = next_year()
    source = DialogueFactory(unit=ward, held_on=datetime.date(year - 1, 2, 27), topic="Định kỳ")
    DialogueFactory(unit=ward, held_on=datetime.date(year - 1, 2, 27), kind=Kind.AD_HOC)
    DialogueFactory(unit=ward, held_on=datetime.date(year - 1, 2, 27), cancelled=True)
    client.force_login(official)
    address = reverse("dialogues:copy_plan") + f"?year={year}"
    assert [one.source for one in client.get(address).context["will"]] == [source]

    for _time in range(2):
        client.post(address, {"id": source.pk})

    copy = Dialogue.objects.of_year(year).get()
    assert (copy.topic, copy.held_on, copy.state) == ("Định kỳ", datetime.date(year, 2, 27), "planned")
    assert copy.steps.get().actor == official


def test_copy_plan_takes_the_second_dialogue_of_one_topic(client, ward, official):
    year = next_year()
    first, second = (
        DialogueFactory(unit=ward, held_on=datetime.date(year - 1, month, 15), topic="Định kỳ")
        for month in (4, 10)
    )
    client.force_login(official)
    address = reverse("dialogues:copy_plan") + f"?year={year}"

    client.post(address, {"id": second.pk})
    Dialogue.objects.of_year(year).update(held_on=datetime.date(year, 9, 20))

    assert [one.source for one in client.get(address).context["will"]] == [first]
    client.post(address, {"id": [first.pk, second.pk]})
    days = Dialogue.objects.of_year(year).order_by("held_on").values_list("held_on", flat=True)
    assert list(days) == [datetime.date(year, 4, 15), datetime.date(year, 9, 20)]


def test_copy_plan_offers_a_form_full_and_tells_of_the_others(client, ward, official, monkeypatch):
    monkeypatch.setattr("dialogues.views.duties.AT_ONCE", 1)
    year = next_year()
    one, other = (
        DialogueFactory(unit=ward, held_on=datetime.date(year - 1, month, 15), topic=f"Đợt {month}")
        for month in (4, 10)
    )
    client.force_login(official)
    address = reverse("dialogues:copy_plan") + f"?year={year}"

    page = client.get(address)
    client.post(address, {"id": one.pk})

    assert ([row.source for row in page.context["will"]], page.context["later"]) == ([one], 1)
    assert [row.source for row in client.get(address).context["will"]] == [other]


def test_copy_plan_of_another_unit_is_not_offered(client, other_ward, official):
    year = next_year()
    foreign = DialogueFactory(unit=other_ward, held_on=datetime.date(year - 1, 2, 27))
    client.force_login(official)

    client.post(reverse("dialogues:copy_plan") + f"?year={year}", {"id": foreign.pk})

    assert not Dialogue.objects.of_year(year).exists()
