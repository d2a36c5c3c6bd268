"""What the staff lists of dialogues and opinions can be filtered by, all in the address."""

from typing import Any

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _

from dialogues.fields import UnitChoiceField
from dialogues.models import Dialogue, Opinion
from dialogues.querysets import DialogueQuerySet, OpinionQuerySet, readable_units
from dialogues.states import Kind, OpinionField, OpinionStatus, State
from mobilization.core.forms import TextField
from mobilization.units.models import Unit

FIRST_YEAR, LAST_YEAR = 1945, 2100


class YearField(forms.IntegerField):
    """A calendar year."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "size": 4})

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs | {"min_value": FIRST_YEAR, "max_value": LAST_YEAR})


class SearchFilter(django_filters.Filter):
    """Words, found without case and accents."""

    field_class = TextField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(method="search", label=_("Search"), max_length=200, **kwargs)


class YearFilter(django_filters.Filter):
    """A calendar year."""

    field_class = YearField


class UnitFilter(django_filters.Filter):
    """A unit with all below it, out of those that the user may read."""

    field_class = UnitChoiceField

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            method="under", label=_("Unit"), queryset=Unit.objects.none(), empty_label=_("All"), **kwargs
        )


class ScopedFilterSet(django_filters.FilterSet):
    """Filters whose units are those of the user; the choice offers the units in force, the address takes any."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.form.fields["unit"]
        units = readable_units(self.request.user).select_related("parent")
        field.queryset = units
        offered = units.in_force().order_by("sort_key", "pk")
        chosen = self.data.get("unit") or ""
        if chosen.isascii() and chosen.isdigit() and len(chosen) < 19:  # noqa: PLR2004 -- digits of a 64-bit key
            offered = offered | units.filter(pk=chosen)
        field.widget.choices = [
            ("", field.empty_label),
            *((u.pk, field.label_from_instance(u)) for u in offered),
        ]

    def search(self, queryset: Any, name: str, value: str) -> Any:
        """Keep what has every word."""
        return queryset.search(value)

    def under(self, queryset: Any, name: str, value: Unit) -> Any:
        """Keep the unit's and those of all units below it."""
        return queryset.under(value)

    def of_year(self, queryset: Any, name: str, value: int) -> Any:
        """Keep those of the year."""
        return queryset.of_year(value)


class DialogueFilter(ScopedFilterSet):
    """Filters of the list of dialogues."""

    q = SearchFilter()
    year = YearFilter(method="of_year", label=_("Year"))
    kind = django_filters.ChoiceFilter(choices=Kind.choices, label=_("Kind"), empty_label=_("All"))
    state = django_filters.ChoiceFilter(choices=State.choices, label=_("State"), empty_label=_("All"))
    unit = UnitFilter()

    class Meta:
        model = Dialogue
        fields = ()

    queryset: DialogueQuerySet


class OpinionFilter(ScopedFilterSet):
    """Filters of the list of opinions."""

    CHARGES = (("mine", _("In charge of my unit")),)
    DUES = (
        ("overdue", _("Overdue")),
        ("due_soon", _("Due within 7 days")),
        ("open", _("Open")),
        ("reopened", _("Re-opened")),
        ("reopen_asked", _("Asked to be re-opened")),
    )
    AGES = (
        ("week", _("1 to 7 days")),
        ("month", _("8 to 30 days")),
        ("quarter", _("31 to 90 days")),
        ("longer", _("more than 90 days")),
    )

    q = SearchFilter()
    charge = django_filters.ChoiceFilter(
        choices=CHARGES, label=_("Whose"), method="of_own_unit", empty_label=_("All that I may read")
    )
    due = django_filters.ChoiceFilter(
        choices=DUES, label=_("Follow-up"), method="follow_up", empty_label=_("All")
    )
    status = django_filters.ChoiceFilter(
        choices=OpinionStatus.choices, label=_("Status"), empty_label=_("All")
    )
    field = django_filters.ChoiceFilter(
        choices=OpinionField.choices, label=_("Field of the opinion"), empty_label=_("All")
    )
    year = YearFilter(method="of_year", label=_("Year"))
    age = django_filters.ChoiceFilter(
        choices=AGES, label=_("Overdue for"), method="overdue_for", empty_label=_("All")
    )
    unit = UnitFilter()
    in_charge = django_filters.ModelChoiceFilter(
        label=_("Unit in charge"),
        queryset=lambda request: (
            Opinion.objects.units_in_charge(request.user).select_related("parent").order_by("sort_key", "pk")
        ),
        field_name="unit_in_charge",
        empty_label=_("All"),
        null_label=_("None yet"),
    )

    class Meta:
        model = Opinion
        fields = ()

    queryset: OpinionQuerySet

    def overdue_for(self, queryset: OpinionQuerySet, name: str, value: str) -> OpinionQuerySet:
        """Keep those overdue for so long."""
        return queryset.answerable().overdue_for(value)

    def of_own_unit(self, queryset: OpinionQuerySet, name: str, value: str) -> OpinionQuerySet:
        """Keep those that the user's unit has to answer."""
        return queryset.in_charge_of(self.request.user)

    def follow_up(self, queryset: OpinionQuerySet, name: str, value: str) -> OpinionQuerySet:
        """Keep the overdue, the open or the re-opened ones; nothing follows at a dialogue that was cancelled."""
        return getattr(queryset.answerable(), value)()
