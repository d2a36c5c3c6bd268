"""Where a model made after another one is registered."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.core.forms import PortalForm
from mobilization.units.models import Unit
from models_registry.models import Campaign


class ReplicateForm(PortalForm):
    """For which of the own units, and in which campaign."""

    campaign = forms.ModelChoiceField(label=_("campaign"), queryset=Campaign.objects.none(), empty_label=None)
    unit = forms.ModelChoiceField(label=_("registering unit"), queryset=Unit.objects.none(), empty_label=None)

    def __init__(self, *args: Any, campaigns: Any, units: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["campaign"].queryset, self.fields["unit"].queryset = campaigns, units
