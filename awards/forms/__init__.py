"""The forms of the staff pages: shapes only; what content must be stands in ``validators`` and ``transitions``."""

from awards.forms.amending import CorrectForm, RevokeForm, SeenVersionForm
from awards.forms.catalogue import CatalogueForm
from awards.forms.decisions import AwardEntryForm, DecisionForm, NewDecisionForm

__all__ = [
    "AwardEntryForm",
    "CatalogueForm",
    "CorrectForm",
    "DecisionForm",
    "NewDecisionForm",
    "RevokeForm",
    "SeenVersionForm",
]
