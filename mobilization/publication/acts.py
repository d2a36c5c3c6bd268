"""What deciding quietly and announcing read like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

PENDING_ACTS = {
    "pending.enter": _("Decision entered, not announced yet"),
    "pending.withdraw": _("Decision taken back before it was announced"),
    "pending.export": _("Decisions not announced yet exported"),
}
PUBLICATION_ACTS = {
    "publication.publish": _("Decisions announced"),
    "publication.export": _("List of announced decisions exported"),
    "publication.list_export": _("Announcements exported"),
}
PARTICULARS = {
    "registration": _("Registration (number)"),
    "level": _("Level"),
    "number": _("Decision number"),
    "count": _("How many"),
    "campaign": _("Campaign (number)"),
}


def register() -> None:
    """Tell the log."""
    acts.register("pending", _("Decisions not announced yet"), PENDING_ACTS, PARTICULARS)
    acts.register("publication", _("Announcements of decisions"), PUBLICATION_ACTS, PARTICULARS)
