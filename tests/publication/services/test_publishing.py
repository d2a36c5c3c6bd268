"""Announcing: all at once under one document, or nothing of it."""

import datetime
import threading
import uuid

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from mobilization.messaging import digests
from mobilization.messaging import services as messaging
from mobilization.messaging.models import Delivery, Digest, Message
from mobilization.publication.models import PendingDecision, Publication
from mobilization.publication.services import enter, preview, publish
from mobilization.publication.states import Act
from mobilization.statistics.readers import numbers_of
from mobilization.statistics.services import rebuild_year
from models_registry import transitions
from models_registry.models import Recognition, Registration, ReviewStep
from models_registry.services import bulk
from models_registry.states import State
from tests.accounts.factories import user_with
from tests.models_registry.factories import (
    CampaignFactory,
    CampaignWindowFactory,
    ProposalFactory,
    RegistrationFactory,
    city_staff,
    commune_people,
    load_deciding_tiers,
)
from tests.publication.factories import PendingDecisionFactory
from tests.units.factories import UnitFactory, city

DOCUMENT = {"title": "Công nhận mô hình năm nay", "body": "Đảng ủy xã Thử", "number": "12-QĐ/ĐU"}


def announce(pendings, actor, **given):
    words = DOCUMENT | {"decided_on": timezone.localdate(), "token": uuid.uuid4()} | given
    return publish(pendings, actor=actor, **words)


def quickly(commune, official, number):
    """Return many reported registrations of one commune, as quickly as a test can write them."""
    alike = {"campaign": CampaignFactory(), "by_official": official, "by_reviewer": official, "steps": False}
    return [RegistrationFactory(unit=commune, state="reported", **alike) for _ in range(number)]


@pytest.mark.django_db
def test_two_hundred_decided_in_bulk_are_announced_at_once():
    commune, official, reviewer = commune_people()
    rows = [(one.pk, one.version) for one in quickly(commune, official, 200)]
    quiet = bulk.find("decide_quietly")
    words = {"recognise": True, "exemplary": False, "reason": "", "source": "Phiên họp 12/BB-HĐ"}
    found = Registration.objects.visible_to(reviewer).filter(state="reported")
    assert len(bulk.preview(found, quiet, actor=reviewer).will) == 200
    outcome = bulk.run(quiet, rows, words, actor=reviewer)
    assert (len(outcome.done), outcome.skipped) == (200, [])
    assert not Recognition.objects.exists()
    assert not Message.objects.exists()

    made = announce(PendingDecision.objects.pending(), reviewer)

    assert Publication.objects.count() == 1
    assert set(Recognition.objects.values_list("number", "body")) == {("12-QĐ/ĐU", "Đảng ủy xã Thử")}
    assert Recognition.objects.count() == Message.objects.filter(recipient=official).count() == 200
    assert ReviewStep.objects.filter(act="recognise", actor=reviewer).count() == 200
    assert "Phiên họp 12/BB-HĐ" in ReviewStep.objects.filter(act="recognise").first().reason
    assert made.counts["total"] == 200
    assert AuditEntry.objects.filter(act="publication.publish").count() == 1
    year = made.campaign.year
    rebuild_year(year, city=city(), actor=None)
    assert numbers_of(city(), [year], "as_filed", "subtree")[year]["recognised"].total == 200


@pytest.mark.django_db
def test_publish_carries_out_each_decision_at_its_own_level():
    staff, commune = city_staff(), UnitFactory()
    user_with(Role.OFFICIAL, commune)
    up = ProposalFactory(level="city", registration__unit=commune).registration
    down = ProposalFactory(level="city", registration__unit=commune).registration
    yes, no = (RegistrationFactory(unit=commune, reported=True) for _ in range(2))
    pendings = [
        enter(yes, act=Act.RECOGNISE, exemplary=True, actor=staff),
        enter(no, act=Act.REFUSE, reason="Chưa rõ kết quả", actor=staff),
        enter(up, act=Act.ACCEPT_PROPOSAL, actor=staff),
        enter(down, act=Act.DECLINE_PROPOSAL, reason="Chưa lan tỏa", actor=staff),
    ]

    made = announce(pendings, staff)

    now = {one.pk: one for one in Registration.objects.all()}
    assert (now[yes.pk].state, now[yes.pk].exemplary) == (State.RECOGNISED, True)
    assert now[no.pk].state == State.NOT_RECOGNISED
    assert set(up.recognitions.values_list("level", flat=True)) == {"grassroots", "city"}
    assert down.recognitions.count() == 1
    assert now[down.pk].proposed_to == ""
    assert made.decisions.count() == 4
    assert sorted(Message.objects.values_list("kind", flat=True)) == [
        "registration.not_recognised",
        "registration.proposal_declined",
        "registration.recognised",
        "registration.recognised",
    ]
    assert "Chưa rõ kết quả" in Message.objects.get(kind="registration.not_recognised").data["reason"]
    assert Message.objects.filter(kind="registration.recognised").first().data["number"] == "12-QĐ/ĐU"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("ways", "number", "letters", "way"),
    [({}, 3, 0, "digest"), ({"registration_decisions": "at_once"}, 200, 200, "at_once")],
)
def test_publish_tells_the_official_of_each_registration_as_he_chose(client, ways, number, letters, way):
    commune, official, reviewer = commune_people()
    messaging.choose(official, digest=True, ways=ways)
    for one in quickly(commune, official, number):
        PendingDecisionFactory(registration=one, entered_by=reviewer)

    announce(PendingDecision.objects.pending(), reviewer)

    told = Message.objects.of(official)
    assert set(told.values_list("kind", "way")) == {("registration.recognised", way)}
    targets = Registration.objects.values_list("pk", flat=True)
    assert sorted(map(int, told.values_list("target_id", flat=True))) == sorted(targets)
    assert Delivery.objects.filter(recipient=official).count() == letters
    assert messaging.unread_count(official, most=1_000) == number
    client.force_login(official)
    first = told.first()
    opened = client.post(reverse("messaging:open", args=[first.pk]))
    assert opened.url == reverse("models_registry:detail", args=[first.target_id])
    assert messaging.unread_count(official, most=1_000) == number - 1


