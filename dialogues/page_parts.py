"""What rooms above put beside a dialogue on its page; see ``core.page_parts``."""

from mobilization.core.page_parts import Part, Parts, Shown

__all__ = ["ASIDE", "PARTS", "Part", "Shown"]

ASIDE = "aside"
PARTS = Parts((ASIDE,))
