"""Issued decisions, who was rewarded, and whether a certificate is true."""

from typing import Any

from django.db.models import Count, IntegerField, OuterRef, Prefetch, QuerySet, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.generic import ListView

from awards.models import Award, Decision
from mobilization.portal.filters import DecisionFilter
from mobilization.portal.views.lists import FilteredListView
from models_registry.models import Registration

CODE_LENGTH = 24


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


def verify(request: HttpRequest, code: str = "") -> HttpResponse:
    """Say whether a certificate is valid, corrected or revoked. A code that is none answers 404, with the form again."""
    typed = request.GET.get("code", "").strip()
    if typed and not code:
        return redirect("portal:verify", code=typed[:CODE_LENGTH].replace("/", ""))
    award = None
    if code:
        awards = Award.objects.public().for_list().select_related("ended_by")
        award = awards.prefetch_related(published_registration()).filter(verify_code=code).first()
    status = 404 if code and award is None else 200
    return render(request, "portal/verify.html", {"award": award, "code": code}, status=status)
