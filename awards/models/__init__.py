"""The records of awards: what may be granted, what was decided, who received it, and what was loaded from where."""

from awards.models.award import Award, NumberBook
from awards.models.catalogue import AwardForm
from awards.models.decision import Decision, DecisionStep
from awards.models.register import RegisterBatch, RegisterRow

__all__ = [
    "Award",
    "AwardForm",
    "Decision",
    "DecisionStep",
    "NumberBook",
    "RegisterBatch",
    "RegisterRow",
]
