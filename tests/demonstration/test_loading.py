import io
from itertools import pairwise

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.urls import reverse

from awards.models import Award, Decision
from dialogues.models import Dialogue, Opinion
from dialogues.states import State as DialogueState
from mobilization.accounts.models import User
from mobilization.audit.models import AuditEntry
from mobilization.demonstration import people, registrations
from mobilization.demonstration.loading import load
from mobilization.demonstration.world import A_YEAR, World
from mobilization.statistics.models import Figure
from mobilization.units.models import Unit
from models_registry.models import Attachment, Campaign, Registration, ReviewStep
from models_registry.states import State
from tests.shared import for_a_whole_file
from tests.units.fixtures import hanoi  # noqa: F401 -- a fixture

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
PASSWORD = "mat-khau-minh-hoa"
A_FEW = 120


@pytest.fixture(scope="module")
def demonstration(hanoi, django_db_blocker):  # noqa: F811 -- the fixture
    """Load the demonstration, with fewer registrations, once for all tests of this file."""
    with for_a_whole_file(django_db_blocker):
        said = []
        load(PASSWORD, said.append, a_year=A_FEW)
        connection.check_constraints()  # once, and not again after each test
        yield said


def test_load_every_state_is_shown(demonstration):
    assert set(Registration.objects.values_list("state", flat=True)) == set(State.values)
    home = Registration.objects.filter(unit__code="00004", unit__valid_to=None, year=2026)
    assert set(home.values_list("state", flat=True)) == set(State.values)
    assert {DialogueState.PUBLISHED, DialogueState.ANNOUNCED} <= set(
        Dialogue.objects.values_list("state", flat=True)
    )


def test_load_so_many_registrations_a_year_with_dialogues_opinions_awards_and_files(demonstration):
    assert Registration.objects.of_year(2025).count() == A_FEW
    assert pytest.approx(3_000, abs=100) == 4 * A_YEAR
    assert Opinion.objects.count() > 500
    assert Award.objects.count() > 50
    assert Attachment.objects.public().count() > 10
    # What waits for issue came from nominations.
    assert Decision.objects.drafts().exists()
    assert not Award.objects.filter(decision__in=Decision.objects.drafts(), nomination=None).exists()


def test_load_nothing_is_generated_under_soc_son_before_2025(demonstration):
    soc_son = Unit.objects.get(code="016")
    loaded = Registration.objects.under(soc_son)
    assert loaded.filter(year__lt=2025).count() == 1_183
    assert Dialogue.objects.under(soc_son).filter(held_on__year__lt=2025).count() == 122


def test_load_each_registration_has_the_steps_and_versions_of_its_state(demonstration):
    made = Registration.objects.exclude(typed_by__email=people.address("thanhpho"))
    for registration in made.order_by("pk")[::17]:
        steps = list(ReviewStep.objects.filter(registration=registration).order_by("version"))
        assert [step.version for step in steps] == list(range(2, registration.version + 1))
        assert (steps[-1].to_state if steps else "draft") == registration.state
        assert all(before.to_state == after.from_state for before, after in pairwise(steps))
        versions = registration.events.order_by("version").values_list("version", flat=True)
        assert list(versions) == list(range(1, registration.version + 1))


@pytest.mark.parametrize("local", people.ACCOUNTS)
def test_load_each_account_signs_in_and_finds_its_desk(demonstration, local):
    client = Client()
    assert client.login(email=people.address(local), password=PASSWORD)
    assert client.get(reverse("desk:home")).status_code == 200


def test_load_those_of_the_past_cannot_sign_in(demonstration):
    assert not Client().login(email=people.address("clerk"), password=PASSWORD)
    assert User.objects.filter(is_active=False).count() == len(people.RETIRED)


def test_load_figures_of_all_years_are_there_and_the_loading_is_in_the_log(demonstration):
    assert set(Figure.objects.values_list("year", flat=True)) >= set(range(2021, 2027))
    assert AuditEntry.objects.filter(act="demonstration.load").count() == 1


def test_load_the_same_seed_plans_the_same(demonstration):
    campaign = Campaign.objects.get(year=2023)

    def plan():
        world = World(city=campaign.city, a_year=A_FEW)
        world.people = {"clerk": User.objects.get(email=people.address("clerk"))}
        planned = registrations._plan_year(world, campaign, [])
        return [(one.registration.title, one.registration.unit_id, one.acts) for one in planned]

    assert plan() == plan()


def test_command_a_second_time_changes_nothing(demonstration):
    before = Registration.objects.count()
    said = io.StringIO()
    call_command("load_demo", stdout=said)
    assert "there already" in said.getvalue()
    assert Registration.objects.count() == before


def test_load_certificates_of_past_years_were_handed_out(demonstration):
    handed = Award.objects.handed_out()
    assert handed.filter(decision__number="7025/QĐ-UBND").count() > 10
    assert not handed.filter(year=2026).exists()
