"""A list with django-filter, ``icontains`` and numbered pages; a detail page."""

import django_filters
from django import forms
from django.db.models import Q
from django.forms.renderers import DjangoTemplates
from django.views.generic import DetailView
from django_filters.views import FilterView

from mobilization.units.models import Unit
from models_registry.models import Registration, SkilledModel
from models_registry.states import State

PUBLIC = Registration.objects.filter(state__in=State.PUBLIC)


class PlainForm(forms.Form):
    """Its widgets are Django's own: what the portal writes quicker is not lent to the other side."""

    default_renderer = DjangoTemplates


class PlainFilter(django_filters.FilterSet):
    """Words anywhere in the texts, and one choice per field."""

    q = django_filters.CharFilter(method="by_words", label="Search")
    unit = django_filters.ModelChoiceFilter(queryset=Unit.objects.in_force())

    class Meta:
        model = Registration
        form = PlainForm
        fields = ["year", "unit", "field", "level", "kind", "subject"]

    def by_words(self, queryset, name, value):
        """Return the rows in one of whose texts the words stand."""
        words = Q()
        for field in ("title", "registrant", "place", "aim", "content"):
            words |= Q(**{f"{field}__icontains": value})
        return queryset.filter(words)


class PlainListView(FilterView):
    """The public list."""

    filterset_class = PlainFilter
    queryset = (
        PUBLIC.select_related("model", "unit").prefetch_related("recognitions").order_by("-year", "-id")
    )
    paginate_by = 25
    template_name = "plain/list.html"


class PlainDetailView(DetailView):
    """One model with its years."""

    model = SkilledModel
    slug_field = slug_url_kwarg = "code"
    template_name = "plain/detail.html"

    def get_context_data(self, **kwargs):
        """Add the years."""
        years = (
            PUBLIC.filter(model=self.object)
            .select_related("unit", "campaign")
            .prefetch_related("recognitions")
        )
        return super().get_context_data(years=years.order_by("-year"), **kwargs)
