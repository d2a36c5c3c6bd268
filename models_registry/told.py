"""The headings and the words of what people are told about registrations."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from mobilization.messaging import groups, kinds
from mobilization.messaging.kinds import Kind, Told, day, filled, paragraphs

RETURNS = groups.register("registration_returns", _("Registrations sent back"))
DECISIONS = groups.register("registration_decisions", _("Decisions on registrations"))
REMINDERS = groups.register("registration_reminders", _("Reminders"))
FILING = groups.register("registration_filing", _("Registering and reporting"))
REVIEW = groups.register("registration_review", _("Review"))

_WHICH = filled(_("“%(title)s” (%(unit)s)"))
_REASON = filled(_("Reason: %(reason)s"), needs="reason")
_DECISION = filled(_("Decision %(number)s of %(decided_on)s, %(body)s."), needs="number", decided_on=day)


def _assigned(message: Told) -> str:
    number = int(message.data.get("count") or 1)
    return ngettext(
        "%(count)d registration is put into your hands to review",
        "%(count)d registrations are put into your hands to review",
        number,
    ) % {"count": number}


kinds.register(
    Kind(
        "registration.returned",
        _("Returned for completion"),
        RETURNS,
        at_once=True,
        subject=filled(_("Returned for completion: %(title)s")),
        body=paragraphs(
            filled(_("“%(title)s” (%(unit)s) was returned for completion.")),
            _REASON,
            filled(_("Please complete it by %(due_on)s."), needs="due_on", due_on=day),
        ),
    ),
    Kind(
        "registration.due_tomorrow",
        _("To be completed by tomorrow"),
        RETURNS,
        at_once=True,
        subject=filled(_("To be completed by tomorrow: %(title)s")),
        body=paragraphs(
            filled(
                _("“%(title)s” (%(unit)s) was returned and is to be completed by %(due_on)s."), due_on=day
            ),
            _REASON,
        ),
    ),
    Kind(
        "registration.accepted",
        _("Accepted"),
        DECISIONS,
        at_once=False,
        subject=filled(_("Accepted: %(title)s")),
        body=paragraphs(_WHICH, _REASON),
    ),
    Kind(
        "registration.declined",
        _("Declined"),
        DECISIONS,
        at_once=False,
        subject=filled(_("Declined: %(title)s")),
        body=paragraphs(_WHICH, _REASON),
    ),
    Kind(
        "registration.recognised",
        _("Recognised"),
        DECISIONS,
        at_once=False,
        subject=filled(_("Recognised: %(title)s")),
        body=paragraphs(_WHICH, _DECISION),
    ),
    Kind(
        "registration.not_recognised",
        _("Not recognised"),
        DECISIONS,
        at_once=False,
        subject=filled(_("Not recognised: %(title)s")),
        body=paragraphs(_WHICH, _REASON),
    ),
    Kind(
        "registration.proposal_declined",
        _("Proposal declined"),
        DECISIONS,
        at_once=False,
        subject=filled(_("Proposal declined: %(title)s")),
        body=paragraphs(_WHICH, _REASON),
    ),
    Kind(
        "registration.reminded",
        _("Reminder"),
        REMINDERS,
        at_once=False,
        subject=filled(_("Reminder: %(title)s")),
        body=paragraphs(
            filled("%(unit)s"),
            filled(_("Registrations still missing to the target: %(missing)s"), needs="missing"),
            filled(_("Returned, to be completed and sent again: %(returned)s"), needs="returned"),
            filled(_("Results still to be reported: %(unreported)s"), needs="unreported"),
            filled("%(words)s", needs="words"),
        ),
    ),
    Kind(
        "registration.assigned",
        _("Assigned to you"),
        REVIEW,
        at_once=False,
        subject=_assigned,
        body=filled(_("“%(title)s” (%(unit)s)"), needs="title"),
    ),
)
