"""Surveys on site, with pictures and minutes by the same rules as evidence."""

import datetime
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from mobilization.appraisal.models import Survey, SurveyFile
from mobilization.appraisal.permissions import level_under_appraisal
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.files import AcceptedFile, accept_upload
from mobilization.core.validators import clean_text
from models_registry.models import MAX_ATTACHMENTS, MAX_TOTAL_BYTES, Registration
from models_registry.recusal import refuse_barred


def level_surveyed(registration: Registration) -> str:
    """Return the level for which one looks on site: that which appraises it, or is going to."""
    return level_under_appraisal(registration) or registration.level


def record_survey(
    registration: Registration,
    *,
    actor,
    held_on: datetime.date,
    members: str,
    findings: str,
    files: Sequence[UploadedFile] = (),
) -> Survey:
    """Record what was found on site, with its files: all of it or nothing.

    Raises ``NotAllowed`` where ``actor`` must not decide on it: what is found there is decided by. Raises
    ``DomainError``, field by field, where something is missing, the day is to come, or a file is not taken.
    """
    refuse_barred(actor, registration, level_surveyed(registration))
    members, findings = clean_text(members), clean_text(findings)
    problems = {}
    if held_on > timezone.localdate():
        problems["held_on"] = [_("This day is still to come.")]
    for name, value in (("members", members), ("findings", findings)):
        limit = Survey._meta.get_field(name).max_length
        if not value or len(value) > limit:
            problems[name] = [_("Write from 1 to %(limit)d characters.") % {"limit": limit}]
    accepted, refused = _accept(files)
    if refused:
        problems["files"] = refused
    if problems:
        raise DomainError(fields=problems, code="invalid")
    with _stored(accepted, actor) as stored, transaction.atomic():
        survey = Survey.objects.create(
            registration=registration, held_on=held_on, members=members, findings=findings, written_by=actor
        )
        for one in stored:
            one.survey = survey
            one.save(force_insert=True)
        data = {"count": len(stored), "sha256": [one.sha256 for one in stored]} if stored else {}
        log.record("appraisal.survey", actor=actor, target=registration, unit=registration.unit, data=data)
    return survey


def _accept(uploads: Sequence[UploadedFile]) -> tuple[list[AcceptedFile], list[str]]:
    """Return the files that are taken, and a sentence for each of the others."""
    accepted, refused = [], []
    for upload in uploads:
        try:
            accepted.append(accept_upload(upload))
        except ValidationError as error:
            refused += [f"{upload.name}: {sentence}" for sentence in error.messages]
    if len(uploads) > MAX_ATTACHMENTS:
        refused.append(_("No more than %(limit)d files.") % {"limit": MAX_ATTACHMENTS})
    if sum(len(one.content) for one in accepted) > MAX_TOTAL_BYTES:
        limit = {"limit": MAX_TOTAL_BYTES // 1024 // 1024}
        refused.append(_("All files of a survey together are %(limit)d MB at most.") % limit)
    return accepted, refused


@contextmanager
def _stored(accepted: Iterable[AcceptedFile], actor) -> Iterator[list[SurveyFile]]:
    """Store the files before anything is written, and delete them again if their rows are not."""
    stored: list[SurveyFile] = []
    try:
        for one in accepted:
            row = SurveyFile(uploaded_by=actor)
            stored.append(row)
            row.keep(one)
        yield stored
    except BaseException:
        for row in stored:
            if row.file:
                row.file.storage.delete(row.file.name)
        raise
