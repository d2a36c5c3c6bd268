"""Filters of the sessions, and of what can come before the council; the address is the filter."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mobilization.appraisal.models import CouncilSession
from mobilization.appraisal.states import SessionState
from models_registry.models import Registration
from models_registry.states import Kind, Level, WorkField


class AgendaFilter(django_filters.FilterSet):
    """Search without accents, unit by name or code, field, kind."""

    q = django_filters.CharFilter(
        label=_("Search"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    unit = django_filters.CharFilter(label=_("Unit"), method="by_unit")
    field = django_filters.ChoiceFilter(label=_("Field"), choices=WorkField.choices, empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All"))

    class Meta:
        model = Registration
        fields = ()

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what has words beginning with those of ``value``."""
        return queryset.search(value)

    def by_unit(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to units, also of the past, of whose name or code every word of ``value`` begins one."""
        units = queryset.model._meta.get_field("unit").related_model.objects.search(value)
        return queryset.filter(unit__in=units)


class SessionFilter(django_filters.FilterSet):
    """Search without accents in title and number of the minutes, the campaign's year, level, state."""

    q = django_filters.CharFilter(
        label=_("Search"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    year = django_filters.NumberFilter(
        label=_("Year"),
        field_name="campaign__year",
        min_value=1,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 4}),
    )
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices, empty_label=_("All"))
    state = django_filters.ChoiceFilter(label=_("State"), choices=SessionState.choices, empty_label=_("All"))

    class Meta:
        model = CouncilSession
        fields = ()

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to sessions with words beginning with those of ``value``."""
        return queryset.search(value)
