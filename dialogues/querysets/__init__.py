"""The committee's words about dialogues and opinions. Pages, exports, API and statistics all ask through these."""

from dialogues.querysets.dialogues import DialogueManager, DialogueQuerySet
from dialogues.querysets.duties import DialogueDutyQuerySet
from dialogues.querysets.opinions import AGES, OpinionManager, OpinionQuerySet
from dialogues.querysets.reach import NEAR, READERS, readable_units, recordable_units

__all__ = [
    "AGES",
    "NEAR",
    "READERS",
    "DialogueDutyQuerySet",
    "DialogueManager",
    "DialogueQuerySet",
    "OpinionManager",
    "OpinionQuerySet",
    "readable_units",
    "recordable_units",
]
