"""The filters of the log, kept in its address."""

import django_filters as filters
from django import forms
from django.contrib.auth import get_user_model
from django.utils.translation import gettext_lazy as _

from mobilization.audit import acts
from mobilization.audit.models import AuditEntry
from mobilization.audit.querysets import AuditEntryQuerySet
from mobilization.core.filters import DateFilter, WordsFilter

_SEARCH = {"type": "search", "autocomplete": "off"}


class AuditFilter(filters.FilterSet):
    """Act, person, unit and days.

    Persons and units are found by the ``search`` of their own querysets.
    """

    act = filters.ChoiceFilter(choices=acts.choices, label=_("Act"), empty_label=_("all"))
    actor = WordsFilter(
        method="filter_actor", label=_("Who (name or e-mail address)"), widget=forms.TextInput(attrs=_SEARCH)
    )
    unit = WordsFilter(
        method="filter_unit", label=_("Unit (name or code)"), widget=forms.TextInput(attrs=_SEARCH)
    )
    first = DateFilter(method="filter_first", label=_("From"))
    last = DateFilter(method="filter_last", label=_("Until"))
    request_id = WordsFilter(label=_("Request"), widget=forms.HiddenInput)

    class Meta:
        model = AuditEntry
        fields = ("act", "actor", "unit", "first", "last", "request_id")

    def filter_actor(self, queryset: AuditEntryQuerySet, _name: str, value: str) -> AuditEntryQuerySet:
        """Keep what the persons found by the words did."""
        return queryset.filter(actor__in=get_user_model().objects.search(value).values("pk"))

    def filter_unit(self, queryset: AuditEntryQuerySet, _name: str, value: str) -> AuditEntryQuerySet:
        """Keep what concerns the units found by the words, of any time."""
        units = AuditEntry._meta.get_field("unit").related_model.objects
        return queryset.of_units(units.search(value).values("pk"))

    def filter_first(self, queryset: AuditEntryQuerySet, _name: str, value) -> AuditEntryQuerySet:
        """Keep what happened on the day or later."""
        return queryset.between(value, None)

    def filter_last(self, queryset: AuditEntryQuerySet, _name: str, value) -> AuditEntryQuerySet:
        """Keep what happened on the day or before."""
        return queryset.between(None, value)
