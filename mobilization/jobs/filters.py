"""What a list of jobs can be narrowed to."""

import django_filters
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from mobilization.jobs.handlers import kinds
from mobilization.jobs.models import Job
from mobilization.jobs.states import State

UNSUCCESSFUL = "unsuccessful"


class JobFilter(django_filters.FilterSet):
    """By state and kind."""

    state = django_filters.ChoiceFilter(
        label=_("State"),
        choices=[*State.choices, (UNSUCCESSFUL, _("Failed or lost"))],
        empty_label=_("all"),
        method="by_state",
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kinds, empty_label=_("all"))

    class Meta:
        model = Job
        fields = ["state", "kind"]

    def by_state(self, queryset: QuerySet[Job], name: str, value: str) -> QuerySet[Job]:
        """Narrow to one state, or to those that ended without their work being done."""
        return queryset.unsuccessful() if value == UNSUCCESSFUL else queryset.filter(state=value)
