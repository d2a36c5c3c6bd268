"""What the acts on messages read like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACTS = {
    "messaging.choose": _("Choices about messages changed"),
    "messaging.retry": _("Message sent again"),
    "messaging.retry_all": _("All failed messages sent again"),
    "messaging.give_up": _("Message could not be sent"),
    "messaging.forget": _("Old messages deleted"),
    "messaging.export": _("Own messages exported"),
    "messaging.export_outbox": _("Outbox exported"),
}
PARTICULARS = {
    "count": _("How many"),
    "attempts": _("Attempts"),
    "channel": _("Channel"),
    "digest": _("Daily e-mail"),
    "ways": _("Ways"),
    "before": _("Older than"),
}


def register() -> None:
    """Tell the log."""
    acts.register("messaging", _("Messages"), ACTS, PARTICULARS)
