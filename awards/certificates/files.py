"""All certificates of a decision in one file: made by a job, kept outside the web root, served after a check."""

import hashlib
import json
from functools import cache, partial
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from awards.certificates import printing
from awards.models import CertificateFile, Decision
from awards.states import DECIDED, AwardState
from mobilization.core import documents
from mobilization.core.errors import DomainError
from mobilization.core.files import AcceptedFile
from mobilization.jobs import services as jobs
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress

KIND = "awards.certificates"
_FORMS = ("certificates.typ", "certificate.typ", "annex.typ")


def ask(decision: Decision, variant: str, *, actor) -> Job:
    """Ask for the file of ``variant``; one that is being made already is not begun twice.

    Raises ``DomainError`` for a draft, which has no numbers yet and no codes, and for a decision without awards.
    """
    if decision.state not in DECIDED:
        raise DomainError(_("Certificates are made once the decision is issued."), code="draft")
    if not decision.awards.exists():
        raise DomainError(_("This decision grants nothing: there are no certificates to make."), code="none")
    payload = {"decision": decision.pk, "number": decision.number, "variant": variant}
    return jobs.start(KIND, actor=actor, payload=payload, key=key_of(decision, variant))


def key_of(decision: Decision, variant: str) -> str:
    """Return the key under which one such job is open at a time."""
    return f"certificates:{decision.pk}:{variant}"


def make(decision: Decision, variant: str, *, actor, progress: Progress) -> dict[str, Any]:
    """Make the file, unless the one that is kept says the same already; return what the job tells.

    Idempotent: run again after being cut off anywhere, it leaves one row and one file.
    """
    count = decision.awards.filter(state=AwardState.VALID).count() or decision.awards.count()
    progress.start(2 * count + 1, _("Certificates are laid out"))
    data = printing.whole_data(decision, variant, told=progress.advance)
    fingerprint = fingerprint_of(data)
    kept = CertificateFile.objects.filter(decision=decision, variant=variant).first()
    if kept is None or kept.fingerprint != fingerprint:
        progress.tell(_("Certificates are set"))
        kept = _keep(decision, variant, fingerprint, data, actor, progress)
    else:
        progress.advance(count)
    progress.advance(1, _("The file is ready."))
    return {"certificates": kept.certificates, "size": kept.size, "file": kept.original_name}


def fingerprint_of(data: dict[str, Any]) -> str:
    """Return a hash over all that decides what the file looks like: its data, and the forms that set it."""
    told = json.dumps(data, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{_forms()}{told}".encode()).hexdigest()


def is_outdated(kept: CertificateFile) -> bool:
    """Tell whether awards of the decision were corrected or revoked after the file was made."""
    return kept.decision.amendments.filter(state__in=DECIDED, issued_at__gt=kept.uploaded_at).exists()


def _keep(
    decision: Decision, variant: str, fingerprint: str, data: dict[str, Any], actor, progress: Progress
) -> CertificateFile:
    content = printing.whole(data, told=progress.advance)
    number = "".join(c if c.isalnum() or c in "-." else "-" for c in decision.number)
    accepted = AcceptedFile(content, "application/pdf", ".pdf", f"{number}-{variant}.pdf")
    made = CertificateFile(
        decision=decision,
        variant=variant,
        fingerprint=fingerprint,
        certificates=len(data["certificates"]),
        uploaded_by=actor,
    )
    made.keep(accepted)
    try:
        with transaction.atomic():
            Decision.objects.select_for_update(of=["self"]).get(pk=decision.pk)  # one file at a time
            former = CertificateFile.objects.filter(decision=decision, variant=variant).first()
            if former is not None:
                former.delete()
                transaction.on_commit(partial(former.file.storage.delete, former.file.name))
            made.save()
    except BaseException:
        made.file.storage.delete(made.file.name)
        raise
    return made


@cache
def _forms() -> str:
    return hashlib.sha256(b"".join((documents.FORMS / name).read_bytes() for name in _FORMS)).hexdigest()
