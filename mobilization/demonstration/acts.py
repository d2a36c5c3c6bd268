"""What the making of demonstration data reads like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts


def register() -> None:
    """Tell the log."""
    particulars = {"rows": _("Rows"), "year": _("Year")}
    made = _("Made for the demonstration")
    acts.register("demonstration", _("Demonstration data"), {"demonstration.load": made})
    acts.register("registration", _("Registrations"), {"registration.demonstration": made}, particulars)
    acts.register("dialogue", _("Dialogues"), {"dialogue.demonstration": made}, particulars)
    acts.register("campaign", _("Campaigns"), {"campaign.open": made}, particulars)
