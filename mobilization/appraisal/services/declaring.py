"""Declaring whether a relation binds a reviewer to a registration."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.validators import clean_text
from models_registry.locks import lock
from models_registry.models import Declaration, Registration

MAX_RELATION = 300


def declare(registration: Registration, *, reviewer, is_related: bool, relation: str = "") -> Declaration:
    """Write down what ``reviewer`` declares about ``registration``; the last declaration holds.

    Raises ``DomainError`` where a relation is declared and not named. What it is stays out of the log, which has more
    readers than the declaration.
    """
    relation = clean_text(relation) if is_related else ""
    if is_related and not relation:
        raise DomainError(fields={"relation": [_("Please say which relation.")]}, code="invalid")
    if len(relation) > MAX_RELATION:
        too_long = _("This text is too long: %(limit)d characters at most.") % {"limit": MAX_RELATION}
        raise DomainError(fields={"relation": [too_long]}, code="invalid")
    with transaction.atomic():
        # Under the lock of the acts: a decision comes wholly before the declaration, or meets it.
        locked = lock(registration)
        made = Declaration.objects.create(
            registration=locked, reviewer=reviewer, is_related=is_related, relation=relation
        )
        data = {"related": is_related}
        log.record("appraisal.declare", actor=reviewer, target=locked, unit=locked.unit, data=data)
    return made
