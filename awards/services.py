"""Preparing decisions: a draft and its awards change together, and only while nobody has issued it."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.checks import check_award
from awards.models import Award, Decision, DecisionStep, Nomination
from awards.nominating.giving_back import give_back
from awards.states import Act, AwardState, DecisionState
from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.text import fold
from models_registry.models import Registration

PREPARERS = (Role.OFFICIAL, Role.REVIEWER, Role.CITY_STAFF)


def candidates(user) -> QuerySet[Registration]:
    """Return the recognised registrations in the user's scope for which no award stands, is in preparation or proposed.

    They wait for being nominated.
    """
    scope = scope_units(user, *PREPARERS).values("pk")
    recognised = Registration.objects.visible_to(user).recognised()
    return recognised.filter(~Exists(_awarded()), ~Exists(_proposed()), unit__in=scope)


@transaction.atomic
def draft(decision: Decision, *, actor) -> Decision:
    """Save a new draft, with the actor as the one who drafted it."""
    decision.drafted_by = actor
    decision.save()
    DecisionStep.objects.create(
        decision=decision, act=Act.DRAFT, from_state="", to_state=DecisionState.DRAFT, actor=actor
    )
    log.record(
        "decision.draft", actor=actor, target=decision, unit=decision.unit, data={"title": decision.title}
    )
    return decision


@transaction.atomic
def change_draft(decision: Decision, *, actor, seen_version: int) -> Decision:
    """Save the changed fields of a draft. Raises ``Conflict`` if it was issued or changed by somebody else."""
    stored = lock_draft(decision.pk, seen_version)
    decision.version = stored.version + 1
    decision.save(
        update_fields=["title", "number", "signed_on", "signer", "signer_post", "reason", "version"]
    )
    log.record("decision.change", actor=actor, target=decision, unit=decision.unit)
    return decision


@transaction.atomic
def discard(decision: Decision, *, actor, seen_version: int | None = None) -> None:
    """Delete a draft with its awards; the row history and the audit log keep what it was.

    The nominations in it are given back: approved, and in no decision.
    """
    stored = lock_draft(decision.pk, seen_version)
    log.record(
        "decision.discard",
        actor=actor,
        target=stored,
        unit=stored.unit,
        data={"title": stored.title, "awards": stored.awards.count()},
    )
    give_back(stored.awards.all(), actor=actor)
    stored.delete()


@transaction.atomic
def change_award(award: Award, *, actor, seen_version: int | None = None) -> Award:
    """Save what was mended in an award of a draft.

    An award comes into a draft by an approved nomination, or by a correction that copies it from the decision that it
    corrects; what was approved is mended in its spelling only.

    Raises ``Conflict`` if the decision was issued meanwhile, or its draft changed since ``seen_version``,
    ``DomainError`` naming the field if the form does not fit the decision's tier and date, the unit is not in force
    (today, for a decision without a date), or it would be another award than was approved.
    """
    decision = lock_draft(award.decision_id, seen_version)
    _check(award, decision)
    if award.corrects_id is None:
        _refuse_other_than_approved(award)
    _refuse_twice(award)
    award.save(force_update=True)
    touch(decision)
    log.record("award.change", actor=actor, target=award, unit=award.unit)
    return award


@transaction.atomic
def remove_award(award: Award, *, actor, seen_version: int | None = None) -> None:
    """Take an award out of a draft. Raises ``Conflict`` if it was issued meanwhile, or changed since ``seen_version``."""
    decision = lock_draft(award.decision_id, seen_version)
    log.record(
        "award.remove", actor=actor, target=award, unit=award.unit, data={"recipient": award.recipient_name}
    )
    give_back([award], actor=actor)
    award.delete()
    touch(decision)


def _awarded() -> QuerySet[Award]:
    return Award.objects.filter(registration=OuterRef("pk"), state=AwardState.VALID)


def _proposed() -> QuerySet[Nomination]:
    return Nomination.objects.open().filter(registration=OuterRef("pk"))


def _check(award: Award, decision: Decision) -> None:
    on = decision.signed_on or timezone.localdate()
    try:
        check_award(award, decision, on)
    except ValidationError as error:
        field = "unit" if error.code == "unit_not_in_force" else "form"
        raise DomainError(fields={field: error.messages}, code=error.code) from error


def what_is_once(award: Award) -> tuple:
    """Return what a decision has once: see the constraint of ``Award``."""
    name = award.recipient_name.lower()
    return award.form_id, award.recipient_kind, name, award.unit_id, award.achievement


def _refuse_other_than_approved(award: Award) -> None:
    """Refuse to make another award of what was examined and approved; its spelling may be mended.

    The row of the catalogue may be the one of another day, of the same code.
    """
    approved = Nomination.objects.filter(award=award.pk).select_related("form", "recipient").first()
    if approved is None:
        sentence = _(
            "This was not drawn from an approved nomination. Take it out, and propose the award first."
        )
        raise DomainError(sentence, code="not_nominated")
    same = {
        "form": award.form.code == approved.form.code,
        "recipient_kind": award.recipient_kind == approved.recipient.kind,
        "recipient_name": _spelled_alike(award.recipient_name, approved.recipient_name),
        "unit": award.unit_id == approved.unit_id,
        "achievement": _spelled_alike(award.achievement, approved.achievement),
        "model_code": award.registration_id == approved.registration_id,
    }
    sentence = _(
        "It was approved otherwise. Take it out of the draft, and return the nomination to be changed."
    )
    fields = {name: [sentence] for name, is_same in same.items() if not is_same}
    if fields:
        raise DomainError(fields=fields, code="approved")


def _spelled_alike(one: str, other: str) -> bool:
    return fold(" ".join(one.split())) == fold(" ".join(other.split()))


def _refuse_twice(award: Award) -> None:
    """Refuse what a constraint of the table would: the same award twice in one decision."""
    try:
        award.validate_constraints()
    except ValidationError as error:
        raise DomainError(fields={"recipient_name": error.messages}, code="twice") from error


def lock_draft(pk: int, seen_version: int | None = None) -> Decision:
    """Return the draft, locked; raises ``Conflict`` if it was issued, deleted or changed since it was seen."""
    decision = Decision.objects.select_for_update(of=["self"]).select_related("unit").filter(pk=pk).first()
    if decision is None:
        raise Conflict(_("This draft was deleted meanwhile."))
    if decision.state != DecisionState.DRAFT:
        raise Conflict(_("This decision has been issued; its content never changes."))
    if seen_version is not None and seen_version != decision.version:
        raise Conflict(
            _("Somebody else changed this draft meanwhile. Please look at it again."), code="stale"
        )
    return decision


def touch(decision: Decision) -> None:
    """Count a change of the draft's awards as one of the draft: pages that show it are stale now."""
    decision.version += 1
    decision.save(update_fields=["version"])
