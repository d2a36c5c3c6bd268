"""What rooms above put onto the staff page of a decision; see ``core.page_parts``."""

from mobilization.core.page_parts import Parts

TOP = "top"
_PARTS = Parts((TOP,))
register = _PARTS.register
parts_of = _PARTS.of
