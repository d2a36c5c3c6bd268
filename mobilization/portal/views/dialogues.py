"""Published dialogues, their figures, their published opinions and answers, and what became of what was promised."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.views.generic import DetailView

from dialogues.models import Dialogue, Opinion, OpinionStep
from dialogues.states import Promise
from mobilization.portal.changes import kept
from mobilization.portal.filters import DialogueFilter, OpinionFilter
from mobilization.portal.views.lists import FilteredListView


class DialogueListView(FilteredListView):
    """Published dialogues, newest first."""

    template_name = "portal/dialogue_list.html"
    filterset_class = DialogueFilter
    keyset_order = ("-held_on", "-id")

    def get_queryset(self) -> QuerySet[Dialogue]:
        """Return the lines, with what became of the opinions."""
        self.queryset = Dialogue.objects.published()
        return super().get_queryset().select_related("unit").defer("search").with_opinion_figures()


class DialogueDetailView(DetailView):
    """One published dialogue."""

    template_name = "portal/dialogue_detail.html"
    context_object_name = "dialogue"

    def get_queryset(self) -> QuerySet[Dialogue]:
        """Return the published dialogues with their figures."""
        return Dialogue.objects.published().select_related("unit").with_opinion_figures()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the opinions that were published on purpose, and what became of the days named for them."""
        opinions = list(with_follow_up(self.object.opinions.public()).in_order())
        outcomes = [opinion.promise for opinion in opinions]
        promises = {outcome: outcomes.count(outcome) for outcome in Promise if outcome in outcomes}
        words = dict(Promise.choices)
        return super().get_context_data(
            opinions=opinions, promises=promises, words=words, sought="", **kwargs
        )


class OpinionListView(FilteredListView):
    """All published opinions: searched, narrowed to what was promised and what became of it."""

    template_name = "portal/opinion_list.html"
    filterset_class = OpinionFilter
    keyset_order = ("-id",)

    def get_queryset(self) -> QuerySet[Opinion]:
        """Return the published opinions that fit; the outcome of a promise is worked out in the same statement."""
        self.queryset = Opinion.objects.public().with_promise()
        return super().get_queryset()

    def rows_of(self, found: QuerySet) -> QuerySet:
        """Return the rows of a page with all that is shown of them."""
        return with_follow_up(found).select_related("dialogue__unit", "unit_in_charge")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add how the promises were kept, with the address of each: of all that fits, whatever outcome is chosen."""
        narrowed = self.request.GET.copy()
        for name in ("cursor", "promise"):
            narrowed.pop(name, None)
        found = OpinionFilter(narrowed, Opinion.objects.public()).qs
        promises = found.promises() if narrowed else kept(("promises",), found.promises)
        return super().get_context_data(
            promises=promises, words=dict(Promise.choices), sought=self.filterset.words, **kwargs
        )


def with_follow_up(opinions: QuerySet[Opinion]) -> QuerySet[Opinion]:
    """Return ``opinions`` with outcome and changes of status, and without anything that is not public."""
    moved = OpinionStep.objects.changes_of_status().only("opinion_id", "at", "from_status", "to_status")
    return (
        opinions.with_promise()
        .select_related("unit_in_charge")
        .defer("text", "author_name", "answer", "reason", "search")
        .prefetch_related(Prefetch("steps", queryset=moved, to_attr="follow_up"))
    )
