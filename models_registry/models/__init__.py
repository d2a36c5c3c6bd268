"""The tables of the registry, one room per noun."""

from models_registry.models.attachment import MAX_ATTACHMENTS, Attachment
from models_registry.models.campaign import Campaign, CampaignWindow, Extension, Target
from models_registry.models.deciding import DecidingTier
from models_registry.models.notice import SentNotice
from models_registry.models.recognition import Proposal, Recognition
from models_registry.models.registration import (
    CONTENT_FIELDS,
    PRIVATE_FIELDS,
    REPORT_FIELDS,
    Registration,
)
from models_registry.models.review import ReviewStep
from models_registry.models.skilled_model import SkilledModel
from models_registry.validators import REQUIRED_TO_REPORT, REQUIRED_TO_SUBMIT

__all__ = [
    "CONTENT_FIELDS",
    "MAX_ATTACHMENTS",
    "PRIVATE_FIELDS",
    "REPORT_FIELDS",
    "REQUIRED_TO_REPORT",
    "REQUIRED_TO_SUBMIT",
    "Attachment",
    "Campaign",
    "CampaignWindow",
    "DecidingTier",
    "Extension",
    "Proposal",
    "Recognition",
    "Registration",
    "ReviewStep",
    "SentNotice",
    "SkilledModel",
    "Target",
]
