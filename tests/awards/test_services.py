import datetime

import pytest
from django.utils import timezone

from awards import cataloguing, services
from awards.models import Award, AwardForm, Decision
from awards.nominating.drawing import draw
from awards.transitions import correct, issue
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


def test_change_award_raises_the_version_of_the_draft(staff):
    award = AwardFactory(nominated=True)
    award.achievement = award.achievement.upper()

    services.change_award(award, actor=staff, seen_version=1)

    award.decision.refresh_from_db()
    assert award.decision.version == 2
    assert AuditEntry.objects.get(act="award.change").actor == staff


def test_change_award_form_of_another_tier_refused_at_its_field(staff):
    award = AwardFactory(nominated=True)
    award.form = form_on("commune")

    with pytest.raises(DomainError) as refusal:
        services.change_award(award, actor=staff)

    assert set(refusal.value.fields) == {"form"}


def test_change_award_dissolved_unit_refused_at_its_field(commune, staff):
    award = AwardFactory(nominated=True, unit=commune)
    close(commune, SIGNED)
    award.unit.refresh_from_db()

    with pytest.raises(DomainError) as refusal:
        services.change_award(award, actor=staff)

    assert set(refusal.value.fields) == {"unit"}


def test_change_award_that_came_from_no_nomination_refused(staff):
    award = AwardFactory()
    award.recipient_name = award.recipient_name.upper()

    with pytest.raises(DomainError) as refusal:
        services.change_award(award, actor=staff)

    assert refusal.value.code == "not_nominated"


def test_change_award_of_a_correction_may_become_another_recipient(staff, leader):
    old = issued()
    draft = correct(old, actor=staff, awards=old.awards.all(), reason="Sai tên")
    Decision.objects.filter(pk=draft.pk).update(
        number="7/QĐ", signed_on=SIGNED, signer="Trần Sỹ Thanh", signer_post="Chủ tịch"
    )
    award = draft.awards.get()
    award.recipient_name = "Chi hội Nông dân thôn Hạ"

    services.change_award(award, actor=staff)

    assert issue(draft, actor=leader).awards.get().recipient_name == "Chi hội Nông dân thôn Hạ"


def test_remove_award_of_an_issued_decision_refused(staff):
    with pytest.raises(Conflict):
        services.remove_award(issued().awards.get(), actor=staff)


def drawn(staff):
    (draft,) = draw([(row.pk, row.version) for row in approved()], actor=staff).decisions
    return draft.awards.get()


def test_change_award_drawn_from_a_nomination_may_be_spelled_better(staff):
    award = drawn(staff)
    award.recipient_name = award.recipient_name.upper()

    services.change_award(award, actor=staff)

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
def test_change_award_drawn_from_a_nomination_stays_what_was_approved(staff, field, value, named):
    award = drawn(staff)
    setattr(award, field, value() if callable(value) else value)

    with pytest.raises(DomainError) as refusal:
        services.change_award(award, actor=staff)

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
