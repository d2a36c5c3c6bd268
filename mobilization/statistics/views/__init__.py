"""The staff pages of statistics."""

from mobilization.statistics.views.closing import ClosedView, CloseView, ExplainView
from mobilization.statistics.views.corrections import (
    CorrectionAskView,
    CorrectionDecideView,
    CorrectionListView,
    CorrectionView,
)
from mobilization.statistics.views.years import (
    ManageView,
    RebuildView,
    ReconcileView,
    ReconciliationView,
    RunListView,
)

__all__ = [
    "CloseView",
    "ClosedView",
    "CorrectionAskView",
    "CorrectionDecideView",
    "CorrectionListView",
    "CorrectionView",
    "ExplainView",
    "ManageView",
    "RebuildView",
    "ReconcileView",
    "ReconciliationView",
    "RunListView",
]
