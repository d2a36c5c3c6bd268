"""The list of reasons for returning that a city's staff keep."""

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.units.models import Unit
from models_registry import validators
from models_registry.models import ReturnReason

LONGEST = ReturnReason._meta.get_field("text").max_length


def add_reason(city: Unit, text: str, *, actor) -> ReturnReason:
    """Put a reason at the end of the list of ``city``. Raises ``DomainError`` for one that is there already."""
    with transaction.atomic():
        own = _own_list(city)
        added = ReturnReason(city=city, position=(own.aggregate(last=Max("position"))["last"] or 0) + 1)
        _write(added, own, text)
        log.record("registration.reason_add", actor=actor, target=added, unit=city)
    return added


def change_reason(reason: ReturnReason, city: Unit, text: str, *, actor) -> ReturnReason:
    """Change the words of a reason; what was returned with the old ones keeps them."""
    with transaction.atomic():
        own = _own_list(city)
        changed = _own_row(reason, own)
        _write(changed, own, text)
        log.record("registration.reason_change", actor=actor, target=changed, unit=city)
    return changed


def offer_reason(reason: ReturnReason, city: Unit, *, offered: bool, actor) -> ReturnReason:
    """Offer a reason, or stop offering it; it stays in the list, to be offered again."""
    with transaction.atomic():
        changed = _own_row(reason, _own_list(city))
        changed.is_offered = offered
        changed.save(update_fields=["is_offered"])
        act = "registration.reason_offer" if offered else "registration.reason_stop"
        log.record(act, actor=actor, target=changed, unit=city)
    return changed


def move_reason(reason: ReturnReason, city: Unit, *, up: bool, actor) -> None:
    """Move a reason one place up or down; at the end of the list it stays where it is."""
    with transaction.atomic():
        own = _own_list(city)
        rows = list(own)
        here = rows.index(_own_row(reason, own))
        there = here + (-1 if up else 1)
        if not 0 <= there < len(rows):
            return
        rows[here], rows[there] = rows[there], rows[here]
        for place, row in enumerate(rows, 1):
            row.position = place
        ReturnReason.objects.bulk_update(rows, ["position"])
        log.record("registration.reason_move", actor=actor, target=rows[there], unit=city)


def _own_list(city: Unit):
    """Return the rows of ``city``, locked against a second writer; the first change takes over the shipped ones."""
    Unit.objects.select_for_update().get(pk=city.pk)
    own = ReturnReason.objects.filter(city=city)
    if not own.exists():
        shipped = ReturnReason.objects.filter(city=None)
        ReturnReason.objects.bulk_create(
            ReturnReason(city=city, text=one.text, position=one.position, is_offered=one.is_offered)
            for one in shipped
        )
    return own


def _own_row(reason: ReturnReason, own) -> ReturnReason:
    """Return the row of the city's own list that was meant: itself, or the copy of a shipped one."""
    found = own.filter(pk=reason.pk).first() or own.filter(text=reason.text).first()
    if found is None:
        raise Conflict(_("Somebody else changed this reason meanwhile. Please look at the list again."))
    return found


def _write(reason: ReturnReason, own, text: str) -> None:
    text = " ".join(validators.clean_text(text).split())
    problem = ""
    if not text:
        problem = _("Give a reason.")
    elif len(text) > LONGEST:
        problem = _("This text is too long: %(limit)d characters at most.") % {"limit": LONGEST}
    elif own.filter(text=text).exclude(pk=reason.pk).exists():
        problem = _("This reason is in the list already.")
    if problem:
        raise DomainError(fields={"text": [problem]}, code="invalid")
    reason.text = text
    reason.save()
