"""The table of units as one writes it in an hour: a loop over the units, a count for each cell."""

import datetime

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from mobilization.units.models import Unit
from models_registry.models import Campaign, KindTarget, Registration, Target
from models_registry.states import State

STATES = {
    "registered": State.REGISTERED,
    "drafts": {State.DRAFT},
    "waiting": {State.SUBMITTED},
    "returned": State.SENT_BACK,
    "accepted": {State.ACCEPTED},
    "reported": {State.REPORTED},
    "recognised": {State.RECOGNISED},
}


def units(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer the table of a campaign."""
    campaign = get_object_or_404(Campaign, pk=pk)
    day = min(datetime.date(campaign.year, 12, 31), timezone.localdate())
    rows = []
    for unit in Unit.objects.in_force(day).exclude(parent=None).order_by("sort_key"):
        own = Registration.objects.filter(campaign=campaign, unit=unit)
        counts = {name: own.filter(state__in=states).count() for name, states in STATES.items()}
        counts["late"] = own.filter(Q(late=True) | Q(report_late=True)).count()
        target = Target.objects.filter(campaign=campaign, unit=unit).first()
        target = target or KindTarget.objects.filter(campaign=campaign, unit_kind=unit.kind).first()
        rows.append((unit, target and target.number, counts))
    return render(request, "plain/units.html", {"campaign": campaign, "rows": rows})
