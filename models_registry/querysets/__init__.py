"""What can be asked of the registry's tables; one room for each group of tables."""

from models_registry.querysets.belonging import (
    AttachmentQuerySet,
    OfRegistrationQuerySet,
    ProposalQuerySet,
    RecognitionQuerySet,
    ReviewStepQuerySet,
)
from models_registry.querysets.campaign import (
    CampaignQuerySet,
    CriterionQuerySet,
    DecidingTierQuerySet,
    ExtensionQuerySet,
    kinds_of,
    levels_above,
    tiers_above,
)
from models_registry.querysets.registration import (
    LONGEST_WAITING_FIRST,
    NEWEST_FIRST,
    READERS,
    RegistrationManager,
    RegistrationQuerySet,
)

__all__ = [
    "LONGEST_WAITING_FIRST",
    "NEWEST_FIRST",
    "READERS",
    "AttachmentQuerySet",
    "CampaignQuerySet",
    "CriterionQuerySet",
    "DecidingTierQuerySet",
    "ExtensionQuerySet",
    "OfRegistrationQuerySet",
    "ProposalQuerySet",
    "RecognitionQuerySet",
    "RegistrationManager",
    "RegistrationQuerySet",
    "ReviewStepQuerySet",
    "kinds_of",
    "levels_above",
    "tiers_above",
]
