"""The filters of the list of accounts, kept in its address."""

import django_filters as filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.accounts.querysets import UserQuerySet
from mobilization.accounts.states import Role
from mobilization.core.filters import WordsFilter
from mobilization.units.filters import UnitChoiceFilter
from mobilization.units.models import Unit

ALL = _("All")
STATES = [
    ("in_force", _("With a position in force")),
    ("without", _("Without a position in force")),
    ("invited", _("Invited, not yet signed in")),
    ("closed", _("Closed")),
]


def units_in_force(_request: object) -> QuerySet[Unit]:
    """Return the units to choose from."""
    return Unit.objects.in_force()


class AccountFilter(filters.FilterSet):
    """Words, role, unit with all below it, and what became of the account."""

    q = WordsFilter(
        method="filter_words",
        label=_("Name or e-mail address"),
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    role = filters.ChoiceFilter(
        choices=Role.choices, method="filter_nothing", label=_("Role"), empty_label=ALL
    )
    unit = UnitChoiceFilter(
        queryset=units_in_force, method="filter_nothing", label=_("Unit and all below it")
    )
    state = filters.ChoiceFilter(choices=STATES, method="filter_state", label=_("Account"), empty_label=ALL)

    class Meta:
        model = User
        fields = ()

    def filter_queryset(self, queryset: UserQuerySet) -> UserQuerySet:
        """Filter; role and unit together mean one and the same position."""
        queryset = super().filter_queryset(queryset)
        role, unit = self.form.cleaned_data.get("role"), self.form.cleaned_data.get("unit")
        if role or unit:
            units = Unit.objects.answered_for_by(unit) if unit else None
            queryset = queryset.holding(roles=[role] if role else [], units=units)
        return queryset

    def filter_words(self, queryset: UserQuerySet, _name: str, value: str) -> UserQuerySet:
        """Keep those whose name or address has the words."""
        return queryset.search(value)

    def filter_nothing(self, queryset: UserQuerySet, _name: str, _value: object) -> UserQuerySet:
        """Role and unit are asked together, see ``filter_queryset``."""
        return queryset

    def filter_state(self, queryset: UserQuerySet, _name: str, value: str) -> UserQuerySet:
        """Keep those of the state."""
        return {
            "in_force": queryset.holding,
            "without": queryset.without_position,
            "invited": queryset.invited,
            "closed": queryset.closed,
        }[value]()