@pytest.mark.django_db
def test_publish_is_in_the_next_daily_letter_once():
    commune, official, reviewer = commune_people()
    registration = RegistrationFactory(unit=commune, by_official=official, reported=True, title="Đường hoa")
    announce([PendingDecisionFactory(registration=registration, entered_by=reviewer)], reviewer)
    today = timezone.localdate()

    digests.send_digests(today)
    digests.send_digests(today)

    letter = Digest.objects.get(recipient=official)
    assert letter.body.count("Đường hoa") == 1
    digests.send_digests(today + datetime.timedelta(days=1))
    later = Digest.objects.filter(recipient=official).exclude(pk=letter.pk)
    assert not any("Đường hoa" in one.body for one in later)


@pytest.mark.django_db
def test_publish_tells_reviewers_concerned_and_the_city_once_and_nobody_else():
    commune, _official, reviewer = commune_people()
    colleague, staff = user_with(Role.REVIEWER, commune), city_staff()
    leader, elsewhere = user_with(Role.CITY_LEADER, city()), user_with(Role.REVIEWER, UnitFactory())
    pendings = [PendingDecisionFactory(registration__unit=commune) for _ in range(2)]

    made = announce(pendings, reviewer)

    told = Message.objects.filter(kind="publication.announced")
    assert {message.recipient for message in told} == {colleague, staff, leader}
    assert told.count() == 3
    assert {message.url for message in told} == {made.get_absolute_url()}
    assert elsewhere.messages.count() == reviewer.messages.count() == 0


@pytest.mark.django_db
def test_publish_of_a_part_leaves_the_rest_waiting():
    staff = city_staff()
    first, second = PendingDecisionFactory(), PendingDecisionFactory()
    announce([first], staff)
    assert list(PendingDecision.objects.pending()) == [second]
    assert Registration.objects.get(pk=second.registration_id).state == State.REPORTED


@pytest.mark.django_db
def test_publish_with_the_same_token_publishes_once():
    staff, token = city_staff(), uuid.uuid4()
    pendings = [PendingDecisionFactory()]
    assert announce(pendings, staff, token=token) == announce(pendings, staff, token=token)
    assert Recognition.objects.count() == 1


@pytest.mark.django_db
def test_publish_what_is_announced_already_is_a_conflict():
    staff, pendings = city_staff(), [PendingDecisionFactory()]
    announce(pendings, staff)
    with pytest.raises(Conflict):
        announce(pendings, staff)
    with pytest.raises(Conflict):
        announce([], staff)


@pytest.mark.django_db
def test_publish_of_two_campaigns_at_once_is_refused():
    before = CampaignFactory(year=timezone.localdate().year - 1)
    pendings = [PendingDecisionFactory(), PendingDecisionFactory(registration__campaign=before)]
    with pytest.raises(DomainError) as refused:
        announce(pendings, city_staff())
    assert refused.value.code == "campaign"


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("words", "name"),
    [
        ({"title": " "}, "title"),
        ({"title": "x" * 301}, "title"),
        ({"body": ""}, "body"),
        ({"number": ""}, "number"),
        ({"decided_on": None}, "decided_on"),
        ({"decided_on": datetime.date(2999, 1, 1)}, "decided_on"),
    ],
)
def test_publish_without_a_right_document_says_at_which_field(words, name):
    with pytest.raises(DomainError) as refused:
        announce([PendingDecisionFactory()], city_staff(), **words)
    assert list(refused.value.fields) == [name]
    assert not Publication.objects.exists()


