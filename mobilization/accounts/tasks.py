"""Jobs of the accounts."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.accounts import notices
from mobilization.accounts.models import User
from mobilization.accounts.services import INVITATION_JOB
from mobilization.core.errors import DomainError
from mobilization.jobs.handlers import handler
from mobilization.jobs.models import Job
from mobilization.jobs.progress import Progress


@handler(INVITATION_JOB, label=gettext_lazy("Invitation by e-mail"), permission="accounts.invite_account")
def send_invitation(job: Job, progress: Progress) -> None:
    """Mail the one-time link; nothing is sent to somebody who has a password by now or whose account was closed.

    Sent twice it does no harm: both links set the same first password, and the first one used ends the other.
    """
    user = User.objects.active().filter(pk=job.payload["user"]).first()
    if user is None or not user.awaits_invitation:
        return
    try:
        notices.send_invitation(user)
    except OSError as problem:
        raise DomainError(_("The mail server did not take the mail: %s") % problem) from problem
