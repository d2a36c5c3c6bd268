import datetime

import pytest
from django.utils import timezone

from awards import cataloguing, services
from awards.models import Award, AwardForm, Decision
from awards.nominating.drawing import draw
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from tests.awards.factories import SIGNED, AwardFactory, DecisionFactory, approved, form_on, issued
from tests.models_registry.factories import RegistrationFactory
from tests.units.factories import UnitFactory, city, close

pytestmark = pytest.mark.django_db


def test_draft_keeps_who_drafted_it(staff):
    decision = services.draft(Decision(unit=city(), tier="city", title="Khen thưởng"), actor=staff)

    assert (decision.drafted_by, decision.state) == (staff, "draft")
    assert decision.steps.get().act == "draft"
    assert AuditEntry.objects.get(act="decision.draft").actor == staff


def test_change_draft_somebody_else_saved_first_refused(staff):
    decision = DecisionFactory()
    seen = decision.version
    services.change_draft(decision, actor=staff, seen_version=seen)

    with pytest.raises(Conflict) as refusal:
        services.change_draft(decision, actor=staff, seen_version=seen)

    assert refusal.value.code == "stale"


def test_change_draft_issued_meanwhile_refused(staff):
    with pytest.raises(Conflict):
        services.change_draft(issued(), actor=staff, seen_version=1)


def test_discard_draft_keeps_its_history(staff):
    decision = AwardFactory().decision

    services.discard(decision, actor=staff)

    assert not Decision.objects.exists()
    assert AuditEntry.objects.get(act="decision.discard").data["awards"] == 1


def test_discard_issued_refused(staff):
    with pytest.raises(Conflict):
        services.discard(issued(), actor=staff)


def new_award(decision, **fields):
    values = {
        "form": form_on("city"),
        "recipient_kind": "household",
        "recipient_name": "Hộ ông Ba",
        "unit": UnitFactory(),
        "achievement": "Hiến đất",
    }
    return Award(decision=decision, **values | fields)


def test_save_award_raises_the_version_of_the_draft(staff):
    decision = DecisionFactory()

    services.save_award(new_award(decision), actor=staff)

    decision.refresh_from_db()
    assert (decision.version, decision.awards.count()) == (2, 1)
    assert AuditEntry.objects.get(act="award.add").actor == staff


def test_save_award_form_of_another_tier_refused_at_its_field(staff):
    with pytest.raises(DomainError) as refusal:
        services.save_award(new_award(DecisionFactory(), form=form_on("commune")), actor=staff)

    assert set(refusal.value.fields) == {"form"}


def test_save_award_dissolved_unit_refused_at_its_field(commune, staff):
    close(commune, SIGNED)

    with pytest.raises(DomainError) as refusal:
        services.save_award(new_award(DecisionFactory(), unit=commune), actor=staff)

    assert set(refusal.value.fields) == {"unit"}


def test_remove_award_of_an_issued_decision_refused(staff):
    with pytest.raises(Conflict):
        services.remove_award(issued().awards.get(), actor=staff)


def test_add_from_registrations_rewards_who_registered(staff):
    collective = RegistrationFactory(recognised=True)
    person = RegistrationFactory(recognised=True, subject="individual", registrant="Nguyễn Thị Mai")
    decision = DecisionFactory()

    added = services.add_from_registrations(decision, [collective, person], form_on("city"), actor=staff)

    assert [(a.recipient_kind, a.recipient_name, a.achievement) for a in added] == [
        ("collective", collective.registrant, collective.title),
        ("individual", "Nguyễn Thị Mai", person.title),
    ]
    assert AuditEntry.objects.filter(act="award.add").count() == 2


def test_add_from_registrations_twice_adds_once(staff):
    registration, decision = RegistrationFactory(recognised=True), DecisionFactory()

    for _time in range(2):
        services.add_from_registrations(decision, [registration], form_on("city"), actor=staff)

    assert decision.awards.count() == 1


def test_add_from_registrations_what_another_draft_has_is_told(staff):
    registration, form = RegistrationFactory(recognised=True), form_on("city")
    services.add_from_registrations(DecisionFactory(), [registration], form, actor=staff)

    with pytest.raises(Conflict):
        services.add_from_registrations(DecisionFactory(), [registration], form, actor=staff)


