"""Nobody decides on own work, on what a declared relation binds him to, or above the own unit on what it registered."""

import datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mobilization.accounts.states import Role
from mobilization.core.errors import DomainError, NotAllowed
from mobilization.publication.services import enter
from models_registry import recusal, transitions
from models_registry.models import Registration, ReviewStep
from models_registry.permissions import available_acts
from models_registry.recusal import Bar, bar_of
from models_registry.services import assigning, bulk
from models_registry.states import Act, Level, State
from tests.accounts.factories import PositionFactory, user_with
from tests.models_registry.factories import (
    DeclarationFactory,
    ProposalFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
)

DECISION = {"body": "Thành ủy", "number": "1-QĐ/TU", "decided_on": datetime.date(2026, 1, 5)}


def staff_from(unit, role=Role.OFFICIAL):
    """Return somebody of the city's staff who also holds a position at ``unit``."""
    user = city_staff()
    PositionFactory(user=user, unit=unit, role=role)
    return user


@pytest.mark.django_db
def test_bar_of_an_uninvolved_reviewer_is_none():
    _commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=_commune, reported=True)

    assert bar_of(reviewer, registration, Level.GRASSROOTS) is None


@pytest.mark.django_db
def test_bar_of_the_last_declaration_holds():
    commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, reported=True)
    DeclarationFactory(registration=registration, reviewer=reviewer, is_related=True)
    assert bar_of(reviewer, registration, Level.GRASSROOTS) is Bar.RELATION

    DeclarationFactory(registration=registration, reviewer=reviewer)

    assert bar_of(reviewer, Registration.objects.get(pk=registration.pk), Level.GRASSROOTS) is None


@pytest.mark.django_db
@pytest.mark.parametrize("role", [Role.OFFICIAL, Role.REVIEWER, Role.AUDITOR])
def test_bar_of_a_position_at_the_unit_holds_above_it_only(role):
    commune, _official, _reviewer = commune_people()
    both = staff_from(commune, role)
    registration = RegistrationFactory(unit=commune, reported=True)

    assert bar_of(both, registration, Level.GRASSROOTS) is None
    assert bar_of(both, registration, Level.INTERMEDIATE) is Bar.OWN_UNIT
    assert bar_of(both, registration, Level.CITY) is Bar.OWN_UNIT


@pytest.mark.django_db
def test_bar_of_a_position_elsewhere_is_none():
    commune, _official, _reviewer = commune_people()
    neighbour = staff_from(commune_people()[0])

    assert bar_of(neighbour, RegistrationFactory(unit=commune, reported=True), Level.CITY) is None


@pytest.mark.django_db
def test_queue_and_buttons_leave_out_what_one_must_not_decide():
    commune, _official, _reviewer = commune_people()
    related, both, free = city_staff(), staff_from(commune), city_staff()
    registration = RegistrationFactory(unit=commune, reported=True, level=Level.CITY)
    DeclarationFactory(registration=registration, reviewer=related, is_related=True)

    for user in (related, both):
        assert not Registration.objects.awaiting_review_by(user).exists()
        assert not set(available_acts(user, registration)) & recusal.DECISIONS
    assert Registration.objects.awaiting_review_by(free).get() == registration
    assert Act.RECOGNISE in available_acts(free, registration)


@pytest.mark.django_db
def test_outcomes_to_set_leave_out_what_one_must_not_conclude():
    commune, _official, _reviewer = commune_people()
    related, both, free = city_staff(), staff_from(commune), city_staff()
    registration = RegistrationFactory(unit=commune, recognised=True, level=Level.CITY)
    DeclarationFactory(registration=registration, reviewer=related, is_related=True)

    for user in (related, both):
        assert not Registration.objects.awaiting_outcome_by(user, since=2010).exists()
        assert Act.CONCLUDE not in available_acts(user, registration)
    assert Registration.objects.awaiting_outcome_by(free, since=2010).get() == registration
    assert Act.CONCLUDE in available_acts(free, registration)


@pytest.mark.django_db
def test_bar_of_who_proposed_holds_at_the_level_proposed_only():
    proposer, other = city_staff(), city_staff()
    registration = ProposalFactory(level=Level.CITY, proposed_by=proposer).registration

    assert bar_of(proposer, registration, Level.CITY) is Bar.OWN_PROPOSAL
    assert bar_of(proposer, registration, Level.GRASSROOTS) is None
    assert bar_of(other, registration, Level.CITY) is None
    assert not set(available_acts(proposer, registration)) & Act.DECIDES_PROPOSAL
    assert set(available_acts(other, registration)) >= Act.DECIDES_PROPOSAL
    with pytest.raises(NotAllowed):
        assigning.assign(registration, proposer, actor=other)


