"""What a dialogue and an opinion must be. Forms, workbook imports and transitions all ask here.

Each function takes plain values by field name, absent ones being empty, and raises Django's ``ValidationError`` with a
dict of sentences by field. The database holds the same rules as constraints, for whoever comes another way.
"""

import datetime
from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from dialogues.states import COUNTED, Chair, OpinionStatus, State

MAX_PEOPLE = 1_000_000
MAX_OPINIONS = 100_000
SUMMARY_PARTS = ("opinions_on_spot", "opinions_resolved", "opinions_in_progress", "opinions_outside")
SUMMARY_FIELDS = ("opinions_total", *SUMMARY_PARTS)

Errors = dict[str, list]


def validate_dialogue(values: Mapping[str, Any], *, today: datetime.date | None = None) -> None:
    """Check the facts of a dialogue against each other. Needs ``unit``, ``held_on``, ``state`` and ``topic``."""
    errors: Errors = defaultdict(list)
    _check_unit(values, errors)
    _check_dates(values, errors, today or timezone.localdate())
    _check_people(values, errors)
    _check_summary(values, errors)
    if not values.get("topic"):
        errors["topic"].append(_("Say what the dialogue is about."))
    if set(values.get("chairs") or ()) - set(Chair.values):
        errors["chairs"].append(_("Choose who chairs from the list."))
    if errors:
        raise ValidationError(dict(errors))


def validate_opinion(values: Mapping[str, Any]) -> None:
    """Check the facts of an opinion against each other and against its ``dialogue``."""
    errors: Errors = defaultdict(list)
    dialogue, due_on, answered_on = values.get("dialogue"), values.get("due_on"), values.get("answered_on")
    if dialogue is not None and dialogue.summary_only:
        errors["text"].append(_("This dialogue carries summary totals; it cannot carry opinions as well."))
    if dialogue is not None and due_on and due_on < dialogue.held_on:
        errors["due_on"].append(_("The due date must not be before the dialogue."))
    if answered_on and answered_on > timezone.localdate():
        errors["answered_on"].append(_("The date of the answer must not be in the future."))
    if values.get("is_sensitive") and values.get("is_public"):
        errors["is_sensitive"].append(
            _("Withdraw the public text first: what is sensitive is not published.")
        )
    status = values.get("status")
    if status == OpinionStatus.RESOLVED:
        if not values.get("answer"):
            errors["answer"].append(_("A resolved opinion needs its answer."))
        if not answered_on:
            errors["answered_on"].append(_("A resolved opinion needs the date of its answer."))
    if status == OpinionStatus.NOT_ACCEPTED and not values.get("reason"):
        errors["reason"].append(_("Say why the opinion is not accepted."))
    if errors:
        raise ValidationError(dict(errors))


def _check_unit(values: Mapping[str, Any], errors: Errors) -> None:
    unit, held_on = values.get("unit"), values.get("held_on")
    if unit is None or held_on is None:
        return
    if held_on < unit.valid_from or (unit.valid_to and held_on >= unit.valid_to):
        errors["unit"].append(_("This unit was not in force on the day of the dialogue."))


def _check_dates(values: Mapping[str, Any], errors: Errors, today: datetime.date) -> None:
    held_on = values.get("held_on")
    if held_on is None:
        return
    if values.get("state") == State.ANNOUNCED and not values.get("announced_on"):
        errors["announced_on"].append(_("An announced dialogue keeps the date of its notice."))
    if values.get("state") in COUNTED and held_on > today:
        errors["held_on"].append(_("A dialogue that was held cannot lie in the future."))
    for name, sentence in (
        ("plan_date", _("The plan must not be dated after the dialogue.")),
        ("announced_on", _("The notice must not be dated after the dialogue.")),
    ):
        if values.get(name) and values[name] > held_on:
            errors[name].append(sentence)
    for name, sentence in (
        ("minutes_date", _("The minutes must not be dated before the dialogue.")),
        ("conclusion_date", _("The conclusion notice must not be dated before the dialogue.")),
        ("published_on", _("Results cannot be published before the dialogue.")),
    ):
        if values.get(name) and values[name] < held_on:
            errors[name].append(sentence)
    for name in ("announced_on", "published_on"):
        if values.get(name) and values[name] > today:
            errors[name].append(_("This date must not be in the future."))


def _check_people(values: Mapping[str, Any], errors: Errors) -> None:
    for name, limit in (("attending", MAX_PEOPLE), ("spoke", MAX_PEOPLE)):
        _check_number(values, name, limit, errors)
    attending, spoke = values.get("attending"), values.get("spoke")
    if attending is not None and spoke is not None and spoke > attending:
        errors["spoke"].append(_("More people cannot have spoken than attended."))


def _check_summary(values: Mapping[str, Any], errors: Errors) -> None:
    given = [name for name in SUMMARY_FIELDS if values.get(name) is not None]
    if not values.get("summary_only"):
        for name in given:
            errors[name].append(_("Totals belong to dialogues that are marked as summary only."))
        return
    if values.get("state") not in COUNTED:
        errors["summary_only"].append(_("Only a dialogue that was held can carry summary totals."))
    for name in SUMMARY_FIELDS:
        _check_number(values, name, MAX_OPINIONS, errors)
    total, parts = values.get("opinions_total"), sum(values.get(name) or 0 for name in SUMMARY_PARTS)
    if total is None and given:
        errors["opinions_total"].append(_("Give the total of opinions as well."))
    elif total is not None and parts > total:
        errors["opinions_total"].append(_("The opinions by status are more than their total."))


def _check_number(values: Mapping[str, Any], name: str, limit: int, errors: Errors) -> None:
    number = values.get(name)
    if number is not None and not 0 <= number <= limit:
        errors[name].append(_("The number must lie between 0 and %(limit)s.") % {"limit": limit})
