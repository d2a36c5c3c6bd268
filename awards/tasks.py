"""Long work of this app: all certificates of a decision in one file."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.certificates import files
from awards.models import Decision
from mobilization.core.errors import DomainError
from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress


@handler(
    files.KIND,
    label=_("Certificates of a decision"),
    words={
        "number": _("Decision number"),
        "certificates": _("Certificates"),
        "file": _("File"),
        "size": _("Size in bytes"),
    },
    permission="awards.print_certificates",
    title=lambda job: gettext("Certificates of decision %(number)s") % {"number": job.payload["number"]},
    leads_to=lambda job: (
        _("To the file of certificates"),
        f"{reverse('awards:detail', args=[job.payload['decision']])}#papers",
    ),
)
def make_certificates(job: Job, progress: Progress) -> dict:
    """Make the file that ``files.ask`` asked for."""
    decision = Decision.objects.select_related("unit").filter(pk=job.payload["decision"]).first()
    if decision is None:
        raise DomainError(_("This decision is no longer there."))
    return files.make(decision, job.payload["variant"], actor=job.actor, progress=progress)
