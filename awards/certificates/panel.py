"""What the page of a decision shows of its papers: text, certificates, and how many were handed out."""

from dataclasses import dataclass
from typing import Any

from awards.certificates import files
from awards.certificates.handing_out import waiting
from awards.models import CertificateFile, Decision, Handover
from awards.states import Variant
from mobilization.jobs.models import Job


@dataclass(frozen=True)
class Paper:
    """One variant of the certificates: the file that is kept, whether it is outdated, the job that makes a new one."""

    variant: Variant
    kept: CertificateFile | None
    is_outdated: bool
    job: Job | None


def papers_of(decision: Decision, user) -> dict[str, Any]:
    """Return what the panel shows, by what ``user`` may do."""
    prints = user.has_perm("awards.print_certificates", decision)
    return {
        "may_print": prints,
        "may_preview": user.has_perm("awards.preview_certificates", decision),
        "may_hand_out": user.has_perm("awards.hand_out_certificates", decision),
        "variants": _variants(decision) if prints else [],
        "handed_out": Handover.objects.standing().filter(award__decision=decision).count(),
        "waiting": waiting(decision).count(),
    }


def _variants(decision: Decision) -> list[Paper]:
    kept = {row.variant: row for row in decision.certificate_files.select_related("decision", "uploaded_by")}
    jobs = {job.key: job for job in Job.objects.open().filter(key__startswith=f"certificates:{decision.pk}:")}
    return [
        Paper(
            variant,
            kept.get(variant),
            variant in kept and files.is_outdated(kept[variant]),
            jobs.get(files.key_of(decision, variant)),
        )
        for variant in Variant
    ]
