"""The tables of the registry, one room per noun."""

from models_registry.models.attachment import MAX_ATTACHMENTS, MAX_TOTAL_BYTES, Attachment
from models_registry.models.campaign import Campaign, CampaignWindow, Criterion, Extension, KindTarget, Target
from models_registry.models.deciding import DecidingTier
from models_registry.models.recognition import Proposal, Recognition
from models_registry.models.registration import (
    CARRIED_FIELDS,
    CONTENT_FIELDS,
    PRIVATE_FIELDS,
    REPORT_FIELDS,
    Registration,
)
from models_registry.models.return_reason import ReturnReason
from models_registry.models.review import ReviewStep
from models_registry.models.reviewing import Assignment, Declaration
from models_registry.models.skilled_model import SkilledModel
from models_registry.models.working_copy import MAX_WORKING_COPY, WorkingCopy
from models_registry.validators import REQUIRED_TO_REPORT, REQUIRED_TO_SUBMIT

__all__ = [
    "CARRIED_FIELDS",
    "CONTENT_FIELDS",
    "MAX_ATTACHMENTS",
    "MAX_TOTAL_BYTES",
    "MAX_WORKING_COPY",
    "PRIVATE_FIELDS",
    "REPORT_FIELDS",
    "REQUIRED_TO_REPORT",
    "REQUIRED_TO_SUBMIT",
    "Assignment",
    "Attachment",
    "Campaign",
    "CampaignWindow",
    "Criterion",
    "DecidingTier",
    "Declaration",
    "Extension",
    "KindTarget",
    "Proposal",
    "Recognition",
    "Registration",
    "ReturnReason",
    "ReviewStep",
    "SkilledModel",
    "Target",
    "WorkingCopy",
]
