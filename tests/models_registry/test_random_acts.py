"""Random acts by random people never leave the diagram, and each leaves exactly one step."""

import datetime

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import DomainError
from models_registry import transitions
from models_registry.models import Recognition, Registration, ReviewStep
from models_registry.recusal import is_own_work
from models_registry.states import MOVES, Act, By, Level, Outcome, State
from tests.accounts.factories import user_with
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, city_staff, commune_people

WORDS = st.sampled_from(["", "Thiếu số liệu"])
SEEN = st.sampled_from(["now", "before", "none"])
PEOPLE = st.sampled_from(["official", "second_official", "reviewer", "both", "staff", "second_staff"])
STEPS = st.lists(st.tuples(st.sampled_from(list(Act)), PEOPLE, WORDS, SEEN), min_size=5, max_size=30)


def call(act: Act, registration: Registration, who, words: str, seen: int | None):
    """Carry out ``act`` with plausible arguments."""
    common = {"actor": who, "seen_version": seen}
    decision = {"body": "Đảng ủy", "number": "1-QĐ", "decided_on": datetime.date(2026, 1, 5)}
    if act in {Act.SUBMIT, Act.RESUBMIT, Act.REPORT, Act.RESUBMIT_REPORT}:
        return getattr(transitions, act.value)(registration, **common)
    if act in {Act.RECOGNISE, Act.ACCEPT_PROPOSAL}:
        return getattr(transitions, act.value)(registration, **decision, **common)
    if act is Act.PROPOSE:
        return transitions.propose(registration, level=Level.INTERMEDIATE if words else Level.CITY, **common)
    if act is Act.CONCLUDE:
        return transitions.conclude(
            registration, outcome=Outcome.MAINTAIN if words else Outcome.END, **common
        )
    if act is Act.RENEW:
        return transitions.renew(registration, CampaignFactory(year=registration.year + 1), **common)
    name = "return_" if act is Act.RETURN else act.value
    return getattr(transitions, name)(registration, reason=words, **common)


@pytest.mark.slow
class RandomActs(TestCase):
    @settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
    @given(steps=STEPS)
    def test_random_acts_stay_on_the_diagram(self, steps):
        commune, official, reviewer = commune_people()
        both = user_with(Role.OFFICIAL, commune)
        both.positions.create(role=Role.REVIEWER, unit=commune, valid_from=datetime.date(2020, 1, 1))
        people = {
            "official": official,
            "second_official": user_with(Role.OFFICIAL, commune),
            "reviewer": reviewer,
            "both": both,
            "staff": city_staff(),
            "second_staff": city_staff(),
        }
        registration = RegistrationFactory(unit=commune, by_official=official)
        Registration.objects.filter(pk=registration.pk).update(result_summary="Xong")
        done = 0
        for act, name, words, seeing in steps:
            before = Registration.objects.select_related("unit__heir").get(pk=registration.pk)
            who = people[name]
            if not who.has_perm(MOVES[act].perm, before):
                continue
            seen = {"now": before.version, "before": before.version - 1, "none": None}[seeing]
            try:
                call(act, before, who, words, seen)
            except DomainError:
                after = Registration.objects.get(pk=registration.pk)
                assert (after.version, after.state) == (before.version, before.state)
                continue
            done += 1
            after = Registration.objects.get(pk=registration.pk)
            assert seeing != "before"
            assert before.state in MOVES[act].sources
            assert after.state == (MOVES[act].target or before.state)
            assert after.version == before.version + 1
            assert MOVES[act].by is By.UNIT or not is_own_work(who, before)
        steps_left = ReviewStep.objects.filter(registration=registration)
        assert steps_left.count() == done
        assert AuditEntry.objects.filter(target_id=str(registration.pk)).count() == done
        stored = Registration.objects.get(pk=registration.pk)
        recognised = Recognition.objects.filter(registration=registration).count()
        assert (recognised > 0) == (stored.state == State.RECOGNISED)
        assert stored.state_since <= timezone.now()
