"""Eight people at once: one act, seven refusals that say what happened."""

import datetime
import threading
import time

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from models_registry import services, transitions
from models_registry.announcing import announce
from models_registry.models import Attachment, Recognition, Registration, ReviewStep
from models_registry.services import files
from models_registry.services.replicating import replicate
from models_registry.states import Act, Outcome
from tests.accounts.factories import user_with
from tests.models_registry.factories import (
    CampaignFactory,
    RegistrationFactory,
    commune_people,
    load_deciding_tiers,
)

pytestmark = pytest.mark.django_db(transaction=True)
MANY = 8


@pytest.fixture(autouse=True)
def _rules_of_the_day(transactional_db):
    load_deciding_tiers()


def at_once(*calls) -> list:
    """Run ``calls`` in a thread each, all started together; return what each returned or raised."""
    barrier = threading.Barrier(len(calls))
    results: list = [None] * len(calls)

    def run(place: int, call) -> None:
        try:
            barrier.wait(timeout=30)
            results[place] = call()
        except Exception as error:  # noqa: BLE001 -- what was raised is the result
            results[place] = error
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(calls)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=60)
    return results


def winners(results: list) -> list:
    assert all(isinstance(result, Conflict | Registration) for result in results), results
    return [result for result in results if isinstance(result, Registration)]


def test_eight_reviewers_act_at_once_one_wins_and_the_others_read_who():
    commune, official, _reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, by_official=official, submitted=True)
    reviewers = [user_with(Role.REVIEWER, commune) for _number in range(MANY)]
    acts = [
        (lambda who=who: transitions.accept(submitted, actor=who, seen_version=submitted.version))
        if number % 2
        else (
            lambda who=who: transitions.return_(
                submitted, actor=who, reason="Thiếu", seen_version=submitted.version
            )
        )
        for number, who in enumerate(reviewers)
    ]

    results = at_once(*acts)

    (winner,) = winners(results)
    stored = Registration.objects.get()
    assert (stored.version, stored.state) == (submitted.version + 1, winner.state)
    assert ReviewStep.objects.filter(registration=stored).count() == 2
    assert AuditEntry.objects.filter(act__startswith="registration.").count() == 1
    for result in results:
        if isinstance(result, Conflict):
            assert winner.changed_by.full_name in result.message


def test_eight_recognitions_at_once_leave_one():
    commune, official, _reviewer = commune_people()
    reported = RegistrationFactory(unit=commune, by_official=official, reported=True)
    reviewers = [user_with(Role.REVIEWER, commune) for _number in range(MANY)]
    decision = {"body": "Đảng ủy", "number": "1-QĐ/ĐU", "decided_on": datetime.date(2026, 1, 1)}

    results = at_once(
        *(lambda who=who: transitions.recognise(reported, actor=who, **decision) for who in reviewers)
    )

    assert len(winners(results)) == 1
    assert Recognition.objects.count() == 1


def test_double_submit_makes_one_step():
    commune, official, _reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)

    results = at_once(*[lambda: transitions.submit(draft, actor=official, seen_version=1)] * MANY)

    assert len(winners(results)) == 1
    assert ReviewStep.objects.count() == 1


def test_eight_saves_at_once_overwrite_nothing():
    commune, official, _reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)

    results = at_once(
        *(
            lambda n=n: services.save_draft(draft, {"title": f"Bản {n}"}, actor=official, seen_version=1)
            for n in range(MANY)
        )
    )

    (winner,) = winners(results)
    assert Registration.objects.get().title == winner.title


def test_eight_renewals_at_once_make_one_draft():
    commune, official, _reviewer = commune_people()
    before = RegistrationFactory(
        unit=commune, by_official=official, recognised=True, outcome=Outcome.MAINTAIN
    )
    following = CampaignFactory(year=before.year + 1)

    results = at_once(*[lambda: transitions.renew(before, following, actor=official)] * MANY)

    assert len(winners(results)) == 1
    assert Registration.objects.filter(campaign=following).count() == 1
    assert before.steps.filter(act=Act.RENEW).count() == 1


