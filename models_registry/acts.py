"""What the acts on registrations and campaigns read like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts
from models_registry.states import Act

REGISTRATION_ACTS = {
    "registration.start": _("Draft begun"),
    "registration.save": _("Registration changed"),
    "registration.discard": _("Draft thrown away"),
    "registration.attach": _("File added"),
    "registration.describe_file": _("Words at a file changed"),
    "registration.detach": _("File taken away"),
    "registration.show_file": _("File shown on the public page"),
    "registration.hide_file": _("File taken off the public page"),
    "registration.reason_add": _("Reason for returning added"),
    "registration.reason_change": _("Reason for returning reworded"),
    "registration.reason_move": _("Reason for returning moved"),
    "registration.reason_offer": _("Reason for returning offered again"),
    "registration.reason_stop": _("Reason for returning no longer offered"),
    "registration.export": _("Registrations exported"),
    "registration.assign": _("Assigned to a reviewer"),
    "registration.bulk": _("Many registrations decided at once"),
    **{f"registration.{act.value}": act.label for act in Act},
}
CAMPAIGN_ACTS = {
    "campaign.make": _("Campaign made"),
    "campaign.change": _("Campaign changed"),
    "campaign.windows": _("Windows of a campaign changed"),
    "campaign.copy": _("Parts of a campaign copied from an earlier one"),
    "campaign.open": _("Campaign opened"),
    "campaign.extend": _("Extension granted"),
    "campaign.end_extension": _("Extension ended early"),
    "campaign.criteria": _("Criteria of a campaign changed"),
    "campaign.targets": _("Targets of a campaign changed"),
    "campaign.remind": _("Units reminded"),
    "campaign.export": _("Table of units exported"),
}
PARTICULARS = {
    "from": _("State before"),
    "to": _("State after"),
    "version": _("Version"),
    "acting_for": _("Acting for (number)"),
    "campaign": _("Campaign (number)"),
    "fields": _("Changed"),
    "sha256": _("Hash of the file"),
    "public": _("Public"),
    "filter": _("Filters"),
    "format": _("Format"),
    "stage": _("Window"),
    "until": _("Until"),
    "windows": _("Windows"),
    "criteria": _("Criteria"),
    "targets": _("Targets"),
    "from_year": _("From the year"),
    "parts": _("Parts"),
    "on": _("On"),
    "units": _("Units"),
    "count": _("How many"),
    "reviewer": _("Reviewer (number)"),
    "bulk": _("What was done to many"),
    "done": _("Done"),
    "skipped": _("Left out"),
}


def register() -> None:
    """Tell the log."""
    acts.register("registration", _("Registrations"), REGISTRATION_ACTS, PARTICULARS)
    acts.register("campaign", _("Campaigns"), CAMPAIGN_ACTS, PARTICULARS)
