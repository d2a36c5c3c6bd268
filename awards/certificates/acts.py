"""What the acts on certificates read like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACTS = {
    "certificate.print": _("Certificate taken as a file"),
    "certificate.download": _("Certificates of a decision taken as a file"),
    "certificate.hand_out": _("Certificate handed out"),
    "certificate.take_back": _("Handing out taken back"),
    "certificate.export": _("Register of certificates exported"),
    "certificate.export_book": _("Golden book exported"),
    "certificate.export_year": _("Yearly list of awards exported"),
    "template.add": _("Certificate template added"),
    "template.change": _("Certificate template changed"),
}
PARTICULARS = {"variant": _("Paper"), "on": _("Day"), "name": _("Name"), "certificates": _("Certificates")}


def register() -> None:
    """Tell the log."""
    acts.register("certificate", _("Certificates"), ACTS, PARTICULARS)
    acts.register("template", _("Certificate templates"), {}, PARTICULARS)
