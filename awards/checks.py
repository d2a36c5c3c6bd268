"""The facts that a decision must have to be issued, corrected or revoked; each check raises ``DomainError``."""

import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award, Decision
from awards.states import DECIDED, GrantingTier
from awards.validators import validate_form_fits, validate_unit_in_force
from mobilization.core.errors import DomainError
from mobilization.units.states import UnitKind, tier_of

TOLD = 10
"""So many names fit one sentence; the others are told when these are mended."""


def check_complete(decision: Decision) -> None:
    """Refuse a decision without number, date, signer or post, of a tier or a unit that could not sign it that day."""
    required = {
        "number": decision.number,
        "signed_on": decision.signed_on,
        "signer": decision.signer,
        "signer_post": decision.signer_post,
    }
    missing = {
        name: [_("A decision needs this to be issued.")] for name, value in required.items() if not value
    }
    if missing:
        raise DomainError(
            _("The decision is not complete: number, date, signer and the signer's post are needed."),
            fields=missing,
        )
    if decision.signed_on > timezone.localdate():
        raise DomainError(fields={"signed_on": [_("The day of signing lies in the future.")]})
    expected = {tier_of(decision.unit.kind)}
    if decision.unit.kind == UnitKind.CITY:
        expected.add(GrantingTier.STATE)
    if decision.tier not in expected:
        raise DomainError(fields={"tier": [_("This unit does not grant awards of this tier.")]})
    try:
        validate_unit_in_force(decision.unit, decision.signed_on)
    except ValidationError as error:
        raise DomainError(fields={"unit": error.messages}) from error


def check_awards(decision: Decision, awards: list[Award]) -> None:
    """Refuse a decision without awards, or with one that it could not grant; the sentences name the recipients."""
    if not awards:
        raise DomainError(_("A decision needs at least one award."), code="no_awards")
    sentences = []
    for award in awards:
        try:
            check_award(award, decision, decision.signed_on)
        except ValidationError as error:
            sentences += [f"{award.recipient_name}: {sentence}" for sentence in error.messages]
    if sentences:
        raise DomainError(" ".join(sentences), code="awards_refused")


def check_award(award: Award, decision: Decision, on: datetime.date) -> None:
    """Refuse, by ``ValidationError``, an award that ``decision`` could not grant on the day ``on``.

    A correction may keep the form and the unit that were right when the old decision was signed.
    """
    corrected = award.corrects
    if corrected is None or corrected.form_id != award.form_id:
        validate_form_fits(award.form, tier=decision.tier, on=on)
    if corrected is None or corrected.unit_id != award.unit_id:
        validate_unit_in_force(award.unit, on)


def check_nominated(awards: list[Award]) -> None:
    """Refuse an award that came neither from an approved nomination nor from an award that it corrects.

    The chain of the domain: nomination → examined → approved → in a decision → award.
    """
    own = Award.objects.filter(pk__in=[award.pk for award in awards if award.corrects_id is None])
    names = list(own.filter(nomination=None).order_by("pk").values_list("recipient_name", flat=True)[:TOLD])
    if names:
        sentence = _(
            "Not drawn from an approved nomination: %(names)s. Take it out, and propose the award first."
        )
        raise DomainError(sentence % {"names": ", ".join(names)}, code="not_nominated")


def check_number_free(decision: Decision) -> None:
    """Refuse a number that the granting unit already gave that year. The golden book must be locked."""
    taken = Decision.objects.filter(
        unit=decision.unit,
        tier=decision.tier,
        year=decision.signed_on.year,
        number__iexact=decision.number,
        state__in=DECIDED,
    ).exclude(pk=decision.pk)
    if taken.exists():
        raise DomainError(
            fields={"number": [_("This number is already taken in that year.")]}, code="number_taken"
        )


def require_reason(reason: str) -> None:
    """Refuse an act without its reason."""
    if not reason.strip():
        raise DomainError(fields={"reason": [_("Give the reason.")]})
