"""Every version stays readable; what changed since a return is known."""

import datetime

import pytest
import time_machine

from models_registry import services, transitions, versions
from tests.models_registry.factories import RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


def days(registration, **now):
    return versions.days_between(list(registration.steps.order_by("version")), **now)


def test_diff_since_the_return_is_just_what_the_unit_mended():
    commune, official, reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)
    submitted = transitions.submit(draft, actor=official)
    returned = transitions.return_(submitted, actor=reviewer, reason="Thiếu", remarks={"aim": "Nói rõ"})
    saved = services.save_draft(returned, {"aim": "Rõ hơn", "households": 12}, actor=official)
    again = transitions.resubmit(saved, actor=official)

    assert versions.diff(again, returned.version, again.version) == {
        "aim": (draft.aim, "Rõ hơn"),
        "households": (None, 12),
    }
    history = versions.history_of(again)
    assert [one.number for one in history] == [1, 2, 3, 4, 5]
    assert [one.row.changed_by_id for one in history] == [
        official.pk, official.pk, reviewer.pk, official.pk, official.pk,
    ]  # fmt: skip


def test_diff_unknown_version_is_a_lookup_error():
    with pytest.raises(LookupError):
        versions.diff(RegistrationFactory(), 1, 7)


def test_days_between_count_what_lay_where():
    commune, official, reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)
    start = datetime.datetime.now(tz=datetime.UTC)
    registration = draft
    for day, act in (
        (0, lambda r: transitions.submit(r, actor=official)),
        (3, lambda r: transitions.return_(r, actor=reviewer, reason="Thiếu")),
        (5, lambda r: transitions.resubmit(r, actor=official)),
        (9, lambda r: transitions.accept(r, actor=reviewer)),
    ):
        with time_machine.travel(start + datetime.timedelta(days=day)):
            registration = act(registration)

    assert days(registration) == {"unit": 2, "review": 7}


def test_days_between_what_lies_there_still_counts():
    commune, official, reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)
    start = datetime.datetime.now(tz=datetime.UTC)
    with time_machine.travel(start):
        submitted = transitions.submit(draft, actor=official)
    with time_machine.travel(start + datetime.timedelta(days=2)):
        returned = transitions.return_(submitted, actor=reviewer, reason="Thiếu")

    later = start + datetime.timedelta(days=9)
    assert days(returned, now=later) == {"unit": 7, "review": 2}
    assert days(RegistrationFactory(), now=later) == {"unit": 0, "review": 0}


def test_history_of_names_act_and_changed_fields():
    commune, official, _reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)
    saved = services.save_draft(draft, {"aim": "Rõ hơn", "households": 3}, actor=official)
    submitted = transitions.submit(saved, actor=official)

    history = versions.history_of(submitted)

    assert [(one.number, one.step and one.step.act, one.changed) for one in history] == [
        (1, None, ()),
        (2, None, ("aim", "households")),
        (3, "submit", ()),
    ]
    assert versions.first_handed_in(submitted) == 3
    assert versions.first_handed_in(RegistrationFactory()) is None


def test_remarks_of_come_in_the_order_of_the_form():
    commune, official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, submitted=True, by_official=official)
    returned = transitions.return_(
        submitted, actor=reviewer, reason="Sửa", remarks={"method": "Cách làm?", "title": "Tên?"}
    )
    step = returned.steps.returns().get()

    assert [one.name for one in versions.remarks_of(returned, step)] == ["title", "method"]
