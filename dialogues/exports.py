"""Workbooks and CSV files of dialogues and opinions. The author of an opinion is never in them."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from dialogues.duties import Standing
from dialogues.models import Dialogue, Opinion
from dialogues.querysets import DialogueQuerySet, OpinionQuerySet
from mobilization.core.exports import Sheet, stream_csv, stream_xlsx

FORMATS = ("xlsx", "csv")
_ROWS_AT_ONCE = 2000


def export_dialogues(dialogues: DialogueQuerySet, file_format: str) -> HttpResponse:
    """Answer all rows of ``dialogues`` as a file, newest first."""
    rows = dialogues.select_related("unit").with_opinion_figures().newest_first()
    header = [
        _("Unit code"),
        _("Unit"),
        _("Date of the dialogue"),
        _("Kind"),
        _("State"),
        _("Topic"),
        _("Venue"),
        _("Form"),
        _("Chaired by"),
        _("People attending"),
        _("People who spoke"),
        _("Opinions in total"),
        _("Answered on the spot"),
        _("Resolved"),
        _("Being dealt with"),
        _("Outside competence"),
        _("Overdue"),
        _("Summary only"),
        _("Minutes number"),
        _("Conclusion notice number"),
        _("Announced on"),
        _("Results published on"),
    ]
    return _answer(_("Dialogues"), header, _each(rows, _dialogue_row), file_format)


def export_duties(rows: Iterable[Standing], year: int, file_format: str) -> HttpResponse:
    """Answer how units stand in ``year`` as a file."""
    header = [
        _("Year"),
        _("Unit code"),
        _("Unit"),
        _("Owed"),
        _("Legal basis"),
        _("Held, first half-year"),
        _("Held, second half-year"),
        _("Planned, first half-year"),
        _("Planned, second half-year"),
        _("Planned day has passed"),
        _("Ad hoc, held"),
        _("How it stands"),
    ]
    lines = (
        [
            year,
            row.unit.code,
            row.unit.full_name,
            row.owed,
            row.basis,
            *row.held,
            *row.ahead,
            row.overdue,
            row.ad_hoc,
            row.label,
        ]
        for row in rows
    )
    return _answer(_("Plan and duty"), header, lines, file_format)


def export_opinions(opinions: OpinionQuerySet, file_format: str) -> HttpResponse:
    """Answer all rows of ``opinions`` as a file, newest dialogue first."""
    rows = opinions.select_related("dialogue__unit", "unit_in_charge")
    rows = rows.order_by("-dialogue__held_on", "-dialogue_id", "order")
    header = [
        _("Unit code"),
        _("Unit"),
        _("Date of the dialogue"),
        _("Number"),
        _("Field of the opinion"),
        _("Matter"),
        _("Text of the opinion"),
        _("Unit in charge"),
        _("Due date"),
        _("Overdue"),
        _("Status"),
        _("Answer"),
        _("Date of the answer"),
        _("Document of the answer"),
        _("Reason"),
        _("Times re-opened"),
        _("Published"),
    ]
    return _answer(_("Opinions"), header, _each(rows, _opinion_row), file_format)


def _dialogue_row(dialogue: Dialogue) -> list[Any]:
    return [
        dialogue.unit.code,
        dialogue.unit.full_name,
        dialogue.held_on,
        dialogue.get_kind_display(),
        dialogue.get_state_display(),
        dialogue.topic,
        dialogue.venue,
        dialogue.get_form_display(),
        "; ".join(dialogue.chair_labels()),
        dialogue.attending,
        dialogue.spoke,
        dialogue.received,
        dialogue.on_spot,
        dialogue.resolved,
        dialogue.in_progress,
        dialogue.outside,
        dialogue.overdue,
        _yes(dialogue.summary_only),
        dialogue.minutes_number,
        dialogue.conclusion_number,
        dialogue.announced_on,
        dialogue.published_on,
    ]


def _opinion_row(opinion: Opinion) -> list[Any]:
    return [
        opinion.dialogue.unit.code,
        opinion.dialogue.unit.full_name,
        opinion.dialogue.held_on,
        opinion.order,
        opinion.get_field_display(),
        opinion.listed,
        _written(opinion, opinion.text),
        opinion.unit_in_charge.full_name if opinion.unit_in_charge else "",
        opinion.due_on,
        _yes(opinion.is_overdue),
        opinion.get_status_display(),
        _written(opinion, opinion.answer),
        opinion.answered_on,
        _written(opinion, opinion.answer_document),
        _written(opinion, opinion.reason),
        opinion.reopened,
        _yes(opinion.is_public),
    ]


def _written(opinion: Opinion, text: str) -> str:
    # What is sensitive is read on its own page only, where each reading is logged.
    return "" if opinion.is_sensitive else text


def _yes(value: bool) -> str:  # noqa: FBT001 -- the value itself is what is told
    return _("yes") if value else ""


def _each(rows: Any, make: Any) -> Iterator[list[Any]]:
    return (make(row) for row in rows.iterator(chunk_size=_ROWS_AT_ONCE))


def _answer(name: str, header: list[str], rows: Iterable[list[Any]], file_format: str) -> HttpResponse:
    filename = f"{name} {timezone.localdate():%Y-%m-%d}.{file_format}"
    if file_format == "csv":
        return stream_csv(filename, header, rows)
    return stream_xlsx(filename, [Sheet(name, header, rows)])
