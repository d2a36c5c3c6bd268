"""Filters of the lists; the address keeps them."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from awards.models import Decision
from awards.states import DecisionState, GrantingTier
from mobilization.core.forms import TextField
from mobilization.units.models import Unit
from models_registry.states import Level, WorkField


def _granting_units(request):
    granting = Decision.objects.visible_to(request.user).values("unit")
    return Unit.objects.filter(pk__in=granting).order_by("path")


class SearchFilter(filters.Filter):
    """A search box: anything typed is taken; what cannot be text finds nothing."""

    field_class = TextField


class DecisionFilter(filters.FilterSet):
    """The list of decisions."""

    q = SearchFilter(label=_("Number, subject, signer or recipient"), method="search")
    year = filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100)
    tier = filters.ChoiceFilter(label=_("Tier"), choices=GrantingTier, empty_label=_("All"))
    state = filters.ChoiceFilter(label=_("State"), choices=DecisionState, empty_label=_("All"))
    unit = filters.ModelChoiceFilter(
        label=_("Granting unit"),
        queryset=_granting_units,
        method="under",
        empty_label=_("All"),
    )

    class Meta:
        model = Decision
        fields = ["q", "year", "tier", "state", "unit"]

    def search(self, queryset, name, value):
        """Keep what has the words."""
        return queryset.search(value)

    def under(self, queryset, name, value):
        """Keep what the unit, or a unit below it, grants."""
        return queryset.under(value)


class CandidateFilter(filters.FilterSet):
    """The list of recognised registrations that nobody has awarded yet."""

    q = SearchFilter(label=_("Title, place, who registers or code"), method="search")
    year = filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100)
    level = filters.ChoiceFilter(label=_("Level"), choices=Level, empty_label=_("All"))
    field = filters.ChoiceFilter(label=_("Field"), choices=WorkField, empty_label=_("All"))
    exemplary = filters.ChoiceFilter(
        label=_("Exemplary"),
        choices=[("true", _("Only exemplary ones"))],
        empty_label=_("All"),
        method="only_exemplary",
    )

    def search(self, queryset, name, value):
        """Keep what has the words."""
        return queryset.search(value)

    def only_exemplary(self, queryset, name, value):
        """Keep the exemplary ones."""
        return queryset.exemplary()
