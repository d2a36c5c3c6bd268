"""Writing what is no act of the workflow, one room per noun: drafts and results, files, campaigns."""

from models_registry.services.campaigns import grant_extension, save_campaign
from models_registry.services.drafts import discard_draft, save_draft, start_registration
from models_registry.services.files import attach, detach

__all__ = [
    "attach",
    "detach",
    "discard_draft",
    "grant_extension",
    "save_campaign",
    "save_draft",
    "start_registration",
]
