"""The sheet "Đối thoại": one dialogue a row, with its totals."""

import copy
import datetime
import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from awards.register import words
from awards.register.columns import WRONG, Column, by_field, by_text, by_words
from awards.register.run import Record, SheetLoader, same
from dialogues.forms.dialogue import DialogueForm
from dialogues.models import Dialogue, DialogueStep
from dialogues.states import Act, State
from dialogues.validators import SUMMARY_FIELDS, validate_dialogue

_CELLS = {
    "Chủ đề": "topic",
    "Địa điểm": "venue",
    "Số người dự": "attending",
    "Số người phát biểu": "spoke",
    "Số ý kiến": "opinions_total",
    "Trả lời tại hội nghị": "opinions_on_spot",
    "Đã giải quyết": "opinions_resolved",
    "Đang giải quyết": "opinions_in_progress",
    "Không thuộc thẩm quyền": "opinions_outside",
}
_NEEDED = {"topic", "attending", "opinions_total"}
_FACTS = ("kind", "topic", "held_on", "venue", "chairs", "attending", "spoke", *SUMMARY_FIELDS)


_ASK_DAY = gettext_lazy("Write the day of the dialogue: day/month/year, for example 30/04/2025.")


class DialoguesSheet(SheetLoader):
    """Past dialogues: held, their totals published on the day of loading."""

    title = "Đối thoại"
    link = "dialogue"

    def columns(self) -> Sequence[Column]:
        """Return the columns."""
        ours = DialogueForm.base_fields
        return [
            Column("Ngày", "held_on", by_field(copy.deepcopy(ours["held_on"]), ask=_ASK_DAY)),
            Column("Mã đơn vị", "unit_code", by_text(20), needed=False),
            Column("Đơn vị", "unit_name", by_text(200), needed=False),
            Column("Hình thức", "kind", by_words(words.DIALOGUE_KINDS)),
            Column("Chủ trì", "chairs", clean_chairs, needed=False),
            *(
                Column(heading, name, by_field(copy.deepcopy(ours[name])), needed=name in _NEEDED)
                for heading, name in _CELLS.items()
            ),
        ]

    def day_of(self, values: Mapping[str, Any]) -> datetime.date | None:
        """Return the day of the dialogue."""
        day = values.get("held_on", WRONG)
        return None if day is WRONG else day

    def problems_of(self, values: dict[str, Any], unit: Any) -> dict[str, list]:
        """Ask the validators of dialogues."""
        known = {name: value for name, value in values.items() if value is not WRONG}
        facts = {"unit": unit, "state": State.PUBLISHED, "summary_only": True, "published_on": self.run.today}
        problems: dict[str, list] = {}
        if not known.get("kind"):
            problems["kind"] = [_("Say whether the dialogue was periodic or ad hoc.")]
        try:
            validate_dialogue(known | facts, today=self.run.today)
        except ValidationError as error:
            problems |= error.message_dict
            if known.get("held_on") and known["held_on"] > self.run.today:
                problems.pop("published_on", None)
        return problems

    def already_there(self, records: list[Record]) -> dict[int, str]:
        """Refuse what the portal holds: same unit, day, kind, topic and attendance."""
        days = {record.values["held_on"] for record in records}
        found = Dialogue.objects.filter(unit__in={r.unit_id for r in records}, held_on__in=days)
        held = {
            (unit, day, kind, same(topic), attending): pk
            for pk, unit, day, kind, topic, attending in found.exclude(state=State.CANCELLED).values_list(
                "pk", "unit_id", "held_on", "kind", "topic", "attending"
            )
        }
        return {
            record.row.number: _("The portal holds this dialogue already.")
            for record in records
            if self._known_by(record) in held
        }

    def write(self, records: list[Record]) -> list[Dialogue]:
        """Write dialogues and their two steps."""
        made = Dialogue.objects.bulk_create(self._dialogue(record) for record in records)
        DialogueStep.objects.bulk_create(
            step for record, one in zip(records, made, strict=True) for step in self._steps(record, one)
        )
        return made

    @staticmethod
    def _known_by(record: Record) -> tuple:
        values = record.values
        return (
            record.unit_id,
            values["held_on"],
            values["kind"],
            same(values["topic"]),
            values.get("attending"),
        )

    def _dialogue(self, record: Record) -> Dialogue:
        return Dialogue(
            unit_id=record.unit_id,
            state=State.PUBLISHED,
            published_on=self.run.today,
            summary_only=True,
            typed_by=self.run.actor,
            created_at=self.run.now,
            version=2,
            **{name: record.values[name] for name in _FACTS if name in record.values},
        )

    def _steps(self, record: Record, dialogue: Dialogue) -> list[DialogueStep]:
        moves = ((Act.RECORD, "", State.HELD), (Act.PUBLISH, State.HELD, State.PUBLISHED))
        return [
            DialogueStep(
                dialogue=dialogue,
                act=act,
                from_state=before,
                to_state=after,
                actor=self.run.actor,
                at=self.run.now,
                reason=self.run.words_of(record.row.number),
                version=version,
            )
            for version, (act, before, after) in enumerate(moves, start=1)
        ]


def clean_chairs(cell: Any) -> list[str]:
    """Return the chairs named in a cell ("Bí thư Đảng ủy; Chủ tịch UBND"). Raises ``ValidationError``."""
    titles = [title for title in re.split(r"[;,\n]", by_text(500)(cell) or "") if title.strip()]
    chairs = [words.chair_of(title) for title in titles]
    if None in chairs:
        raise ValidationError(
            _("“%(title)s” is not one who chairs dialogues.")
            % {"title": titles[chairs.index(None)].strip()[:80]}
        )
    return sorted({str(chair) for chair in chairs})
