"""Keeping the catalogue: rows added and changed, a form ended and its successor opened. What was granted stays."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award, AwardForm
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError


@transaction.atomic
def save_form(form: AwardForm, *, actor, seen_version: int | None = None) -> AwardForm:
    """Add a row to the catalogue, or change one.

    Raises ``Conflict`` if it was changed since ``seen_version``, ``DomainError`` if its dates overlap another row of the same code, or if it was already granted and more than
    its end and the votes that it asks for would change: what was granted stays named as it was.
    """
    stored = _locked(form, seen_version) if form.pk else None
    if stored and Award.objects.issued().filter(form=stored).exists():
        _check_only_end_changes(stored, form)
    _refuse_overlap(form)
    form.version = stored.version + 1 if stored else 1
    form.save()
    act = "catalogue.change" if stored else "catalogue.add"
    log.record(act, actor=actor, target=form, data={"code": form.code})
    return form


@transaction.atomic
def succeed(
    old: AwardForm,
    *,
    actor,
    valid_from: datetime.date,
    name: str,
    body: str,
    legal_basis: str,
    votes_share: int,
    votes_basis: str = "",
    seen_version: int | None = None,
) -> AwardForm:
    """End ``old`` on the day ``valid_from`` and open its successor, of the same code and tier, on that very day.

    The successor lasts as long as the old one would have. Raises ``Conflict`` as ``save_form`` does, ``DomainError`` at ``valid_from`` for a day outside of
    the life of the old one, or before it was granted last.
    """
    old = _locked(old, seen_version)
    if not (old.valid_from < valid_from and (old.valid_to is None or valid_from < old.valid_to)):
        sentence = _("The form that follows begins while this one is in force, after its first day.")
        raise DomainError(fields={"valid_from": [sentence]}, code="outside")
    _check_end(old, valid_from, "valid_from")
    successor = AwardForm(
        code=old.code,
        tier=old.tier,
        name=name,
        body=body,
        legal_basis=legal_basis,
        votes_share=votes_share,
        votes_basis=votes_basis,
        valid_from=valid_from,
        valid_to=old.valid_to,
    )
    old.valid_to = valid_from
    old.version += 1
    old.save(update_fields=["valid_to", "version"])
    successor.save()
    log.record("catalogue.succeed", actor=actor, target=successor, data={"code": old.code})
    return successor


def _locked(form: AwardForm, seen_version: int | None) -> AwardForm:
    stored = AwardForm.objects.select_for_update().get(pk=form.pk)
    if stored.version != seen_version:
        raise Conflict(_("Somebody else changed this row meanwhile. Please look at it again."), code="stale")
    return stored


def _refuse_overlap(form: AwardForm) -> None:
    last = form.valid_to or timezone.datetime.max.date()
    others = AwardForm.objects.filter(code=form.code, valid_from__lt=last).exclude(pk=form.pk)
    if any(other.valid_to is None or other.valid_to > form.valid_from for other in others):
        sentence = _("The dates overlap another row of this code.")
        raise DomainError(fields={"valid_from": [sentence]}, code="overlap")


def _check_only_end_changes(stored: AwardForm, form: AwardForm) -> None:
    kept = ("code", "name", "body", "tier", "legal_basis", "valid_from")
    if any(getattr(stored, name) != getattr(form, name) for name in kept):
        raise DomainError(
            _(
                "This form was already granted: only its end and its votes can change. For a new name or basis, open its successor."
            ),
            code="granted",
        )
    if form.valid_to:
        _check_end(stored, form.valid_to, "valid_to")


def _check_end(form: AwardForm, end: datetime.date, field: str) -> None:
    """Refuse an end before the last decision that granted the form."""
    granted = Award.objects.issued().filter(form=form).order_by("-decision__signed_on")
    last = granted.values_list("decision__signed_on", flat=True).first()
    if last and end <= last:
        sentence = _("It was granted as late as %(date)s.") % {"date": last.strftime("%d/%m/%Y")}
        raise DomainError(fields={field: [sentence]}, code="granted_later")
