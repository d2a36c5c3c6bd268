"""Filters of the lists; the address keeps them."""

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from awards.models import AwardForm, Decision, Examination, Nomination, Recipient
from awards.states import DecisionState, GrantingTier, NominationState, RecipientKind
from mobilization.core.forms import TextField
from mobilization.units.models import Unit
from models_registry.states import Level, WorkField


def _granting_units(request):
    granting = Decision.objects.visible_to(request.user).values("unit")
    return Unit.objects.filter(pk__in=granting).order_by("path")


def _examining(request):
    examined = Examination.objects.visible_to(request.user).values("unit")
    return Unit.objects.filter(pk__in=examined).order_by("path")


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


def _nominated_units(request):
    nominated = Nomination.objects.visible_to(request.user).values("unit")
    return Unit.objects.filter(pk__in=nominated).order_by("path")


def _proposed_forms(request):
    proposed = Nomination.objects.visible_to(request.user).values("form")
    return AwardForm.objects.filter(pk__in=proposed).order_by("tier", "code", "-valid_from")


class NominationFilter(filters.FilterSet):
    """The list of nominations."""

    q = SearchFilter(label=_("Recipient or achievement"), method="search")
    waits = filters.ChoiceFilter(
        label=_("Waits for me"),
        choices=[
            ("submit", _("to complete and submit")),
            ("examine", _("to examine")),
            ("approve", _("to approve or decline")),
            ("draw", _("to put into a decision")),
        ],
        empty_label=_("All"),
        method="waiting",
    )
    state = filters.ChoiceFilter(label=_("State"), choices=NominationState, empty_label=_("All"))
    year = filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100, method="of_year")
    tier = filters.ChoiceFilter(label=_("Tier"), choices=GrantingTier, empty_label=_("All"), method="of_tier")
    form = filters.ModelChoiceFilter(label=_("Form of award"), queryset=_proposed_forms, empty_label=_("All"))
    unit = filters.ModelChoiceFilter(
        label=_("Unit"), queryset=_nominated_units, method="under", empty_label=_("All")
    )
    papers = filters.ChoiceFilter(
        label=_("Dossier"),
        choices=[("whole", _("complete")), ("lacking", _("something is missing"))],
        empty_label=_("All"),
        method="with_papers",
    )

    class Meta:
        model = Nomination
        fields = ["q", "waits", "state", "year", "tier", "form", "unit", "papers"]

    def search(self, queryset, name, value):
        """Keep what has the words."""
        return queryset.search(value)

    def waiting(self, queryset, name, value):
        """Keep what waits for this act of the reader."""
        waits = {
            "submit": queryset.awaiting_submission_by,
            "examine": queryset.awaiting_examination_by,
            "approve": queryset.awaiting_approval_by,
            "draw": queryset.awaiting_decision_by,
        }
        return waits[value](self.request.user)

    def of_year(self, queryset, name, value):
        """Keep what was proposed in the year."""
        return queryset.of_year(int(value))

    def of_tier(self, queryset, name, value):
        """Keep what this tier grants."""
        return queryset.of_tier(value)

    def under(self, queryset, name, value):
        """Keep what is proposed for the unit, or a unit below it."""
        return queryset.under(value)

    def with_papers(self, queryset, name, value):
        """Keep those whose dossier is complete, or is not."""
        return queryset.with_all_papers() if value == "whole" else queryset.lacking_papers()


def _recipients_units(request):
    seen = Recipient.objects.visible_to(request.user).values("unit")
    return Unit.objects.filter(pk__in=seen).order_by("path")


class RecipientFilter(filters.FilterSet):
    """The list of recipients."""

    q = SearchFilter(label=_("Name"), method="search")
    kind = filters.ChoiceFilter(label=_("Kind of recipient"), choices=RecipientKind, empty_label=_("All"))
    unit = filters.ModelChoiceFilter(
        label=_("Unit"), queryset=_recipients_units, method="under", empty_label=_("All")
    )
    awarded = filters.ChoiceFilter(
        label=_("Awards"),
        choices=[("true", _("Only those ever awarded"))],
        empty_label=_("All"),
        method="ever_awarded",
    )

    class Meta:
        model = Recipient
        fields = ["q", "kind", "unit", "awarded"]

    def search(self, queryset, name, value):
        """Keep what has the words."""
        return queryset.search(value)

    def under(self, queryset, name, value):
        """Keep those of the unit, or a unit below it."""
        return queryset.under(value)

    def ever_awarded(self, queryset, name, value):
        """Keep those to whom an award was ever granted."""
        return queryset.awarded()


class ExaminationFilter(filters.FilterSet):
    """The list of examinations."""

    number = SearchFilter(label=_("Number of the minutes"), lookup_expr="icontains")
    year = filters.NumberFilter(label=_("Year"), min_value=1945, max_value=2100, method="of_year")
    unit = filters.ModelChoiceFilter(label=_("Granting unit"), queryset=_examining, empty_label=_("All"))

    class Meta:
        model = Examination
        fields = ["number", "year", "unit"]

    def of_year(self, queryset, name, value):
        """Keep what was held in the year."""
        return queryset.of_year(int(value))
