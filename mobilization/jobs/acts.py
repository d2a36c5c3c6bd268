"""What the acts on jobs read like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACTS = {
    "job.start": _("Job started"),
    "job.finish": _("Job finished"),
    "job.fail": _("Job failed"),
    "job.lose": _("Job lost"),
    "job.export": _("Jobs exported"),
}


def register() -> None:
    """Tell the log."""
    particulars = {"attempts": _("Attempts"), "kind": _("Kind"), "payload": _("What was asked for")}
    acts.register("job", _("Jobs"), ACTS, particulars)
