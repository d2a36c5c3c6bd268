"""Issued decisions, who was rewarded, and whether a certificate is true."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import ListView

from awards.certificates import codes, history
from awards.certificates.bodies import granting_body
from awards.models import Award, Decision
from mobilization.core.throttling import Throttle
from mobilization.portal.filters import DecisionFilter
from mobilization.portal.views.lists import FilteredListView
from models_registry.models import Registration

LONGEST_SHOWN = 40
GUESSES = Throttle("verify", limit=20, seconds=600)
"""Enough for somebody who misreads, and for an office behind one address; far too few to guess."""


class DecisionListView(FilteredListView):
    """Decisions that were issued, the latest signed first."""

    template_name = "portal/award_list.html"
    filterset_class = DecisionFilter
    keyset_order = ("-listed_on", "-id")

    def get_queryset(self) -> QuerySet[Decision]:
        """Return the lines, each with the number of its awards."""
        self.queryset = Decision.objects.public()
        awards = (
            Award.objects.filter(decision=OuterRef("pk"))
            .order_by()
            .values("decision")
            .annotate(n=Count("pk"))
        )
        counted = Subquery(awards.values("n"), output_field=IntegerField())
        return super().get_queryset().select_related("unit").defer("search").annotate(rewarded=counted)


class DecisionDetailView(ListView):
    """One decision: the list of its awards."""

    template_name = "portal/decision_detail.html"
    paginate_by = 100

    def get_queryset(self) -> QuerySet[Award]:
        """Return the awards in the order of the annex; 404 for a decision that was never issued."""
        decisions = Decision.objects.public().select_related("unit", "amends")
        self.decision = get_object_or_404(decisions, pk=self.kwargs["pk"])
        awards = Award.objects.filter(decision=self.decision).for_list().defer("search").in_annex_order()
        return awards.prefetch_related(published_registration())

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the decision and those that amend it."""
        amendments = Decision.objects.public().filter(amends=self.decision)
        return super().get_context_data(decision=self.decision, amendments=amendments, **kwargs)


def published_registration() -> Prefetch:
    """Return what fetches the models behind awards where they are published; the long texts stay in the database."""
    registrations = Registration.objects.published().select_related("model").only("title", "model__code")
    return Prefetch("registration", registrations)


@never_cache
@require_safe
def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say whether a certificate is valid, corrected or revoked, and what became of it.

    A code that is none answers 404, with the form again, and counts: after ``GUESSES`` of them an address has to wait
    (429), right codes and wrong ones alike. Every code is looked up in the same way, so that none answers sooner.
    """
    typed = code or request.GET.get("code", "")
    if not typed.strip():
        return render(request, "portal/verify.html")
    if GUESSES.is_over(request):
        response = render(request, "portal/verify.html", {"must_wait": True}, status=429)
        response["Retry-After"] = str(GUESSES.seconds)
        return response
    asked = codes.read(typed)
    if asked and not code:
        return redirect("portal:verify", code=asked)
    awards = Award.objects.public().for_list().select_related("ended_by")
    award = awards.prefetch_related(published_registration()).filter(verify_code=asked).first()
    if award is None:
        GUESSES.count(request)
        return render(request, "portal/verify.html", {"typed": typed[:LONGEST_SHOWN]}, status=404)
    context = {
        "award": award,
        "body": granting_body(award.form, award.decision.unit),
        "printed_code": codes.grouped(asked),
        "events": history.events_of(award),
    }
    return render(request, "portal/verify.html", context)
