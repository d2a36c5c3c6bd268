"""What the registers can be narrowed to; the address keeps it."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from awards.filters import SearchFilter
from awards.models import Award, NumberBook
from awards.querysets import readable_units
from awards.states import AwardState, GrantingTier, RecipientKind
from mobilization.units.models import Unit


def _readable(request):
    return readable_units(request.user).order_by("path")


def _rewarded(request):
    rewarded = Award.objects.visible_to(request.user).issued().values("unit")
    return Unit.objects.filter(pk__in=rewarded).order_by("path")


class RegisterFilter(filters.FilterSet):
    """The register of certificates."""

    q = SearchFilter(label=_("Recipient or achievement"), method="search")
    number = SearchFilter(label=_("Decision number"), field_name="decision__number", lookup_expr="iexact")
    year = filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100)
    tier = filters.ChoiceFilter(
        label=_("Tier"), field_name="form__tier", choices=GrantingTier, empty_label=_("All")
    )
    state = filters.ChoiceFilter(label=_("State"), choices=AwardState, empty_label=_("All"))
    handed = filters.ChoiceFilter(
        label=_("Handed out"),
        choices=[("yes", _("Handed out")), ("no", _("Not yet"))],
        empty_label=_("All"),
        method="by_handing_out",
    )
    unit = filters.ModelChoiceFilter(
        label=_("Unit of the recipient"), queryset=_rewarded, method="under", empty_label=_("All")
    )

    class Meta:
        model = Award
        fields = ["q", "number", "year", "tier", "state", "handed", "unit"]

    def search(self, queryset, name, value):
        """Keep what has the words."""
        return queryset.search(value)

    def by_handing_out(self, queryset, name, value):
        """Keep what was handed out, or was not."""
        return queryset.handed_out() if value == "yes" else queryset.not_handed_out()

    def under(self, queryset, name, value):
        """Keep what went to the unit, or to a unit below it."""
        return queryset.under(value)


class BookFilter(filters.FilterSet):
    """The golden books."""

    year = filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100)
    tier = filters.ChoiceFilter(label=_("Tier"), choices=GrantingTier, empty_label=_("All"))
    unit = filters.ModelChoiceFilter(label=_("Granting unit"), queryset=_readable, empty_label=_("All"))

    class Meta:
        model = NumberBook
        fields = ["year", "tier", "unit"]


class BookPageFilter(filters.FilterSet):
    """The lines of one golden book."""

    q = SearchFilter(label=_("Recipient or achievement"), method="search")
    state = filters.ChoiceFilter(label=_("State"), choices=AwardState, empty_label=_("All"))

    class Meta:
        model = Award
        fields = ["q", "state"]

    def search(self, queryset, name, value):
        """Keep what has the words."""
        return queryset.search(value)


class YearFilter(filters.FilterSet):
    """The yearly list."""

    year = filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100)
    unit = filters.ModelChoiceFilter(
        label=_("Unit, with all below it"), queryset=_rewarded, method="under", empty_label=_("All")
    )
    tier = filters.ChoiceFilter(
        label=_("Tier"), field_name="form__tier", choices=GrantingTier, empty_label=_("All")
    )
    kind = filters.ChoiceFilter(
        label=_("Kind of recipient"),
        field_name="recipient_kind",
        choices=RecipientKind,
        empty_label=_("All"),
    )

    class Meta:
        model = Award
        fields = ["year", "unit", "tier", "kind"]

    def under(self, queryset, name, value):
        """Keep what went to the unit, or to a unit below it."""
        return queryset.under(value)
