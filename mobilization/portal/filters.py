"""What the public lists can be narrowed by; every choice stands in the address."""

from typing import Any

import django_filters
from django.db.models import Max, Min, QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from awards.models import Award, Decision
from awards.states import GrantingTier
from dialogues.models import Dialogue, Opinion
from dialogues.states import Kind as DialogueKind
from dialogues.states import OpinionField, OpinionStatus, Promise
from mobilization.core.search import folded_words
from mobilization.portal.changes import kept
from mobilization.units.models import Unit
from models_registry.models import Registration
from models_registry.states import Kind, Level, Subject, WorkField

YES = (("1", _("Yes")),)


_NO_CHOICE = _("This is none of the choices. Take it away, or choose another one.")
_NOT_THERE = {"year": _("There is no record of the year %(value)s.")}


class PublicFilter(django_filters.FilterSet):
    """The base of the public filters: search, year, unit.

    A value that makes no sense (a year without any record, a unit that is none) finds nothing and says so.
    """

    year_of = "year"
    """The path to the number or date that says the year."""

    q = django_filters.CharFilter(label=_("Search"), method="by_words")
    year = django_filters.ChoiceFilter(label=_("Year"), method="by_year", empty_label=_("All years"))
    unit = django_filters.ModelChoiceFilter(
        label=_("Unit"), queryset=Unit.objects.all(), method="by_unit", empty_label=_("All units")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.filters["year"].extra["choices"] = [(str(year), str(year)) for year in self.years]
        for name, one in self.filters.items():
            one.extra.setdefault("error_messages", {})["invalid_choice"] = _NOT_THERE.get(name, _NO_CHOICE)

    def found(self) -> QuerySet:
        """Return the rows that the filters leave; none where one of them makes no sense."""
        if not self.is_asked:
            return self.queryset.all()
        return self.queryset.none() if self.is_senseless else self.qs

    @cached_property
    def is_asked(self) -> bool:
        """Whether anything is asked for; most visits ask for nothing, and then there is nothing to check."""
        return any(self.data.get(name) for name in self.filters)

    @property
    def is_senseless(self) -> bool:
        """Whether one of the filters makes no sense."""
        return self.is_asked and not self.is_valid()

    @cached_property
    def years(self) -> list[int]:
        """The years from the last to the first record of the list."""
        return kept(("years", type(self)), self._years)

    def _years(self) -> list[int]:
        bounds = self.queryset.order_by().aggregate(first=Min(self.year_of), last=Max(self.year_of))
        first, last = (getattr(bound, "year", bound) for bound in (bounds["first"], bounds["last"]))
        return list(range(last, first - 1, -1)) if first and last else []

    @cached_property
    def unit_choices(self) -> list[tuple[int, str]]:
        """The units to choose from: those in force, and the chosen one if it is no longer."""
        units = kept(("units",), _units_in_force)
        chosen = self.chosen.get("unit")
        if chosen and chosen.pk not in dict(units):
            return [(chosen.pk, chosen.full_name), *units]
        return units

    @cached_property
    def chosen(self) -> dict[str, Any]:
        """The filters in force, cleaned, by name."""
        if not self.is_asked or self.errors is None:
            return {}
        return {name: value for name, value in self.form.cleaned_data.items() if value not in {None, ""}}

    @property
    def words(self) -> str:
        """What is searched for."""
        return self.chosen.get("q", "")

    def by_words(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Search; what contains no letter and no digit finds nothing."""
        return queryset.search(value) if folded_words(value) else queryset.none()

    def by_year(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep one year."""
        return queryset.of_year(int(value))

    def by_unit(self, queryset: QuerySet, name: str, value: Unit) -> QuerySet:
        """Keep what was filed under the unit or a unit below it; a unit of today answers for its predecessors too."""
        return queryset.filter(unit__in=Unit.objects.meant_by(value))


def _units_in_force() -> list[tuple[int, str]]:
    return list(Unit.objects.in_force().filter(parent__isnull=False).values_list("pk", "full_name"))


class ModelFilter(PublicFilter):
    """Published registrations of models."""

    field = django_filters.ChoiceFilter(
        label=_("Field"), choices=WorkField.choices, empty_label=_("All fields")
    )
    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices, empty_label=_("All levels"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All kinds"))
    subject = django_filters.ChoiceFilter(
        label=_("Subject"), choices=Subject.choices, empty_label=_("All subjects")
    )
    recognised = django_filters.ChoiceFilter(label=_("Recognised"), choices=YES, method="only")
    exemplary = django_filters.ChoiceFilter(label=_("Exemplary"), choices=YES, method="only")

    class Meta:
        model = Registration
        fields: tuple[str, ...] = ()

    def only(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Keep the recognised, or the exemplary ones."""
        return queryset.recognised() if name == "recognised" else queryset.exemplary()


class DialogueFilter(PublicFilter):
    """Published dialogues."""

    year_of = "held_on"

    kind = django_filters.ChoiceFilter(
        label=_("Kind"), choices=DialogueKind.choices, empty_label=_("All kinds")
    )

    class Meta:
        model = Dialogue
        fields: tuple[str, ...] = ()


class OpinionFilter(PublicFilter):
    """Published opinions: what they were about, where they stand, and whether the day first named was kept.

    The unit is the one whose dialogue it was, or the one in charge.
    """

    year_of = "dialogue__held_on"

    field = django_filters.ChoiceFilter(
        label=_("Field"), choices=OpinionField.choices, empty_label=_("All fields")
    )
    status = django_filters.ChoiceFilter(
        label=_("Status"), choices=OpinionStatus.choices, empty_label=_("All statuses")
    )
    promise = django_filters.ChoiceFilter(
        label=_("The day promised"), choices=Promise.choices, empty_label=_("All opinions")
    )

    class Meta:
        model = Opinion
        fields: tuple[str, ...] = ()

    def by_unit(self, queryset: QuerySet, name: str, value: Unit) -> QuerySet:
        """Keep what was raised in the unit or below it, and what is in the charge of one of these."""
        return queryset.concerning(Unit.objects.meant_by(value))


class DecisionFilter(PublicFilter):
    """Decisions that were issued; the unit is that of a recipient or the granting one."""

    tier = django_filters.ChoiceFilter(
        label=_("Tier"), choices=GrantingTier.choices, empty_label=_("All tiers")
    )

    class Meta:
        model = Decision
        fields: tuple[str, ...] = ()

    def by_unit(self, queryset: QuerySet, name: str, value: Unit) -> QuerySet:
        """Keep the decisions that reward the unit or one below it, and those that it granted."""
        rewarding = super().by_unit(Award.objects.public(), name, value).values("decision")
        return queryset.filter(pk__in=rewarding) | super().by_unit(queryset, name, value)
