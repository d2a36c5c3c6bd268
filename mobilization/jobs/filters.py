"""What a list of jobs can be narrowed to."""

import django_filters
from django.utils.translation import gettext_lazy as _

from mobilization.jobs.handlers import kinds
from mobilization.jobs.models import Job
from mobilization.jobs.states import State


class JobFilter(django_filters.FilterSet):
    """By state and kind."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, empty_label=_("all"))
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=kinds, empty_label=_("all"))

    class Meta:
        model = Job
        fields = ["state", "kind"]