def test_add_from_registrations_one_recipient_twice_for_the_same_words_is_refused(staff):
    commune, decision = UnitFactory(), DecisionFactory()
    both = RegistrationFactory.create_batch(
        2, recognised=True, unit=commune, registrant="Chi hội Phụ nữ thôn 1"
    )

    with pytest.raises(DomainError) as refusal:
        services.add_from_registrations(
            decision, both, form_on("city"), actor=staff, achievement="Có thành tích xuất sắc"
        )

    assert set(refusal.value.fields) == {"achievement"}
    assert len(services.add_from_registrations(decision, both, form_on("city"), actor=staff)) == 2


def drawn(staff):
    (draft,) = draw([(row.pk, row.version) for row in approved()], actor=staff).decisions
    return draft.awards.get()


def test_save_award_drawn_from_a_nomination_may_be_spelled_better(staff):
    award = drawn(staff)
    award.recipient_name = award.recipient_name.upper()

    services.save_award(award, actor=staff)

    assert Award.objects.get().recipient_name == award.recipient_name


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("recipient_name", "Chi hội khác", "recipient_name"),
        ("recipient_kind", "household", "recipient_kind"),
        ("achievement", "Việc khác", "achievement"),
        ("unit", UnitFactory, "unit"),
        ("form", lambda: form_on("city", timezone.localdate(), "Biểu dương"), "form"),
        ("registration", lambda: RegistrationFactory(recognised=True), "model_code"),
    ],
)
def test_save_award_drawn_from_a_nomination_stays_what_was_approved(staff, field, value, named):
    award = drawn(staff)
    setattr(award, field, value() if callable(value) else value)

    with pytest.raises(DomainError) as refusal:
        services.save_award(award, actor=staff)

    assert set(refusal.value.fields) == {named}


def test_candidates_are_recognised_and_not_awarded(staff):
    waiting = RegistrationFactory(recognised=True)
    RegistrationFactory(accepted=True)
    AwardFactory(registration=RegistrationFactory(recognised=True))

    assert list(services.candidates(staff)) == [waiting]


def test_candidates_after_revocation_wait_again(staff):
    registration = RegistrationFactory(recognised=True)
    decision = DecisionFactory()
    AwardFactory(decision=decision, registration=registration)
    other = DecisionFactory()
    Award.objects.filter(registration=registration).update(state="revoked", ended_by=other)

    assert list(services.candidates(staff)) == [registration]


def new_form(**fields):
    values = {
        "code": "moi",
        "name": "Biểu dương",
        "body": "Thành đoàn",
        "tier": "city",
        "legal_basis": "Luật",
    }
    return AwardForm(**values | {"valid_from": datetime.date(2026, 1, 1)} | fields)


def test_save_catalogue_form_overlap_refused_at_its_field(staff):
    cataloguing.save_form(new_form(), actor=staff)

    with pytest.raises(DomainError) as refusal:
        cataloguing.save_form(new_form(valid_from=datetime.date(2026, 5, 1)), actor=staff)

    assert set(refusal.value.fields) == {"valid_from"}


def test_save_catalogue_form_next_row_after_the_end(staff):
    cataloguing.save_form(new_form(valid_to=datetime.date(2026, 5, 1)), actor=staff)

    cataloguing.save_form(new_form(valid_from=datetime.date(2026, 5, 1)), actor=staff)

    assert AwardForm.objects.filter(code="moi").count() == 2


def test_save_catalogue_form_granted_only_its_end_changes(staff):
    form = issued().awards.get().form
    form.name = "Khác"

    with pytest.raises(DomainError) as refusal:
        cataloguing.save_form(form, actor=staff, seen_version=1)
    assert refusal.value.code == "granted"

    form.refresh_from_db()
    form.valid_to = SIGNED
    with pytest.raises(DomainError) as refusal:
        cataloguing.save_form(form, actor=staff, seen_version=1)
    assert refusal.value.code == "granted_later"

    form.valid_to = SIGNED + datetime.timedelta(days=1)
    assert cataloguing.save_form(form, actor=staff, seen_version=1).valid_to
