"""The dossier of a nomination: which papers it needs, which are there, and what is missing."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from awards.models import DossierFile, Nomination
from awards.models.dossier import MAX_FILES
from awards.states import DECIDED_ON, REQUIRED_PARTS, DossierPart
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.files import AcceptedFile, accept_upload


@dataclass(frozen=True)
class Paper:
    """One line of the checklist: the paper, the signed files that are there, whether it has to be."""

    part: DossierPart
    files: Sequence[DossierFile]
    is_required: bool

    @property
    def is_missing(self) -> bool:
        """Tell whether it has to be there and is not."""
        return self.is_required and not self.files


def checklist(nomination: Nomination) -> list[Paper]:
    """Return the papers of a nomination, those that have to be there first."""
    files = list(nomination.files.select_related("uploaded_by"))
    return [
        Paper(part, [file for file in files if file.part == part], part in REQUIRED_PARTS)
        for part in DossierPart
    ]


def missing(nomination: Nomination) -> list[str]:
    """Return the words of the papers that are missing."""
    return [str(paper.part.label) for paper in checklist(nomination) if paper.is_missing]


def attach(nominations: Sequence[Nomination], upload: UploadedFile, part: str, *, actor) -> DossierFile:
    """Keep a signed paper with all of ``nominations``, which it covers; none is left out.

    Raises ``DomainError`` for a file that is not taken, and for one too many.
    """
    if not nominations:
        raise DomainError(_("Choose at least one nomination."), code="none")
    try:
        accepted = accept_upload(upload)
    except ValidationError as error:
        raise DomainError(fields={"file": error.messages}, code="file") from error
    paper = DossierFile(part=part, uploaded_by=actor)
    with _stored(paper, accepted), transaction.atomic():
        rows = Nomination.objects.select_for_update(of=["self"]).filter(
            pk__in=[one.pk for one in nominations]
        )
        locked = list(rows.select_related("unit").defer("search").order_by("pk"))
        _refuse_too_many(locked)
        paper.save()
        paper.nominations.add(*locked)
        data = {"file": paper.pk, "part": part, "sha256": paper.sha256}
        log.record_many(log.Record("nomination.attach", actor, row, row.unit, data) for row in locked)
    return paper


@transaction.atomic
def detach(paper: DossierFile, nomination: Nomination, *, actor) -> None:
    """Take a paper out of the dossier of one nomination; the file goes with the last of those that it covers.

    Raises ``Conflict`` once it was decided on: the papers on which it was stay on file.
    """
    if Nomination.objects.select_for_update(of=["self"]).get(pk=nomination.pk).state in DECIDED_ON:
        raise Conflict(_("It was decided on these papers; they stay on file."), code="decided")
    stored = DossierFile.objects.select_for_update().filter(pk=paper.pk, nominations=nomination).first()
    if stored is None:
        raise Conflict(_("This paper was taken out meanwhile."), code="gone")
    stored.nominations.remove(nomination)
    data = {"file": stored.pk, "part": stored.part, "sha256": stored.sha256}
    log.record("nomination.detach", actor=actor, target=nomination, unit=nomination.unit, data=data)
    if not stored.nominations.exists():
        file = stored.file
        stored.delete()
        transaction.on_commit(lambda: file.storage.delete(file.name))


def _refuse_too_many(nominations: Sequence[Nomination]) -> None:
    full = Nomination.objects.filter(pk__in=[one.pk for one in nominations])
    if full.annotate(number=Count("files")).filter(number__gte=MAX_FILES).exists():
        sentence = _("No more than %(limit)d files.") % {"limit": MAX_FILES}
        raise DomainError(fields={"file": [sentence]}, code="too_many")


@contextmanager
def _stored(paper: DossierFile, accepted: AcceptedFile) -> Iterator[None]:
    """Store the file before anything is locked, and delete it again if its row is not written."""
    paper.keep(accepted)
    try:
        yield
    except BaseException:
        paper.file.storage.delete(paper.file.name)
        raise
