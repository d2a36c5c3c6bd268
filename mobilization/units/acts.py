"""What the acts on units read like."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACTS = {
    "unit.open": _("Unit opened"),
    "unit.close": _("End of a unit set"),
    "unit.amend": _("Unit corrected"),
    "unit.link": _("Succession recorded"),
    "unit.export": _("Units exported"),
    "unit.load_outlines": _("Boundaries of units loaded"),
}
PARTICULARS = {
    "name": _("Name"),
    "from": _("In force from"),
    "on": _("On"),
    "new": _("New"),
    "successor": _("Successor (number)"),
    "main": _("Main successor"),
}


def register() -> None:
    """Tell the log."""
    acts.register("unit", _("Units"), ACTS, PARTICULARS)
