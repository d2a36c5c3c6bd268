"""What a registration waits for now, in whose hands, and until when: posts and units, never who has not acted."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.accounts.states import Role
from models_registry.models import Registration, ReviewStep
from models_registry.permissions import deciding_unit
from models_registry.states import Act, Stage, State
from models_registry.views.checklist import deadline_of

_LABELS = {
    State.DRAFT: gettext_lazy("Waits to be submitted"),
    State.SUBMITTED: gettext_lazy("Waits for review"),
    State.RETURNED: gettext_lazy("Waits to be completed"),
    State.ACCEPTED: gettext_lazy("Waits for the results"),
    State.REPORTED: gettext_lazy("Waits for the appraisal of its results"),
    State.REPORT_RETURNED: gettext_lazy("Waits for the report to be completed"),
}


@dataclass(frozen=True)
class Awaited:
    """One registration's next step: what it is, whose (a post at a unit, in words), and its last day, if one is set."""

    label: str
    whose: str
    due_on: datetime.date | None = None

    @property
    def is_overdue(self) -> bool:
        """Tell whether its day has passed."""
        return self.due_on is not None and self.due_on < timezone.localdate()

    def as_step(self) -> dict[str, Any]:
        """Return it as the timeline shows it: above what was done, without a time."""
        return {"label": self.label, "actor": self.whose, "due_on": self.due_on}


def awaited(registration: Registration, steps: Sequence[ReviewStep]) -> Awaited | None:
    """Return what ``registration``, with its ``steps`` in their sequence, waits for; None where nobody has to act.

    The outcome of a year is waited for until the end of the following one, as in the to-dos; older ones are history.
    """
    if registration.state in State.TO_REVIEW:
        return _decision(str(_LABELS[registration.state]), registration, registration.level, steps)
    if registration.proposed_to:
        return _decision(_("Waits for the decision on the proposal"), registration, registration.proposed_to)
    if registration.state in State.TO_FILE:
        officials = _("Officials of %(unit)s") % {"unit": registration.unit.heir.full_name}
        return Awaited(str(_LABELS[registration.state]), officials, _due_to_file(registration))
    recent = registration.year >= timezone.localdate().year - 1
    if registration.state in State.APPRAISED and not registration.outcome and recent:
        whose = _who_decides(registration, registration.level)
        return Awaited(_("Waits for the outcome of the year"), whose)
    return None


def _decision(
    label: str, registration: Registration, level: str, steps: Sequence[ReviewStep] = ()
) -> Awaited:
    # What city staff returned in place of the reviewer comes back to them.
    returns = [step for step in steps if step.act in Act.RETURNS]
    replaced = registration.returned_by_id and returns and returns[-1].acting_for_id
    whose = str(Role.CITY_STAFF.label) if replaced else _who_decides(registration, level)
    windows = registration.campaign.windows.all()
    ends = (one.due_on for one in windows if one.stage == Stage.APPRAISAL and one.level == level)
    return Awaited(label, whose, next(ends, None))


def _who_decides(registration: Registration, level: str) -> str:
    rule = registration.deciding_tiers.get(level)
    unit = deciding_unit(registration, level)
    if rule is None or unit is None:
        return ""
    if rule.role == Role.CITY_STAFF:
        return str(Role.CITY_STAFF.label)
    return _("Reviewer of %(unit)s") % {"unit": unit.full_name}


def _due_to_file(registration: Registration) -> datetime.date | None:
    if registration.state in State.SENT_BACK:
        return registration.return_due_on
    deadline = deadline_of(registration)
    return deadline and (deadline["until"] or deadline["window"].due_on)
