"""The filters of the list of units, kept in its address."""

import datetime

import django_filters as filters
from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.core.filters import DateFilter, WordsFilter
from mobilization.units.forms import UnitChoiceField
from mobilization.units.models import Unit
from mobilization.units.querysets import UnitQuerySet
from mobilization.units.states import UnitKind


class UnitChoiceFilter(filters.ModelChoiceFilter):
    """A unit typed or picked by name or code."""

    field_class = UnitChoiceField


class UnitFilter(filters.FilterSet):
    """Words, kind, and the day on which the units are in force (today without one)."""

    q = WordsFilter(
        method="filter_words", label=_("Name or code"), widget=forms.TextInput(attrs={"type": "search"})
    )
    on = DateFilter(method="filter_nothing", label=_("In force on"))
    kind = filters.ChoiceFilter(choices=UnitKind.choices, label=_("Kind"), empty_label=_("all"))

    class Meta:
        model = Unit
        fields = ("q", "on", "kind")

    @property
    def on_date(self) -> datetime.date:
        """The day asked for; today if none was, or none that can be read."""
        cleaned = self.form.cleaned_data if self.form.is_bound and self.form.is_valid() else {}
        return cleaned.get("on") or timezone.localdate()

    def filter_queryset(self, queryset: UnitQuerySet) -> UnitQuerySet:
        """Filter; there is always a day."""
        return super().filter_queryset(queryset).in_force(self.on_date)

    def filter_words(self, queryset: UnitQuerySet, _name: str, value: str) -> UnitQuerySet:
        """Keep those whose name or code has the words."""
        return queryset.search(value)

    def filter_nothing(self, queryset: UnitQuerySet, _name: str, _value: object) -> UnitQuerySet:
        """The day is asked in ``filter_queryset``, also where none was typed."""
        return queryset
