"""Putting a registration into one reviewer's hands."""

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError, NotAllowed
from mobilization.units.models import Unit
from models_registry.locks import lock, what_happened
from models_registry.models import Assignment, Registration
from models_registry.permissions import may_decide
from models_registry.recusal import bar_of


def reviewers_beside(user) -> QuerySet[User]:
    """Return to whom ``user`` may assign: whoever reviews at the units at which he does, himself included."""
    units = [unit.pk for unit in user.units_of(Role.REVIEWER, Role.CITY_STAFF)]
    held = User.objects.active().holding(
        roles=(Role.REVIEWER, Role.CITY_STAFF), units=Unit.objects.filter(pk__in=units)
    )
    return held.order_by("sort_key", "pk")


def refuse_assigning(registration: Registration, *, actor) -> None:
    """Raise what stands against ``actor`` assigning ``registration``: nothing waits there, or not for his level."""
    if not registration.awaits:
        raise Conflict(_("Nothing waits for a decision here."), code="state")
    if not may_decide(actor, registration, registration.awaits):
        raise NotAllowed(_("This is not decided at your level."), code="level")


def assign(registration: Registration, reviewer: User, *, actor) -> Assignment:
    """Give ``registration`` to ``reviewer``, whoever had it before, and return the assignment.

    Nobody else is kept from deciding; it orders the queues. Assigned to the same once more changes nothing. Raises
    ``NotAllowed`` where the reviewer does not decide on it, or must not; ``Conflict`` where
    nothing waits any more.
    """
    with transaction.atomic():
        locked = lock(registration)
        if not locked.awaits:
            raise Conflict(what_happened(locked, actor=actor), code="state")
        refuse_assigning(locked, actor=actor)
        if not may_decide(reviewer, locked, locked.awaits):
            raise NotAllowed(_("%(who)s does not decide on this.") % {"who": reviewer}, code="level")
        bar = bar_of(reviewer, locked, locked.awaits)
        if bar is not None:
            words = {"who": reviewer, "why": bar.label}
            raise NotAllowed(_("%(who)s must not decide on this: %(why)s.") % words)
        before = Assignment.objects.filter(registration=locked).first()
        if before is not None and before.reviewer_id == reviewer.pk:
            return before
        given = {"reviewer": reviewer, "assigned_by": actor, "assigned_at": timezone.now()}
        assignment, _is_new = Assignment.objects.update_or_create(registration=locked, defaults=given)
        data = {"reviewer": reviewer.pk}
        log.record("registration.assign", actor=actor, target=locked, unit=locked.unit, data=data)
    return assignment


def reviewer_of(pk: int, *, actor) -> User:
    """Return the reviewer with this id, among those to whom ``actor`` may assign; raises ``DomainError``."""
    reviewer = reviewers_beside(actor).filter(pk=pk).first()
    if reviewer is None:
        raise DomainError(fields={"reviewer": [_("Choose a reviewer of your unit.")]}, code="invalid")
    return reviewer
