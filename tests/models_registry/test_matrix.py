import datetime

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from models_registry import matrix
from models_registry.matrix import COUNTED, Debts
from models_registry.models import KindTarget, Registration, Target
from models_registry.querysets import READERS
from models_registry.querysets.standing import standing_with
from models_registry.services.reminding import reminders
from models_registry.states import Stage, State
from tests.accounts.factories import user_with
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    ExtensionFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db

END_OF_2024 = datetime.date(2025, 1, 1)
MERGED = datetime.date(2025, 7, 1)


@pytest.fixture
def year_2024():
    return CampaignFactory(year=2024)


@pytest.fixture
def reorganised():
    """A district with two communes to the end of June 2025, both of which went into one of today."""
    district = UnitFactory(kind="rural_district", full_name="Huyện Cũ", valid_to=MERGED)
    olds = [UnitFactory(parent=district, valid_to=MERGED, full_name=f"Xã Cũ {name}") for name in "AB"]
    today = UnitFactory(full_name="Xã Mới", valid_from=MERGED)
    for old in olds:
        succeed(old, today, on=MERGED)
    return district, olds, today


def lines_for(user, campaign):
    return matrix.lines_of(campaign, scope_units(user, *READERS))


def test_lines_reviewer_of_a_commune_sees_the_own_only():
    commune, _official, reviewer = commune_people()
    UnitFactory()
    RegistrationFactory(unit=commune, submitted=True)
    RegistrationFactory(submitted=True)
    (line,) = lines_for(reviewer, CampaignFactory())
    assert (line.pk, line.counts["waiting"], line.counts["registered"]) == (commune.pk, 1, 1)


def test_lines_reviewer_of_a_district_sees_it_and_the_units_below(year_2024):
    district = UnitFactory(kind="rural_district")
    inside = [UnitFactory(parent=district), UnitFactory(parent=district)]
    UnitFactory()
    reviewer = user_with(Role.REVIEWER, district)
    found = lines_for(reviewer, year_2024)
    assert {line.pk for line in found} == {district.pk, *(unit.pk for unit in inside)}


def test_lines_of_a_past_year_are_the_units_of_that_time(year_2024, reorganised):
    district, olds, today = reorganised
    RegistrationFactory(unit=olds[0], campaign=year_2024, recognised=True)
    found = {line.pk: line for line in lines_for(city_staff(), year_2024)}
    assert set(found) == {district.pk, olds[0].pk, olds[1].pk}
    assert found[olds[0].pk].counts["recognised"] == 1
    assert found[olds[0].pk].heir == today.pk


def test_lines_of_the_year_of_a_reorganisation_are_the_units_of_its_end(reorganised):
    _district, olds, today = reorganised
    campaign = CampaignFactory(year=2025)
    RegistrationFactory(unit=olds[1], campaign=campaign, accepted=True)
    found = {line.pk: line for line in lines_for(city_staff(), campaign)}
    assert found[today.pk].counts["accepted"] == 1
    assert olds[1].pk not in found


def test_lines_filed_under_a_later_unit_has_a_line_of_its_own(year_2024, reorganised):
    _district, _olds, today = reorganised
    RegistrationFactory(unit=today, campaign=year_2024, submitted=True)
    found = {line.pk: line for line in lines_for(city_staff(), year_2024)}
    assert found[today.pk].counts["waiting"] == 1


def test_line_counts_drafts_of_others_without_showing_them():
    draft = RegistrationFactory()
    user = city_staff()
    found = {line.pk: line for line in lines_for(user, draft.campaign)}
    assert found[draft.unit_id].counts[matrix.DRAFTS] == 1
    assert found[draft.unit_id].counts["registered"] == 0
    assert not Registration.objects.visible_to(user).exists()


def test_target_of_the_unit_wins_over_that_of_its_kind():
    campaign = CampaignFactory()
    own, of_kind, ward = UnitFactory(), UnitFactory(), UnitFactory(kind="ward")
    KindTarget.objects.create(campaign=campaign, unit_kind="commune", number=4)
    Target.objects.create(campaign=campaign, unit=own, number=1)
    RegistrationFactory(unit=of_kind, submitted=True)
    found = {line.pk: line for line in lines_for(city_staff(), campaign)}
    assert [found[unit.pk].target for unit in (own, of_kind, ward)] == [1, 4, None]
    assert (found[of_kind.pk].share, found[of_kind.pk].missing) == (0.25, 3)
    assert matrix.total_of(found.values()).target == 5


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    drawn=st.lists(st.tuples(st.integers(0, 3), st.sampled_from(State.values), st.booleans()), max_size=12)
)
def test_lines_sum_up_to_direct_counts_and_each_leads_to_as_many(drawn, reorganised):
    _district, olds, today = reorganised
    campaign, units = CampaignFactory(year=2025), [*olds, today, city()]
    with transaction.atomic():
        for place, state, is_late in drawn:
            late = is_late and state != State.DRAFT
            RegistrationFactory(unit=units[place], state=state, campaign=campaign, late=late, steps=False)
        everything = Registration.objects.filter(campaign=campaign)
        found = matrix.lines_of(campaign, Unit.objects.all())
        for name, condition in COUNTED.items():
            assert matrix.total_of(found).counts[name] == everything.filter(condition).count()
        day = matrix.last_day_of(campaign.year)
        for line in found:
            standing = everything.filter(standing_with(Unit.objects.get(pk=line.pk), day))
            for name, condition in COUNTED.items():
                assert line.counts[name] == standing.filter(condition).count()
        transaction.set_rollback(True)