def test_return_announced_by_four_at_once_tells_once():
    commune, official, reviewer = commune_people()
    submitted = RegistrationFactory(unit=commune, by_official=official, submitted=True)
    transitions.return_(submitted, actor=reviewer, reason="Thiếu")
    step = ReviewStep.objects.get(act=Act.RETURN)

    assert at_once(*[lambda: announce(step, {})] * 4) == [None] * 4

    assert official.messages.count() == 1


def evidence(registration, official):
    return services.attach(registration, SimpleUploadedFile("a.pdf", b"%PDF-1.7 %%EOF"), actor=official)


def test_file_taken_away_by_many_at_once_is_taken_away_once():
    commune, official, _reviewer = commune_people()
    kept = evidence(RegistrationFactory(unit=commune, by_official=official), official)

    results = at_once(*[lambda: services.detach(kept, actor=official)] * 4)

    assert sorted(isinstance(result, Conflict) for result in results) == [False, True, True, True]
    assert AuditEntry.objects.filter(act="registration.detach").count() == 1


def test_file_taken_away_while_it_is_shown_is_never_shown_after_that():
    commune, official, reviewer = commune_people()
    kept = evidence(RegistrationFactory(unit=commune, by_official=official, accepted=True), official)

    gone, shown = at_once(
        lambda: services.detach(kept, actor=official),
        lambda: services.show_file(kept, actor=reviewer, consent_note="Không có người"),
    )

    assert gone is None
    assert isinstance(shown, Attachment | Conflict)
    assert not Attachment.objects.exists()


def test_file_shown_by_many_at_once_is_shown_by_one():
    commune, official, reviewer = commune_people()
    kept = evidence(RegistrationFactory(unit=commune, by_official=official, accepted=True), official)

    results = at_once(*[lambda: services.show_file(kept, actor=reviewer, consent_note="Không có người")] * 4)

    assert sum(isinstance(result, Attachment) for result in results) == 1
    assert AuditEntry.objects.filter(act="registration.show_file").count() == 1


def test_files_added_at_once_are_never_more_than_may_be(monkeypatch):
    commune, official, _reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)
    monkeypatch.setattr(files, "MAX_ATTACHMENTS", 2)

    results = at_once(*[lambda: evidence(draft, official)] * 5)

    assert sum(isinstance(result, Attachment) for result in results) == Attachment.objects.count() == 2


def test_one_model_replicated_by_many_at_once_is_one_draft():
    commune, official, _reviewer = commune_people()
    source, campaign = RegistrationFactory(accepted=True).model, CampaignFactory()

    results = at_once(*[lambda: replicate(source, commune, campaign, actor=official)] * 4)

    assert len({draft.pk for draft in results}) == 1
    assert Registration.objects.drafts().count() == 1


def _somebody_waits_for_a_lock() -> bool:
    with connection.cursor() as cursor:
        # Within a transaction the view shows what it showed first.
        cursor.execute("SELECT pg_stat_clear_snapshot()")
        cursor.execute(
            "SELECT EXISTS (SELECT FROM pg_stat_activity"
            " WHERE datname = current_database() AND wait_event_type = 'Lock')"
        )
        return cursor.fetchone()[0]


def test_hand_in_meets_the_typing_that_is_kept_at_that_moment():
    commune, official, _reviewer = commune_people()
    draft = RegistrationFactory(unit=commune, by_official=official)
    results = []

    def hand_in() -> None:
        try:
            results.append(services.hand_in(transitions.submit, draft, actor=official, steps=["content"]))
        except DomainError as refusal:
            results.append(refusal)
        finally:
            connection.close()

    thread = threading.Thread(target=hand_in)
    with transaction.atomic():  # as the view of autosave does
        Registration.objects.select_for_update(of=("self",), no_key=True).get(pk=draft.pk)
        services.keep_typing(official, draft, "content", {"aim": "Mới gõ"}, base_version=1)
        thread.start()
        give_up = time.monotonic() + 30
        while not _somebody_waits_for_a_lock() and time.monotonic() < give_up:
            time.sleep(0.02)
    thread.join(timeout=60)

    assert [getattr(result, "code", result) for result in results] == ["unsaved"]
    assert Registration.objects.get().is_draft
