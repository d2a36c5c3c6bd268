"""Filters of the staff lists; the address is the filter."""

from collections.abc import Callable

import django_filters
from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from mobilization.units.models import Unit
from models_registry.matrix import last_day_of
from models_registry.models import Registration
from models_registry.narrowing import NarrowingFilterSet
from models_registry.querysets.standing import standing_in, standing_with
from models_registry.states import Kind, Level, State, WorkField

SENT_BACK, REGISTERED, LATE, TO_PROPOSE = "sent_back", "registered", "late", "to_propose"
NO_OUTCOME = "no_outcome"
STATES = [
    *State.choices,
    (SENT_BACK, _("Returned, or report returned")),
    (REGISTERED, _("Registered: submitted, neither withdrawn nor declined")),
    (LATE, _("Registered or reported late")),
    (TO_PROPOSE, _("Recognised, not proposed upward")),
    (NO_OUTCOME, _("Accepted, without an outcome of the year")),
]
_GROUPS: dict[str, Callable[[QuerySet], QuerySet]] = {
    SENT_BACK: lambda found: found.sent_back(),
    REGISTERED: lambda found: found.registered(),
    LATE: lambda found: found.registered().late(),
    TO_PROPOSE: lambda found: found.recognised().unproposed(),
    NO_OUTCOME: lambda found: found.without_outcome(),
}
LARGEST_ID = 2**63 - 1


class RegistrationFilter(NarrowingFilterSet):
    """Search without accents, year, state, field, level, kind; ``unit`` comes out of the table of units only."""

    q = django_filters.CharFilter(
        label=_("Search"), method="by_text", widget=forms.TextInput(attrs={"type": "search"})
    )
    year = django_filters.NumberFilter(label=_("Year"), method="by_year")
    state = django_filters.ChoiceFilter(
        label=_("State"), choices=STATES, method="by_state", empty_label=_("All")
    )
    field = django_filters.ChoiceFilter(label=_("Field"), choices=WorkField.choices, empty_label=_("All"))
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices, empty_label=_("All"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All"))
    unit = django_filters.NumberFilter(
        label=_("Unit"), method="by_unit", widget=forms.HiddenInput, min_value=1, max_value=LARGEST_ID
    )
    area = django_filters.NumberFilter(
        label=_("District and its units"),
        method="by_area",
        widget=forms.HiddenInput,
        min_value=1,
        max_value=LARGEST_ID,
    )

    plain = NarrowingFilterSet.plain | {"year", "state", "field", "level", "kind"}

    class Meta:
        model = Registration
        fields = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.form.fields["year"].widget = forms.TextInput(attrs={"inputmode": "numeric", "size": 4})

    def by_text(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what has words beginning with those of ``value``."""
        return queryset.search(value)

    def by_state(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to one state, or to a group of them."""
        return _GROUPS[value](queryset) if value in _GROUPS else queryset.filter(state=value)

    def by_unit(self, queryset: QuerySet, name: str, value: object) -> QuerySet:
        """Narrow to the line of a unit in the table of units of the year, of today without one."""
        return self._standing(queryset, value, standing_with)

    def by_area(self, queryset: QuerySet, name: str, value: object) -> QuerySet:
        """Narrow to the lines of a district and its units in the table of units of the year."""
        return self._standing(queryset, value, standing_in)

    def _standing(self, queryset: QuerySet, value: object, condition: Callable[..., Q]) -> QuerySet:
        unit = Unit.objects.filter(pk=int(value)).first()
        if unit is None:
            return queryset.none()
        year = self.form.cleaned_data.get("year")
        return queryset.filter(condition(unit, last_day_of(int(year) if year else None)))

    def by_year(self, queryset: QuerySet, name: str, value: object) -> QuerySet:
        """Narrow to a statistical year; a number that no year can be finds nothing."""
        year = int(value)
        return queryset.of_year(year) if 0 < year < 10_000 else queryset.none()  # noqa: PLR2004 -- four digits


class QueueFilter(RegistrationFilter):
    """The review queue: all that waits is in a waiting state, so there is nothing to choose there."""

    state = distinction = outcome = mine = None
    assigned = django_filters.ChoiceFilter(
        label=_("Assigned"),
        choices=[("me", _("To me")), ("nobody", _("To nobody"))],
        method="by_assignment",
        empty_label=_("All"),
    )
    due = django_filters.ChoiceFilter(
        label=_("Appraisal"),
        choices=[("overdue", _("Overdue"))],
        method="by_due_day",
        empty_label=_("All"),
    )

    plain = RegistrationFilter.plain | {"assigned", "due"}

    def by_assignment(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what is in the user's hands, or in nobody's."""
        return queryset.assigned_to(self.request.user if value == "me" else None)

    def by_due_day(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what should have been appraised by now."""
        return queryset.appraisal_overdue()
