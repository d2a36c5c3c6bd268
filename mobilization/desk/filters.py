"""What the list of what one sent can be narrowed to."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from models_registry.models import Registration
from models_registry.states import State

SENT = [choice for choice in State.choices if choice[0] != State.DRAFT]


class SentFilter(django_filters.FilterSet):
    """Search without accents, where it stands, year."""

    q = django_filters.CharFilter(
        label=_("Search"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    state = django_filters.ChoiceFilter(label=_("State"), choices=SENT, empty_label=_("All"))
    year = django_filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100)

    class Meta:
        model = Registration
        fields = ()

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what has words beginning with those of ``value``."""
        return queryset.search(value)
