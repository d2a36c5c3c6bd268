"""Notes beside a registration."""

from django.db import transaction
from django.utils.translation import gettext as _

from mobilization.appraisal.models import Note
from mobilization.appraisal.states import Visibility
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.validators import clean_text
from models_registry.models import Registration

MAX_NOTE = 2_000


def write_note(registration: Registration, *, author, visibility: str, text: str) -> Note:
    """Write a note for those whom ``visibility`` names. Raises ``DomainError`` for what is missing or wrong."""
    text = clean_text(text)
    problems = {}
    if visibility not in Visibility.values:
        problems["visibility"] = [_("Choose who reads the note.")]
    if not text or len(text) > MAX_NOTE:
        problems["text"] = [_("Write from 1 to %(limit)d characters.") % {"limit": MAX_NOTE}]
    if problems:
        raise DomainError(fields=problems, code="invalid")
    with transaction.atomic():
        note = Note.objects.create(registration=registration, author=author, visibility=visibility, text=text)
        data = {"visibility": visibility}
        log.record("appraisal.note", actor=author, target=registration, unit=registration.unit, data=data)
    return note


def remove_note(note: Note, *, actor) -> None:
    """Take a note away; taken away twice, it is gone once."""
    with transaction.atomic():
        registration = note.registration
        gone, _by_table = Note.objects.filter(pk=note.pk).delete()
        if gone:
            log.record("appraisal.remove_note", actor=actor, target=registration, unit=registration.unit)
