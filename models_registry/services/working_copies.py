"""What somebody is typing right now: kept every few seconds, found again, gone once it is saved.

Nothing here is a version or an act: no history, no audit record, and nobody's review ever sees it.
"""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import DomainError
from mobilization.core.text import nfc
from models_registry.locks import lock
from models_registry.models import MAX_WORKING_COPY, Registration, WorkingCopy

_SURROGATES = range(0xD800, 0xE000)


def keep_typing(
    person: Any, registration: Registration | None, step: str, typed: Mapping[str, str], *, base_version: int
) -> WorkingCopy:
    """Keep ``typed`` (form field → text, as it stands in the form) and return the working copy.

    ``base_version`` is the version over which it is typed, 0 before there is a draft. Raises ``DomainError`` for text
    that no database can hold, with the field it stands in, and for more than ``MAX_WORKING_COPY`` characters.
    """
    texts = {name: nfc(text) for name, text in typed.items()}
    if sum(map(len, texts.values())) > MAX_WORKING_COPY:
        raise DomainError(_("This is too long to be kept."), code="too_long")
    unreadable = [name for name, text in texts.items() if not _is_storable(text)]
    if unreadable:
        sentence = _("This text has characters that cannot be read. Please type it again.")
        raise DomainError(sentence, code="unreadable", fields={name: [sentence] for name in unreadable})
    copy = WorkingCopy(
        person=person,
        registration=registration,
        step=step,
        typed=texts,
        base_version=base_version,
        saved_at=timezone.now(),
    )
    # One statement, whether it is the first time or the hundredth, and whatever another tab does at the same moment.
    WorkingCopy.objects.bulk_create(
        [copy],
        update_conflicts=True,
        unique_fields=["person", "registration", "step"],
        update_fields=["typed", "base_version", "saved_at"],
    )
    return copy


def typing_of(person: Any, registration: Registration | None, step: str) -> WorkingCopy | None:
    """Return what ``person`` typed and has not saved in one step; None where there is nothing."""
    return WorkingCopy.objects.filter(person=person, registration=registration, step=step).first()


def unsaved_typing(registration: Registration) -> list[WorkingCopy]:
    """Return all unsaved typing in ``registration``, with who typed it, the latest first."""
    return list(registration.working_copies.select_related("person").order_by("-saved_at"))


def others_typing(person: Any, registration: Registration, step: str) -> list[WorkingCopy]:
    """Return the unsaved typing of everybody else in the same step, the latest first."""
    copies = registration.working_copies.filter(step=step).exclude(person=person)
    return list(copies.select_related("person").order_by("-saved_at"))


def forget_typing(person: Any, registration: Registration | None, step: str) -> None:
    """Forget what ``person`` typed in one step: it is saved, or not wanted any more."""
    WorkingCopy.objects.filter(person=person, registration=registration, step=step).delete()


def hand_in(
    transition: Callable[..., Registration],
    registration: Registration,
    *,
    actor: Any,
    steps: Collection[str],
    **options: Any,
) -> Registration:
    """Carry out an act that hands ``registration`` in, unless its actor has typed what is not saved in ``steps``.

    These are the steps that may be written now: what is not saved there would not be handed in, and ``DomainError``
    says so. Unsaved typing of others stays with them.
    """
    with transaction.atomic():
        # Under the lock that keeping takes too: what is on its way comes before this, or is refused after it.
        lock(registration)
        if registration.working_copies.filter(person=actor, step__in=steps).exists():
            raise DomainError(
                _("You have typed something that is not saved yet. Save it or drop it first."), code="unsaved"
            )
        return transition(registration, actor=actor, **options)


def _is_storable(text: str) -> bool:
    return "\x00" not in text and not any(ord(character) in _SURROGATES for character in text)
