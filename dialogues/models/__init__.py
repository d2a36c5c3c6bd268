"""Dialogue conferences, the opinions raised there, what happened to both, and how many a unit owes."""

from dialogues.models.attachment import AttachmentKind, DialogueAttachment, OpinionDocument
from dialogues.models.dialogue import Dialogue
from dialogues.models.duty import DialogueDuty
from dialogues.models.opinion import Opinion
from dialogues.models.steps import DialogueStep, OpinionStep

__all__ = [
    "AttachmentKind",
    "Dialogue",
    "DialogueAttachment",
    "DialogueDuty",
    "DialogueStep",
    "Opinion",
    "OpinionDocument",
    "OpinionStep",
]