def test_lines_take_as_many_statements_for_many_as_for_few(django_assert_num_queries):
    campaign, user = CampaignFactory(), city_staff()
    scope = scope_units(user, *READERS)
    for size in (1, 3):
        for _number in range(size):
            RegistrationFactory(submitted=True)
        with django_assert_num_queries(4):
            assert len(matrix.lines_of(campaign, scope)) >= size


def test_ordered_puts_what_has_no_value_last_either_way():
    campaign = CampaignFactory()
    units = [UnitFactory(full_name=f"Xã {name}") for name in ("A", "B", "C")]
    Target.objects.create(campaign=campaign, unit=units[0], number=1)
    Target.objects.create(campaign=campaign, unit=units[1], number=9)
    found = lines_for(city_staff(), campaign)
    for sort, names in (("target", "ABC"), ("-target", "BAC"), ("nonsense", "ABC"), ("-name", "CBA")):
        assert [line.name[-1] for line in matrix.ordered(found, sort)] == list(names)


def test_narrowed_finds_without_accents():
    UnitFactory(full_name="Xã Đông Anh")
    UnitFactory(full_name="Xã Sóc Sơn")
    found = matrix.narrowed(lines_for(city_staff(), CampaignFactory()), text="dong")
    assert [line.name for line in found] == ["Xã Đông Anh"]


@pytest.mark.parametrize(("opens", "closes", "missing"), [(-30, -1, 0), (-5, 5, 2), (3, 9, 0)])
def test_debts_are_what_can_still_be_done(opens, closes, missing):
    today = timezone.localdate()
    first = today + datetime.timedelta(days=opens)
    window = CampaignWindowFactory(
        stage=Stage.REGISTRATION,
        opens_on=first,
        due_on=first,
        closes_on=today + datetime.timedelta(days=closes),
    )
    unit = UnitFactory()
    Target.objects.create(campaign=window.campaign, unit=unit, number=3)
    RegistrationFactory(unit=unit, accepted=True)
    (line,) = [one for one in lines_for(city_staff(), window.campaign) if one.pk == unit.pk]
    owed = Debts.of(window.campaign.windows.all(), today).by(line)
    assert (owed.missing, owed.unreported) == (missing, 1)


@pytest.mark.parametrize(
    ("stage", "until", "owed"),
    [
        (Stage.REGISTRATION, 0, (3, 0)),
        (Stage.REGISTRATION, -1, (0, 0)),
        (Stage.RESULTS, 5, (0, 1)),
    ],
)
def test_unit_with_more_time_owes_after_the_window_closed_and_no_other_one(stage, until, owed):
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    past = {"opens_on": today - 9 * day, "due_on": today - 5 * day, "closes_on": today - day}
    campaign = CampaignWindowFactory(**past).campaign
    CampaignWindowFactory(campaign=campaign, stage=Stage.RESULTS, **past)
    KindTarget.objects.create(campaign=campaign, unit_kind="commune", number=4)
    extended, other = UnitFactory(), UnitFactory()
    for unit in (extended, other):
        RegistrationFactory(unit=unit, campaign=campaign, accepted=True)
    ExtensionFactory(campaign=campaign, unit=extended, stage=stage, until=today + until * day)
    debts = Debts.of(campaign.windows.all(), today, campaign.extensions.all())
    found = {line.pk: debts.by(line) for line in lines_for(city_staff(), campaign)}
    assert (found[extended.pk].missing, found[extended.pk].unreported) == owed
    assert not found[other.pk]


def test_unit_with_more_time_that_ended_owes_by_the_unit_that_answers_for_it(year_2024, reorganised):
    _district, olds, today = reorganised
    Target.objects.create(campaign=year_2024, unit=olds[0], number=2)
    day = timezone.localdate()
    CampaignWindowFactory(
        campaign=year_2024,
        opens_on=day - datetime.timedelta(9),
        due_on=day - datetime.timedelta(5),
        closes_on=day - datetime.timedelta(1),
    )
    ExtensionFactory(campaign=year_2024, unit=today)
    debts = Debts.of(year_2024.windows.all(), day, year_2024.extensions.all())
    found = {line.pk: line for line in lines_for(city_staff(), year_2024)}
    assert debts.by(found[olds[0].pk]).missing == 2


def test_reminders_reach_the_unit_with_more_time():
    today = timezone.localdate()
    day = datetime.timedelta(days=1)
    campaign = CampaignWindowFactory(
        opens_on=today - 9 * day, due_on=today - 5 * day, closes_on=today - day
    ).campaign
    extended, other = UnitFactory(), UnitFactory()
    Target.objects.create(campaign=campaign, unit=extended, number=2)
    Target.objects.create(campaign=campaign, unit=other, number=2)
    ExtensionFactory(campaign=campaign, unit=extended)
    found = reminders(campaign, lines_for(city_staff(), campaign))
    assert [one.line.pk for one in found] == [extended.pk]
