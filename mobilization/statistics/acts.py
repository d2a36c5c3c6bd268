"""What the acts on statistics read like in the log."""

from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts

ACTS = {
    "statistics.rebuild_year": _("Figures of a year computed"),
    "statistics.close_year": _("Year closed"),
    "statistics.explain_adjustment": _("Cause of an adjustment named"),
    "statistics.ask_correction": _("Correction of a closed year asked for"),
    "statistics.approve_correction": _("Correction of a closed year approved"),
    "statistics.decline_correction": _("Correction of a closed year declined"),
}


def register() -> None:
    """Tell the log."""
    acts.register("statistics", _("Statistics"), ACTS, {"figures": _("Figures"), "year": _("Year")})
