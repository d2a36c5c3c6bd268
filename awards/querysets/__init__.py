"""The words in which awards are asked for; pages, exports, statistics and the API use the same ones."""

from awards.querysets.decisions import (
    READERS,
    AwardFormQuerySet,
    AwardQuerySet,
    DecisionQuerySet,
    readable_units,
)

__all__ = ["READERS", "AwardFormQuerySet", "AwardQuerySet", "DecisionQuerySet", "readable_units"]
