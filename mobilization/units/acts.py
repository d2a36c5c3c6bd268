"""What the acts on units read like."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACTS = {
    "unit.open": _("Unit opened"),
    "unit.close": _("End of a unit set"),
    "unit.amend": _("Unit corrected"),
    "unit.link": _("Succession recorded"),
    "unit.export": _("Units exported"),
}


def register() -> None:
    """Tell the log."""
    acts.register("unit", _("Units"), ACTS)
