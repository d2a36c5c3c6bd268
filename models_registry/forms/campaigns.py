"""Campaigns, their windows and extensions."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.core.errors import version_seen
from mobilization.core.forms import (
    PortalForm,
    PortalModelForm,
    TextField,
    VietnameseDateField,
    portal_formfield,
)
from mobilization.units.models import Unit
from models_registry.models import Campaign, CampaignWindow
from models_registry.states import Stage


class CampaignForm(PortalModelForm):
    """A year's campaign with its guiding document."""

    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta(PortalModelForm.Meta):
        model = Campaign
        fields = ("city", "year", "title", "guiding_number", "guiding_date", "opened_on")
        labels = {"title": _("Name of the campaign")}
        formfield_callback = portal_formfield

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities
        if self.instance.pk:
            # A campaign stays the one of its year and city: its registrations carry that year.
            del self.fields["city"], self.fields["year"]
            self.initial["seen_version"] = self.instance.version
        elif len(cities) == 1:
            self.initial.setdefault("city", cities[0].pk)

    def seen_campaign(self) -> Campaign:
        """Return the campaign as its editor saw it, so that a later change by somebody else is noticed.

        Raises ``Conflict`` where the form does not tell which version that was.
        """
        campaign = self.save(commit=False)
        if campaign.pk:
            current, campaign.version = campaign.version, self.cleaned_data["seen_version"]
            self.data = self.data.copy()
            self.data["seen_version"] = str(campaign.version or current)
            version_seen(campaign.version)
        return campaign


class WindowForm(PortalModelForm):
    """One dated window of a campaign."""

    class Meta(PortalModelForm.Meta):
        model = CampaignWindow
        fields = ("stage", "level", "opens_on", "due_on", "closes_on")
        formfield_callback = portal_formfield


class ExtensionForm(PortalForm):
    """More time for one unit."""

    unit = forms.ModelChoiceField(label=_("unit"), queryset=Unit.objects.none())
    stage = forms.ChoiceField(label=_("stage"), choices=Stage.choices)
    until = VietnameseDateField(label=_("until"))
    reason = TextField(label=_("Reason"), widget=forms.Textarea, max_length=1000)
