"""The history of a dialogue or an opinion, in the form that ``components/timeline.html`` shows."""

from collections.abc import Container
from typing import Any

from django.db.models import Model, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from dialogues.models import Dialogue, DialogueStep, Opinion, OpinionStep
from dialogues.states import Act, OpinionAct

#: Acts whose name does not tell what they changed.
_TELLING = frozenset({OpinionAct.EDIT, OpinionAct.ASSIGN})


#: Acts whose name does not tell where it stands then.
_LEAVE_OPEN = frozenset({OpinionAct.REOPEN})


def of_dialogue(dialogue: Dialogue) -> list[dict[str, Any]]:
    """Return the steps, newest first."""
    return [
        {
            **_act(step),
            "words": step.reason or _changed(Dialogue, step.changed, step.act == Act.EDIT),
        }
        for step in _latest_first(dialogue)
    ]


def of_opinion(opinion: Opinion, *, with_author: bool) -> list[dict[str, Any]]:
    """Return the steps, newest first; that somebody's name was changed is told only ``with_author``."""
    hidden = set() if with_author else {"author_name"}
    return [
        {
            **_act(step),
            **_new_state(step),
            "words": _to_unit(step)
            + (step.words or _changed(Opinion, step.changed, step.act in _TELLING, hidden)),
        }
        for step in _latest_first(opinion)
    ]


def _latest_first(record: Dialogue | Opinion) -> QuerySet:
    people = ["actor", "to_unit"] if isinstance(record, Opinion) else ["actor"]
    return record.steps.select_related(*people).order_by("-version", "-id")


def _to_unit(step: OpinionStep) -> str:
    return _("To %(unit)s.") % {"unit": step.to_unit.full_name} + " " if step.to_unit else ""


def _act(step: DialogueStep | OpinionStep) -> dict[str, Any]:
    return {
        "act": step.act,
        "label": step.get_act_display(),
        "at": step.at,
        "actor": step.actor.full_name,
    }


def _new_state(step: OpinionStep) -> dict[str, str]:
    if step.act not in _LEAVE_OPEN:
        return {}
    return {"to_state": step.to_status, "to_label": step.get_to_status_display()}


def _changed(model: type[Model], names: list[str], is_edit: bool, hidden: Container[str] = ()) -> str:  # noqa: FBT001 -- what is asked of each step
    # What an act sets, the act's own name tells.
    if not is_edit:
        return ""
    labels = [capfirst(str(model._meta.get_field(name).verbose_name)) for name in names if name not in hidden]
    return _("Changed: %(fields)s") % {"fields": ", ".join(labels)} if labels else ""
