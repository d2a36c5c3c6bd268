"""What is still missing in a campaign before it is opened, and how its criteria add up. Warnings: none of it blocks."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum

from django.utils.translation import gettext as _

from models_registry.models import Campaign, Criterion
from models_registry.states import Level, Stage


class Part(Enum):
    """A part of a campaign that has a page of its own; the value is the name of its address."""

    DOCUMENT = "campaign_edit"
    WINDOWS = "windows"
    CRITERIA = "criteria"
    TARGETS = "targets"


@dataclass(frozen=True)
class Check:
    """One line of the checklist: the part, whether it is there, and what it means that it is missing."""

    part: Part
    is_there: bool
    words: str


def checklist(campaign: Campaign) -> list[Check]:
    """Return what a campaign should have before it is opened."""
    registering = campaign.windows.filter(stage=Stage.REGISTRATION).values_list("level", flat=True)
    all_levels = set(registering) == set(Level.values)
    targets = campaign.kind_targets.exists() or campaign.targets.exists()
    criteria = campaign.criteria.exists()
    return [
        Check(
            Part.DOCUMENT,
            bool(campaign.guiding_number and campaign.guiding_date),
            _("The guiding document has its number and date.")
            if campaign.guiding_number and campaign.guiding_date
            else _("The guiding document lacks its number or date."),
        ),
        Check(
            Part.WINDOWS,
            all_levels,
            _("Each level has its window for registering.")
            if all_levels
            else _("A level without a window for registering is open all year: nothing is late there."),
        ),
        Check(
            Part.CRITERIA,
            criteria,
            _("There are criteria of recognition.")
            if criteria
            else _("Without criteria appraisers have nothing to score by."),
        ),
        Check(
            Part.TARGETS,
            targets,
            _("Units know how many registrations they owe.")
            if targets
            else _("Without targets nobody sees who owes registrations."),
        ),
    ]


def points_by_level(criteria: Iterable[Criterion]) -> list[tuple[Level, int]]:
    """Return how many points can be had at each level: of its own criteria and those of every level."""
    criteria = list(criteria)
    return [
        (level, sum(one.weight or 0 for one in criteria if one.level in {"", level.value})) for level in Level
    ]