@pytest.mark.django_db
def test_preview_tells_what_cannot_be_announced_and_why():
    commune, official, reviewer = commune_people()
    good = PendingDecisionFactory(registration__unit=commune)
    moved = PendingDecisionFactory(registration__unit=commune)
    transitions.return_report(moved.registration, actor=reviewer, reason="Thiếu số liệu")
    changed = PendingDecisionFactory(registration__unit=commune)
    sent_back = transitions.return_report(changed.registration, actor=reviewer, reason="Thiếu ảnh")
    transitions.resubmit_report(sent_back, actor=official)
    own = PendingDecisionFactory(registration__unit=commune, registration__by_official=reviewer)
    above = PendingDecisionFactory(registration__unit=commune, registration__level="city")

    shown = preview(PendingDecision.objects.order_by("pk"), actor=reviewer)

    assert shown.will == [good]
    assert [pending for pending, _reason in shown.cannot] == [moved, changed, own, above]
    assert len({reason for _pending, reason in shown.cannot}) == 4
    for pending, reason in shown.cannot:
        with pytest.raises(Conflict) as refused:
            announce([good, pending], reviewer)
        assert reason in str(refused.value)
    assert not Publication.objects.exists()
    assert not Recognition.objects.exists()


@pytest.mark.django_db
def test_preview_before_the_window_of_recognition_tells_when_it_opens():
    pending = PendingDecisionFactory()
    opens = timezone.localdate() + datetime.timedelta(days=3)
    campaign = pending.registration.campaign
    CampaignWindowFactory(campaign=campaign, stage="recognition", level="grassroots", opens_on=opens)
    [(_pending, reason)] = preview([pending], actor=city_staff()).cannot
    assert opens.strftime("%d/%m/%Y") in reason


@pytest.mark.django_db
def test_preview_takes_the_same_number_of_statements_for_any_number():
    staff = city_staff()
    staff.positions_in_force()
    taken = []
    for number in (1, 3):
        for _ in range(number):
            PendingDecisionFactory()
        pendings = list(PendingDecision.objects.pending())
        with CaptureQueriesContext(connection) as queries:
            preview(pendings, actor=staff)
        taken.append(len(queries))
    assert taken[0] == taken[1]


@pytest.mark.django_db
def test_publish_takes_a_bounded_number_of_statements_a_row():
    commune, official, reviewer = commune_people()
    taken = []
    for number in (2, 12):
        for one in quickly(commune, official, number):
            PendingDecisionFactory(registration=one, entered_by=reviewer)
        with CaptureQueriesContext(connection) as queries:
            announce(PendingDecision.objects.pending(), reviewer)
        taken.append(len(queries))
    assert (taken[1] - taken[0]) / 10 <= 9


@pytest.mark.django_db(transaction=True)
def test_publish_that_breaks_in_the_middle_leaves_nothing():
    load_deciding_tiers()
    commune, official, reviewer = commune_people()
    rows = quickly(commune, official, 5)
    for one in rows:
        PendingDecisionFactory(registration=one, entered_by=reviewer)
    # A recognition at this level stands already where none should be: the constraint stops the last row.
    Recognition.objects.create(
        registration=rows[-1], level="grassroots", body="X", number="1", decided_on=timezone.localdate()
    )

    with pytest.raises(IntegrityError):
        announce(PendingDecision.objects.pending(), reviewer)

    assert not Publication.objects.exists()
    assert Recognition.objects.count() == 1
    assert PendingDecision.objects.pending().count() == 5
    assert set(Registration.objects.values_list("state", flat=True)) == {"reported"}
    assert not ReviewStep.objects.exists()
    assert not Message.objects.exists()
    assert not AuditEntry.objects.filter(act__startswith="publication").exists()


@pytest.mark.django_db(transaction=True)
def test_two_people_who_publish_at_once_make_one_publication():
    load_deciding_tiers()
    commune, official, reviewer = commune_people()
    for one in quickly(commune, official, 10):
        PendingDecisionFactory(registration=one, entered_by=reviewer)
    people, barrier, answers = [reviewer, city_staff()], threading.Barrier(2), []

    def at_once(actor):
        try:
            barrier.wait(10)
            answers.append(announce(PendingDecision.objects.pending(), actor))
        except Conflict as refusal:
            answers.append(refusal)
        finally:
            connection.close()

    threads = [threading.Thread(target=at_once, args=[actor]) for actor in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)

    assert Publication.objects.count() == 1
    assert Recognition.objects.count() == 10
    told = Message.objects.filter(kind="registration.recognised")
    assert told.count() == told.values("target_id").distinct().count() == 10
    assert sorted(type(answer).__name__ for answer in answers) == ["Conflict", "Publication"]


@pytest.mark.django_db
def test_what_was_announced_is_never_changed():
    made = announce([PendingDecisionFactory()], city_staff())
    for change in (
        lambda: made.decisions.update(reason="khác"),
        lambda: Publication.objects.update(number="99"),
        lambda: PendingDecision.objects.all().delete(),
    ):
        with pytest.raises(Exception, match="Cannot"), transaction.atomic():
            change()
