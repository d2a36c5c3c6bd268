"""Notes beside a registration, and surveys on site."""

import datetime

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.appraisal.models import Note, Survey
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


def record_survey(
    registration: Registration, *, actor, held_on: datetime.date, members: str, findings: str
) -> Survey:
    """Record what was found on site. Raises ``DomainError`` where something is missing or the day is to come."""
    members, findings = clean_text(members), clean_text(findings)
    problems = {}
    if held_on > timezone.localdate():
        problems["held_on"] = [_("This day is still to come.")]
    for name, value in (("members", members), ("findings", findings)):
        limit = Survey._meta.get_field(name).max_length
        if not value or len(value) > limit:
            problems[name] = [_("Write from 1 to %(limit)d characters.") % {"limit": limit}]
    if problems:
        raise DomainError(fields=problems, code="invalid")
    with transaction.atomic():
        survey = Survey.objects.create(
            registration=registration, held_on=held_on, members=members, findings=findings, written_by=actor
        )
        log.record("appraisal.survey", actor=actor, target=registration, unit=registration.unit)
    return survey
