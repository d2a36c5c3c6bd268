"""Long work of this app: all certificates of a decision in one file, acts on many nominations."""

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from awards.certificates import files
from awards.models import Decision
from awards.nominating import examining, many
from awards.states import NominationAct
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


def may_ask_for_many(user, job: Job) -> bool:
    """Only whoever chose the rows asks again: the act is his, and as he saw them."""
    return job.actor_id == user.pk and user.has_perm(f"awards.{job.payload['act']}_nomination")


@handler(
    many.KIND,
    label=_("Many nominations at once"),
    words={"done_count": _("Done"), "skipped_count": _("Left out")},
    permission=may_ask_for_many,
    leads_to=lambda job: (
        _("The outcome, row by row"),
        reverse("awards:nominations_result", args=[job.pk]),
    ),
)
def carry_out_many(job: Job, progress: Progress) -> dict:
    """Do to many nominations what ``many.ask`` asked for; what an earlier, cut-off run has done is not done again."""
    rows = [(pk, version) for pk, version in job.payload["rows"]]
    progress.start(len(rows))
    told = many.run(
        NominationAct(job.payload["act"]),
        rows,
        job.payload["words"],
        actor=job.actor,
        name=f"job:{job.pk}",
        portion_of=many.PORTION,
        advance=progress.advance,
    )
    return {
        "done": told.done,
        "skipped": [list(pair) for pair in told.skipped],
        "drafts": sorted(told.drafts),
        "done_count": len(told.done),
        "skipped_count": len(told.skipped),
    }


def may_ask_for_examination(user, job: Job) -> bool:
    """Only whoever wrote the minutes asks again."""
    return job.actor_id == user.pk and user.has_perm("awards.judge_nominations")


def _after_examination(job: Job) -> tuple[str, str]:
    if "examination" in job.result:
        return _("To the minutes"), reverse("awards:examination", args=[job.result["examination"]])
    return _("Write the minutes again, with what was typed"), f"{reverse('awards:examine')}?job={job.pk}"


@handler(
    examining.KIND,
    label=_("Examination of many nominations"),
    words={"done_count": _("Done"), "refused": _("Not recorded")},
    permission=may_ask_for_examination,
    title=lambda job: gettext("Examination %(number)s") % {"number": job.payload["head"]["number"]},
    leads_to=_after_examination,
)
def record_examination(job: Job, progress: Progress) -> dict:
    """Record the examination that ``examining.ask`` asked for."""
    progress.start(len(job.payload["lines"]))
    return examining.run(job.payload, actor=job.actor)
