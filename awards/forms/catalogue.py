"""The form of one row of the catalogue."""

from awards.models import AwardForm
from mobilization.core.forms import PortalModelForm


class CatalogueForm(PortalModelForm):
    """One row of the catalogue."""

    class Meta(PortalModelForm.Meta):
        model = AwardForm
        fields = ["code", "name", "body", "tier", "legal_basis", "valid_from", "valid_to"]
