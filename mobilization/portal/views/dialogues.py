"""Published dialogues, their figures, their published opinions and answers."""

from typing import Any

from django.db.models import QuerySet
from django.views.generic import DetailView

from dialogues.models import Dialogue
from mobilization.portal.filters import DialogueFilter
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
        """Add the opinions that were published on purpose, by their public texts."""
        opinions = (
            self.object.opinions.public()
            .select_related("unit_in_charge")
            .defer("text", "author_name", "search")
        )
        return super().get_context_data(opinions=opinions.in_order(), **kwargs)
