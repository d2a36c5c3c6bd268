"""Writing what is no act of the workflow, one room per noun: drafts and results, typing, files, campaigns."""

from models_registry.services.campaigns import grant_extension, save_campaign
from models_registry.services.drafts import discard_draft, save_draft, start_registration
from models_registry.services.files import attach, describe_file, detach, hide_file, show_file, thumbnail_of
from models_registry.services.working_copies import (
    forget_typing,
    hand_in,
    keep_typing,
    others_typing,
    typing_of,
    unsaved_typing,
)

__all__ = [
    "attach",
    "describe_file",
    "detach",
    "discard_draft",
    "forget_typing",
    "grant_extension",
    "hand_in",
    "hide_file",
    "keep_typing",
    "others_typing",
    "save_campaign",
    "save_draft",
    "show_file",
    "start_registration",
    "thumbnail_of",
    "typing_of",
    "unsaved_typing",
]
