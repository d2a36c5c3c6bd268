"""Who sees what, whose turn it is, what counts, and what is found."""

import datetime

import pytest
import time_machine
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from mobilization.accounts.states import Role
from models_registry.models import Assignment, Campaign, Recognition, Registration
from models_registry.states import Level, Outcome, State
from tests.accounts.factories import UserFactory, user_with
from tests.models_registry.factories import (
    CampaignFactory,
    ProposalFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db
EVERY = set(State)


def one_of_each(unit) -> dict[str, Registration]:
    return {state: RegistrationFactory(state=state, unit=unit) for state in State}


def states(queryset) -> set[str]:
    return set(queryset.values_list("state", flat=True))


def test_visible_to_official_everything_of_the_own_unit_and_nothing_else():
    commune, official, _reviewer = commune_people()
    own = one_of_each(commune)
    one_of_each(UnitFactory())

    assert set(Registration.objects.visible_to(official)) == set(own.values())


def test_visible_to_district_official_shows_no_commune_of_the_district():
    district = UnitFactory(kind="rural_district")
    RegistrationFactory(unit=UnitFactory(parent=district), accepted=True)
    own = RegistrationFactory(unit=district)

    assert list(Registration.objects.visible_to(user_with(Role.OFFICIAL, district))) == [own]


def test_visible_to_reviewer_what_was_submitted_at_the_unit_and_below():
    district = UnitFactory(kind="rural_district")
    below = UnitFactory(parent=district)
    one_of_each(below)
    RegistrationFactory(unit=UnitFactory(), submitted=True)

    seen = Registration.objects.visible_to(user_with(Role.REVIEWER, district))

    assert states(seen) == EVERY - {"draft"}
    assert set(seen.values_list("unit", flat=True)) == {below.pk}


@pytest.mark.parametrize("role", [Role.CITY_STAFF, Role.CITY_LEADER, Role.AUDITOR])
def test_visible_to_city_roles_all_but_drafts(role):
    one_of_each(UnitFactory())

    assert states(Registration.objects.visible_to(user_with(role, city()))) == EVERY - {"draft"}


def test_visible_to_administrator_stranger_and_anonymous_nothing():
    one_of_each(UnitFactory())
    gone = user_with(Role.CITY_STAFF, city())
    gone.positions.update(valid_to=timezone.localdate())
    gone.forget_positions()

    for user in (user_with(Role.ADMINISTRATOR, city()), UserFactory(), gone, AnonymousUser()):
        assert list(Registration.objects.visible_to(user)) == []
        assert list(Registration.objects.awaiting_review_by(user)) == []


def test_visible_to_official_and_auditor_in_one_person_adds_up():
    mine, other = UnitFactory(), UnitFactory()
    one_of_each(mine)
    one_of_each(other)
    user = user_with(Role.OFFICIAL, mine)
    user.positions.create(role=Role.AUDITOR, unit=other, valid_from=datetime.date(2020, 1, 1))

    seen = Registration.objects.visible_to(user)

    assert states(seen.filter(unit=mine)) == EVERY
    assert states(seen.filter(unit=other)) == EVERY - {"draft"}


def test_visible_to_people_of_the_successor_sees_what_the_predecessor_filed():
    old = UnitFactory()
    draft = RegistrationFactory(unit=old)
    today = timezone.localdate()
    new = UnitFactory(valid_from=today)
    succeed(old, new, on=today)

    assert list(Registration.objects.visible_to(user_with(Role.OFFICIAL, new))) == [draft]
    assert list(Registration.objects.visible_to(user_with(Role.REVIEWER, new))) == []
    assert list(Registration.objects.under(old)) == [draft]
    assert list(Registration.objects.under(new)) == []
    assert list(Registration.objects.answered_for_by(new)) == [draft]


@pytest.mark.parametrize(
    ("on", "level", "decider"),
    [
        (datetime.date(2025, 6, 30), Level.GRASSROOTS, "commune"),
        (datetime.date(2025, 6, 30), Level.INTERMEDIATE, "district"),
        (datetime.date(2025, 6, 30), Level.CITY, "city"),
        (datetime.date(2025, 7, 1), Level.GRASSROOTS, "commune"),
        (datetime.date(2025, 7, 1), Level.INTERMEDIATE, "city"),
        (datetime.date(2025, 7, 1), Level.CITY, "city"),
    ],
)
def test_awaiting_review_by_is_the_tier_that_decides_on_the_day(on, level, decider):
    with time_machine.travel(datetime.datetime.combine(on, datetime.time(12), tzinfo=datetime.UTC)):
        district = UnitFactory(kind="rural_district")
        commune = UnitFactory(parent=district)
        people = {
            "commune": user_with(Role.REVIEWER, commune),
            "district": user_with(Role.REVIEWER, district),
            "city": user_with(Role.CITY_STAFF, city()),
        }
        waiting = RegistrationFactory(unit=commune, submitted=True, level=level)

        turns = [
            name for name, user in people.items() if waiting in Registration.objects.awaiting_review_by(user)
        ]

        assert turns == [decider]


def test_awaiting_review_by_committee_reviewer_and_city_staff():
    committee = UnitFactory(kind="committee")
    reviewer = user_with(Role.REVIEWER, committee)
    own = RegistrationFactory(unit=committee, submitted=True)
    upper = RegistrationFactory(unit=committee, submitted=True, level=Level.INTERMEDIATE)

    assert list(Registration.objects.awaiting_review_by(reviewer)) == [own]
    assert list(Registration.objects.awaiting_review_by(city_staff())) == [upper]


def test_awaiting_review_by_holds_just_what_waits():
    commune, _official, reviewer = commune_people()
    one_of_each(commune)
    proposal = ProposalFactory(level=Level.CITY)
    staff = city_staff()

    assert states(Registration.objects.awaiting_review_by(reviewer)) == {"submitted", "reported"}
    assert list(Registration.objects.awaiting_review_by(staff)) == [proposal.registration]
    assert states(Registration.objects.awaiting_review_by(staff, acting_for=True)) == {
        "submitted", "reported", "recognised",
    }  # fmt: skip


def test_awaiting_filing_by_is_the_units_turn():
    commune, official, _reviewer = commune_people()
    one_of_each(commune)
    one_of_each(UnitFactory())

    assert states(Registration.objects.awaiting_filing_by(official)) == set(State.TO_FILE)
    assert Registration.objects.awaiting_filing_by(official).count() == 4


def test_counting_words_are_subsets_of_registered():
    unit = UnitFactory()
    one_of_each(unit)
    RegistrationFactory(
        unit=unit, recognised=True, exemplary=True, novelty="maintained", outcome=Outcome.REPLICATE
    )
    RegistrationFactory(unit=unit, accepted=True, outcome=Outcome.END)
    every = Registration.objects.all()

    counts = {
        word: getattr(every, word)().count()
        for word in (
            *("registered", "accepted_on", "published", "reported_on", "recognised", "exemplary"),
            *("replicated", "ended", "maintained", "without_outcome"),
        )
    }

    assert counts == {
        "registered": 9,
        "accepted_on": 7,
        "published": 7,
        "reported_on": 5,
        "recognised": 2,
        "exemplary": 1,
        "replicated": 1,
        "ended": 1,
        "maintained": 1,
        "without_outcome": 5,
    }
    assert every.registered().new().count() == 8


@pytest.mark.parametrize("text", ["hien dat", "HIẾN ĐẤT", "hiê\u0301n đất", "doai", "mo rong duong"])
def test_search_finds_without_accents_in_title_place_and_aim(text):
    found = RegistrationFactory(title="Khéo trong vận động hiến đất", aim="Mở rộng đường liên thôn")
    RegistrationFactory(title="Camera an ninh", place="Tổ 5", aim="An ninh", registrant="Tổ dân phố")

    assert list(Registration.objects.search(text)) == [found]


@pytest.mark.parametrize("form", ["{}", " {} ", "{}".lower()])
def test_search_finds_a_model_by_its_code(form):
    found, _other = RegistrationFactory(), RegistrationFactory()

    assert list(Registration.objects.search(form.format(found.model.code.lower()))) == [found]


@pytest.mark.parametrize("text", ["", "   ", "!!!", "&|!():*", "\x00", "'; drop table", "dvk-12"])
def test_search_takes_any_text(text):
    RegistrationFactory()

    assert Registration.objects.search(text).count() in {0, 1}


def test_search_finds_nobody_by_the_person_in_charge():
    RegistrationFactory(person_name="Lý Thường Kiệt", person_phone="0912345678")

    assert [Registration.objects.search(text).count() for text in ("Thường Kiệt", "0912345678")] == [0, 0]


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three_rows(django_assert_num_queries, rows):
    commune, official, _reviewer = commune_people()
    for _row in range(rows):
        RegistrationFactory(unit=commune, recognised=True)
    official.positions_in_force()

    with django_assert_num_queries(2):
        for registration in (
            Registration.objects.visible_to(official).with_unit().with_recognitions().newest_first()
        ):
            assert registration.model.code
            assert registration.unit.heir.full_name
            assert registration.recognised_level == "grassroots"


def test_queue_takes_two_queries(django_assert_num_queries):
    commune, _official, reviewer = commune_people()
    RegistrationFactory(unit=commune, submitted=True)
    reviewer.positions_in_force()

    with django_assert_num_queries(2):
        assert len(Registration.objects.awaiting_review_by(reviewer).with_unit().longest_waiting_first()) == 1


def test_recognitions_follow_their_registration():
    unit = UnitFactory()
    RegistrationFactory(unit=unit, recognised=True)

    assert (
        Recognition.objects.under(unit).of_year(timezone.localdate().year).at_level("grassroots").count() == 1
    )
    assert Recognition.objects.visible_to(UserFactory()).count() == 0


def test_campaigns_of_a_unit_are_those_of_its_city():
    campaign = CampaignFactory()
    CampaignFactory(year=campaign.year + 1, opened_on=None)

    assert list(Campaign.objects.of_unit(UnitFactory()).opened()) == [campaign]


def test_assigned_to_nobody_is_also_what_is_in_the_hands_of_somebody_who_reviews_no_more():
    commune, _official, reviewer = commune_people()
    gone, closed = (user_with(Role.REVIEWER, commune) for _ in range(2))
    rows = [RegistrationFactory(unit=commune, submitted=True) for _ in range(4)]
    for row, who in zip(rows, (reviewer, gone, closed), strict=False):
        Assignment.objects.create(registration=row, reviewer=who, assigned_by=reviewer)
    gone.positions.update(
        valid_from=timezone.localdate() - datetime.timedelta(days=9), valid_to=timezone.localdate()
    )
    type(closed).objects.filter(pk=closed.pk).update(is_active=False)

    assert set(Registration.objects.assigned_to(None)) == set(rows[1:])
    assert list(Registration.objects.assigned_to(reviewer)) == rows[:1]
