"""What is stored of years: figures, how they were computed and checked, and what was sealed."""

from mobilization.statistics.models.closing import Adjustment, AdjustmentLine, Correction, Seal
from mobilization.statistics.models.computing import Mark, Mismatch, RebuildRun, Reconciliation
from mobilization.statistics.models.figures import Figure, YearStatus

__all__ = [
    "Adjustment",
    "AdjustmentLine",
    "Correction",
    "Figure",
    "Mark",
    "Mismatch",
    "RebuildRun",
    "Reconciliation",
    "Seal",
    "YearStatus",
]
