"""What rooms above put onto a dialogue's page, above it and beside it; see ``core.page_parts``."""

from mobilization.core.page_parts import Part, Parts, Shown

__all__ = ["ASIDE", "PARTS", "TOP", "Part", "Shown", "register"]

TOP, ASIDE = "top", "aside"
PARTS = Parts((TOP, ASIDE))
register = PARTS.register
