"""Campaigns, their windows and extensions."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.core.errors import version_seen
from mobilization.core.forms import (
    CountField,
    PortalForm,
    PortalModelForm,
    SeenVersionField,
    TextField,
    VietnameseDateField,
    portal_formfield,
)
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry.models import Campaign, CampaignWindow
from models_registry.services.targets import MOST_OWED
from models_registry.states import Level, Stage
from models_registry.validators import problems_of_opening


class CampaignForm(PortalModelForm):
    """A year's campaign with its guiding document; a new one can begin as an earlier one stands."""

    copied_from = forms.ModelChoiceField(
        label=_("Begin with the windows, criteria and targets of"),
        queryset=Campaign.objects.none(),
        required=False,
        empty_label=_("none: begin empty"),
        help_text=_(
            "Dates move on by the years between. All of it can be changed before the campaign is opened."
        ),
    )
    seen_version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1)

    class Meta(PortalModelForm.Meta):
        model = Campaign
        fields = ("city", "year", "title", "guiding_number", "guiding_date", "opened_on")
        labels = {"title": _("Name of the campaign")}
        formfield_callback = portal_formfield

    def __init__(self, *args: Any, cities: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["city"].queryset = cities
        if self.instance.opened_on is None:
            # A campaign is opened when it is complete, by an act of its own.
            del self.fields["opened_on"]
        else:
            self.fields["opened_on"].required = True
        if self.instance.pk:
            # A campaign stays the one of its year and city: its registrations carry that year.
            del self.fields["city"], self.fields["year"], self.fields["copied_from"]
            self.initial["seen_version"] = self.instance.version
            return
        earlier = Campaign.objects.filter(city__in=cities).order_by("-year")
        self.fields["copied_from"].queryset = earlier
        if len(cities) == 1:
            self.initial.setdefault("city", cities[0].pk)
        latest = earlier.first()
        if latest is not None:
            self.initial.setdefault("copied_from", latest.pk)
            self.initial.setdefault("year", latest.year + 1)

    def clean(self) -> dict[str, Any]:
        """Refuse to begin with a campaign that is no earlier one of the same city, and a day outside of the year."""
        cleaned = super().clean()
        if cleaned.get("opened_on"):
            for name, sentences in problems_of_opening(self.instance.year, cleaned["opened_on"]).items():
                self.add_error(name, sentences)
        source, year, city = (cleaned.get(name) for name in ("copied_from", "year", "city"))
        if source and year and city and (source.year >= year or source.city_id != city.pk):
            self.add_error("copied_from", _("Choose an earlier campaign of the same city."))
        return cleaned

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


class PartForm(PortalForm):
    """What goes with a part of a campaign: the version that its editor saw."""

    seen_version = SeenVersionField(required=False)

    def seen(self) -> int:
        """Return the version that was seen; raises ``Conflict`` where the valid form does not tell it."""
        return version_seen(self.cleaned_data["seen_version"])

    def look_again_at(self, campaign: Campaign) -> None:
        """Let what was typed be saved on purpose over the campaign as it stands now, once it has been looked at."""
        current = Campaign.objects.values_list("version", flat=True).get(pk=campaign.pk)
        self.data = self.data.copy()
        self.data[self.add_prefix("seen_version")] = str(current)


class OpenForm(PartForm):
    """The day from which on units can submit."""

    opened_on = VietnameseDateField(label=_("Units can submit from"))


class CriterionForm(PortalForm):
    """One line of the list of criteria."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    text = TextField(label=_("criterion"), max_length=500)
    level = forms.ChoiceField(
        label=_("level"), choices=[("", _("Every level")), *Level.choices], required=False
    )
    weight = CountField(label=_("points at most"), required=False, min_value=1, max_value=100)


def owed_field(label: Any) -> CountField:
    """Return the field of a number of registrations owed; empty means that none is set."""
    return CountField(label=label, required=False, max_value=MOST_OWED)


class KindTargetsForm(PartForm):
    """How many registrations each unit of a kind owes; the fields bear the names of ``kinds``."""

    def __init__(self, *args: Any, kinds: Sequence[UnitKind], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kinds = kinds
        for kind in kinds:
            self.fields[kind.value] = owed_field(kind.label)

    def numbers(self) -> dict[str, int | None]:
        """Return what was typed, by kind; the form is valid."""
        return {kind.value: self.cleaned_data[kind.value] for kind in self.kinds}


class UnitTargetsForm(PartForm):
    """A field for each of ``units``, named by its id."""

    def __init__(self, *args: Any, units: Sequence[Unit], **kwargs: Any) -> None:
        # Another form with a version stands on the same page.
        super().__init__(*args, auto_id="units_%s", **kwargs)
        self.units = units
        for unit in units:
            field = self.fields[f"unit{unit.pk}"] = owed_field(unit.full_name)
            field.widget.attrs |= {"aria-label": unit.full_name, "size": 5, "class": "form-control"}

    def numbers(self) -> dict[Unit, int | None]:
        """Return what was changed, by unit; the form is valid."""
        names = {f"unit{unit.pk}": unit for unit in self.units}
        return {names[name]: self.cleaned_data[name] for name in self.changed_data if name in names}


class PasteForm(PartForm):
    """Lines of a unit's code and a number."""

    lines = TextField(
        label=_("Lines"),
        widget=forms.Textarea(attrs={"rows": 12, "class": "figures"}),
        max_length=100_000,
        strip=False,
        help_text=_(
            "One unit a line: its code, a tab, the number. Two columns copied from a workbook are just that."
        ),
    )
