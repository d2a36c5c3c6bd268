"""Filters of the decisions that wait and of the announcements; the address is the filter."""

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mobilization.publication.models import PendingDecision, Publication
from mobilization.publication.states import Act
from models_registry.models import Campaign, Registration
from models_registry.states import Level, WorkField


def _campaigns(request) -> QuerySet[Campaign]:
    """Return the campaigns in which decisions wait that the user sees, the latest first."""
    waiting = PendingDecision.objects.pending().visible_to(request.user)
    return Campaign.objects.filter(pk__in=waiting.values("registration__campaign")).order_by("-year", "pk")


class PendingFilter(django_filters.FilterSet):
    """Search without accents, campaign, decision, level, field."""

    q = django_filters.CharFilter(
        label=_("Search"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    campaign = django_filters.ModelChoiceFilter(
        label=_("Campaign"), field_name="registration__campaign", queryset=_campaigns, empty_label=None
    )
    act = django_filters.ChoiceFilter(label=_("Decision"), choices=Act.choices, empty_label=_("All"))
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices, empty_label=_("All"))
    field = django_filters.ChoiceFilter(
        label=_("Field"),
        field_name="registration__field",
        choices=WorkField.choices,
        empty_label=_("All"),
    )

    class Meta:
        model = PendingDecision
        fields = ()

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to registrations with words beginning with those of ``value``."""
        return queryset.filter(registration__in=Registration.objects.search(value))


class PublicationFilter(django_filters.FilterSet):
    """Announcements: search without accents in title, number and body, and the campaign's year."""

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

    class Meta:
        model = Publication
        fields = ()

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to announcements with words beginning with those of ``value``."""
        return queryset.search(value)