@pytest.mark.django_db
def test_queue_holds_again_what_a_later_declaration_frees():
    staff = city_staff()
    registration = RegistrationFactory(reported=True, level=Level.CITY)
    DeclarationFactory(registration=registration, reviewer=staff, is_related=True)
    DeclarationFactory(registration=registration, reviewer=staff)

    assert Registration.objects.awaiting_review_by(staff).get() == registration


@pytest.mark.django_db
def test_bulk_preview_tells_that_one_must_not_decide():
    commune, _official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, submitted=True)
    DeclarationFactory(registration=registration, reviewer=reviewer, is_related=True)

    shown = bulk.preview(Registration.objects.all(), bulk.find("accept"), actor=reviewer)

    assert not shown.will
    assert len(shown.cannot) == 1


@pytest.mark.django_db
def test_assign_to_somebody_related_is_refused():
    commune, _official, reviewer = commune_people()
    related = user_with(Role.REVIEWER, commune)
    registration = RegistrationFactory(unit=commune, submitted=True)
    DeclarationFactory(registration=registration, reviewer=related, is_related=True)

    with pytest.raises(NotAllowed):
        assigning.assign(registration, related, actor=reviewer)


@pytest.mark.django_db
def test_has_to_declare_is_asked_above_the_grassroots_only_and_once():
    staff = city_staff()
    registration = RegistrationFactory(reported=True, level=Level.CITY)
    assert recusal.has_to_declare(staff, registration, Act.RECOGNISE, Level.CITY)
    assert not recusal.has_to_declare(staff, registration, Act.RECOGNISE, Level.GRASSROOTS)
    assert not recusal.has_to_declare(staff, registration, Act.RETURN_REPORT, Level.CITY)

    DeclarationFactory(registration=registration, reviewer=staff)

    assert not recusal.has_to_declare(staff, registration, Act.RECOGNISE, Level.CITY)


WAYS = st.sampled_from(["recognise", "refuse", "quiet", "return", "bulk"])
PEOPLE = st.sampled_from(["typist", "submitter", "related", "own_unit", "free", "reviewer"])


@pytest.mark.slow
class NobodyBarredDecides(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(
        level=st.sampled_from(list(Level)),
        tries=st.lists(st.tuples(PEOPLE, WAYS), min_size=1, max_size=6),
        declares=st.sampled_from(["related", "typist", "own_unit", "reviewer"]),
    )
    def test_no_submitter_typist_related_or_own_person_decides(self, level, tries, declares):
        commune, _official, reviewer = commune_people()
        people = {name: city_staff() for name in ("typist", "submitter", "related", "free")}
        people |= {"own_unit": staff_from(commune), "reviewer": reviewer}
        registration = RegistrationFactory(
            unit=commune,
            reported=True,
            level=level,
            typists=[people["typist"].pk],
            submitted_by=people["submitter"],
        )
        for name in {"related", declares}:
            DeclarationFactory(registration=registration, reviewer=people[name], is_related=True)
        barred = {"typist", "submitter", "related", declares}
        if level != Level.GRASSROOTS:
            barred.add("own_unit")
        for name, way in tries:
            self.attempt(people[name], way, registration)
        decided = set(
            ReviewStep.objects.filter(version__gt=registration.version).values_list("actor", flat=True)
        )
        decided |= set(registration.pending_decisions.values_list("entered_by", flat=True))
        assert not decided & {people[name].pk for name in barred}
        left = Registration.objects.get(pk=registration.pk)
        free = {name for name, _way in tries} - barred
        # Who decides at this level and is free of all that, does decide.
        if "free" in free:
            assert left.state != State.REPORTED or left.pending_decisions.exists()

    def attempt(self, who, way, registration):
        now = Registration.objects.select_related("unit__heir", "campaign").get(pk=registration.pk)
        if not who.has_perm("models_registry.recognise_registration", now):
            return
        try:
            if way == "recognise":
                transitions.recognise(now, actor=who, **DECISION)
            elif way == "refuse":
                transitions.refuse(now, actor=who, reason="Chưa đạt")
            elif way == "return":
                transitions.return_report(now, actor=who, reason="Thiếu số liệu")
            elif way == "bulk":
                words = {"body": "Thành ủy", "number": "1", "decided_on": "2026-01-05"}
                bulk.run(bulk.find("recognise"), [(now.pk, now.version)], words, actor=who)
            else:
                enter(now, act="recognise", actor=who)
        except DomainError:
            return
