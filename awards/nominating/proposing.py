"""Proposing an award: made, changed, submitted, withdrawn; for one recipient, or from many registrations at once."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.holding import hold
from awards.models import AwardForm, Nomination, Recipient
from awards.nominating.granting import Granters, granting_unit
from awards.nominating.moving import BATCH, Deed, Outcome, Row, do, one, only, write_steps
from awards.recipients import recipients_of, save_recipient
from awards.states import NominationAct, RecipientKind
from awards.validators import validate_unit_in_force
from mobilization.core.errors import DomainError
from models_registry.models import Registration

CHANGEABLE = (
    "recipient",
    "recipient_name",
    "unit",
    "form",
    "proposed_on",
    "achievement",
    "registration",
    "dialogue",
)


@transaction.atomic
def propose(nomination: Nomination, *, actor, recipient: Recipient | None = None) -> Nomination:
    """Save the unsaved ``nomination``, typed by the actor; a ``recipient`` not on record yet is recorded.

    Raises ``DomainError`` naming the fields: a form that the catalogue does not have on the day, or that no body above
    the unit grants; a unit not in force that day; the same proposed already.
    """
    if recipient is not None:
        nomination.recipient = recipient if recipient.pk else save_recipient(recipient, actor=actor)
    check(nomination)
    hold([nomination.registration_id])
    nomination.typed_by = actor
    nomination.granting_unit = granting_unit(nomination.unit, nomination.form.tier)
    _save(nomination, force_insert=True)
    write_steps([nomination], Deed(NominationAct.PROPOSE, actor), {nomination.pk: ""})
    return nomination


@transaction.atomic
def change(nomination: Nomination, values: dict[str, Any], *, actor, seen_version: int) -> Nomination:
    """Change what a nomination in hand says (``CHANGEABLE``); raises as ``propose``, and ``Conflict``."""
    if "recipient" in values and not values["recipient"].pk:
        values = values | {"recipient": save_recipient(values["recipient"], actor=actor)}
    changed = [name for name in CHANGEABLE if name in values]

    def take_over(row: Nomination) -> None:
        for name in changed:
            setattr(row, name, values[name])
        check(row)
        row.granting_unit = granting_unit(row.unit, row.form.tier)

    deed = Deed(
        NominationAct.CHANGE,
        actor,
        check=take_over,
        fields=[*changed, "granting_unit"],
        told=lambda _row: {"fields": changed},
    )
    try:
        with transaction.atomic():
            return only(do(one(nomination, seen_version), deed))
    except IntegrityError as error:
        raise _twice(error) from error


def submit(nomination: Nomination, *, actor, seen_version: int | None = None) -> Nomination:
    """Hand a nomination to the body that grants; from here on it is examined by others."""
    return only(submit_many(one(nomination, seen_version), actor=actor))


def submit_many(rows: Iterable[Row], *, actor) -> Outcome:
    """Submit many; what cannot be submitted is told."""
    same = {"submitted_by": actor, "submitted_at": timezone.now()}
    return do(rows, Deed(NominationAct.SUBMIT, actor, check=check, same=same))


def withdraw(nomination: Nomination, *, actor, reason: str, seen_version: int | None = None) -> Nomination:
    """Take back what nobody has examined yet; needs a reason."""
    return only(withdraw_many(one(nomination, seen_version), actor=actor, reason=reason))


def withdraw_many(rows: Iterable[Row], *, actor, reason: str) -> Outcome:
    """Withdraw many for one reason."""
    if not reason.strip():
        raise DomainError(fields={"reason": [_("Give the reason.")]})
    return do(rows, Deed(NominationAct.WITHDRAW, actor, reason=reason.strip()))


@transaction.atomic
def propose_from_registrations(
    registrations: Sequence[Registration], form: AwardForm, *, actor, achievement: str = ""
) -> Outcome:
    """Propose ``form`` for the recipient of each registration: who registered it. A few statements, however many.

    The recipient is found by kind and name among those of the unit and of what went into it, or recorded anew. A unit
    that ended is stood for by the one that answers for it. What the actor has proposed already, for the same form, is
    passed over in silence; what somebody else has, is told. Expects ``unit__heir`` to be read.
    """
    today, outcome = timezone.localdate(), Outcome()
    if not form.is_in_force(today):
        raise DomainError(fields={"form": [_("This form of award is not in the catalogue today.")]})
    hold(row.pk for row in registrations)
    open_ones = Nomination.objects.open().filter(registration__in=registrations, form__code=form.code)
    taken = {row.registration_id: row for row in open_ones}
    units = {row.pk: row.unit if row.unit.is_in_force(today) else row.unit.heir for row in registrations}
    granters, wanted = Granters(units.values()), []
    for row in registrations:
        try:
            _refuse_twice(taken.get(row.pk), actor)
            granter = granters.of(units[row.pk], form.tier)
        except DomainError as refusal:
            outcome.skipped.append((row.pk, refusal))
        else:
            if row.pk not in taken:
                wanted.append((row, granter))
    names = [(_kind(row), row.registrant, units[row.pk]) for row, _granter in wanted]
    found = recipients_of(names, actor=actor)
    made = [
        Nomination(
            recipient=recipient,
            recipient_name=" ".join(row.registrant.split()),
            unit=units[row.pk],
            granting_unit=granter,
            form=form,
            proposed_on=today,
            achievement=achievement or row.title,
            registration=row,
            typed_by=actor,
        )
        for (row, granter), recipient in zip(wanted, found, strict=True)
    ]
    outcome.done = Nomination.objects.bulk_create(made, batch_size=BATCH)
    deed = Deed(NominationAct.PROPOSE, actor, told=lambda row: {"registration": row.registration_id})
    write_steps(outcome.done, deed, dict.fromkeys((row.pk for row in outcome.done), ""))
    return outcome


def check(nomination: Nomination) -> None:
    """Raise ``DomainError`` naming the fields: a form not in the catalogue that day, a unit that is not there today.

    The unit is asked as of today: one that went into another since is stood for by that one.
    """
    fields = {}
    if not nomination.form.is_in_force(nomination.proposed_on):
        sentence = _("“%(form)s” is not in the catalogue on %(date)s.")
        day = nomination.proposed_on.strftime("%d/%m/%Y")
        fields["form"] = [sentence % {"form": nomination.form, "date": day}]
    try:
        validate_unit_in_force(nomination.unit, timezone.localdate())
    except ValidationError as error:
        fields["unit"] = error.messages
    if nomination.proposed_on > timezone.localdate():
        fields["proposed_on"] = [_("The day of proposing lies in the future.")]
    if nomination.recipient.merged_into_id:
        fields["recipient_name"] = [_("This recipient was merged into another one. Choose that one.")]
    if fields:
        raise DomainError(fields=fields, code="invalid")


def _refuse_twice(there: Nomination | None, actor) -> None:
    if there is not None and there.typed_by_id != actor.pk:
        raise DomainError(_("This form of award is proposed for it already."), code="twice")


def _kind(registration: Registration) -> str:
    if registration.subject == RecipientKind.INDIVIDUAL:
        return RecipientKind.INDIVIDUAL.value
    return RecipientKind.COLLECTIVE.value


def _save(nomination: Nomination, **how: Any) -> None:
    try:
        with transaction.atomic():
            nomination.save(**how)
    except IntegrityError as error:
        raise _twice(error) from error


def _twice(error: IntegrityError) -> Exception:
    if "nomination_once_a_registration" not in str(error):
        return error
    sentence = _("This is proposed already, for the same registration and form of award.")
    return DomainError(fields={"form": [sentence]}, code="twice")
