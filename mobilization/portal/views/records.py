"""The records behind a figure: what anybody may read of them, and how many there are that only staff read."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.generic import ListView

from awards.models import Award
from dialogues.models import Dialogue, Opinion
from mobilization.accounts.scopes import scope_units
from mobilization.core.views import KeysetListMixin
from mobilization.portal.choices import basis_and_scope, dimension_of, unit_of, year_of
from mobilization.portal.record_lines import RecordLine, lines_of, readable_of
from mobilization.statistics import corrections, readers
from mobilization.statistics.behind import Behind, Figured, Pile
from mobilization.statistics.measures import MEASURES, key_labels
from mobilization.statistics.permissions import ASKERS
from mobilization.statistics.reports.board import labels_of
from mobilization.statistics.states import Basis, Dimension, Scope
from mobilization.statistics.themes import theme_of
from models_registry.models import Recognition, Registration

JOINED: dict[type[Model], tuple[str, ...]] = {
    Registration: ("unit", "model"),
    Recognition: ("registration__unit", "registration__model"),
    Dialogue: ("unit",),
    Opinion: ("dialogue__unit",),
    Award: ("unit", "form", "decision"),
}

ORDERS: dict[type[Model], tuple[str, ...]] = {
    Registration: ("-year", "-id"),
    Dialogue: ("-held_on", "-id"),
    Award: ("-year", "-id"),
}

COUNTED_WITH: dict[type[Model], Callable[[Any], Model]] = {
    Recognition: lambda one: one.registration,
    Opinion: lambda one: one.dialogue,
    Award: lambda one: one.decision,
}
"""The record that a closed year locks, where that is another one than is counted."""


class RecordsView(KeysetListMixin, ListView):
    """The records that a figure counts, as far as the reader may read them; the rest is told in words."""

    template_name = "portal/statistics/records.html"

    def get_queryset(self) -> QuerySet:
        """Return the records of the pile that the address names. A measure that is none is 404."""
        self.figured = self._figured()
        self.behind = Behind(self.figured)
        self.numbers = [pile.number() for pile in self.behind.piles]
        part = self.request.GET.get("part", "")
        most = self.numbers.index(max(self.numbers))
        self.place = int(part) if part in map(str, range(len(self.numbers))) else most
        return readable_of(self.pile.records, self.request.user)

    @property
    def pile(self) -> Pile:
        """The records of the page."""
        return self.behind.piles[self.place]

    def _figured(self) -> Figured:
        query = self.request.GET
        measure, unit = MEASURES.get(query.get("measure", "")), unit_of(query.get("unit", ""))
        year = year_of(query.get("year", ""), readers.computed_years(readers.city_of(unit)))
        if measure is None or year is None:
            raise Http404
        basis, scope = basis_and_scope(query)
        dimension, key = dimension_of(query.get("by", "")), query.get("key", "")
        if dimension not in measure.dimensions or key not in key_labels(dimension):
            dimension, key = Dimension.NONE, ""
        self.status = readers.year_status(year, unit)
        on = timezone.localdate(self.status.computed_at)
        return Figured(measure, year, unit, basis, scope, dimension, key, on)

    def get_keyset_order(self) -> tuple[str, ...]:
        """Return the newest first."""
        return ORDERS.get(self.pile.records.model, ("-id",))

    def rows_of(self, found: QuerySet) -> QuerySet:
        """Return the rows with what a line shows."""
        return found.select_related(*JOINED[found.model])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the figure, what stands behind it, and the lines of the page."""
        context = super().get_context_data(**kwargs)
        figured, pile = self.figured, self.pile
        number = readers.number_of(figured)
        total = pile.records.count() if pile.value else self.numbers[self.place]
        shown = self.object_list.count()
        return context | {
            "figured": figured,
            "number": number,
            "key_label": labels_of(figured.dimension, figured.year)[figured.key] if figured.key else "",
            "basis_label": Basis(figured.basis).label,
            "scope_label": Scope(figured.scope).label,
            "lines": self._lines(context["page"].items),
            "kind": pile.records.model._meta.model_name,
            "adds_up": bool(pile.value),
            "counted": sum(self.numbers),
            "total": total,
            "shown": shown,
            "hidden": total - shown,
            "divided": self.behind.divided,
            "parts": self._parts(),
            "back": self._back(),
            "status": self.status,
        }

    def _lines(self, records: list[Model]) -> list[RecordLine]:
        user, figured = self.request.user, self.figured
        lines = lines_of(records, user, self.pile.value)
        if not (self.status.final and user.is_authenticated and user.has_perm("statistics.ask_correction")):
            return lines
        corrected = [COUNTED_WITH.get(type(record), lambda one: one)(record) for record in records]
        own = scope_units(user, *ASKERS).filter(pk__in=[one.unit_id for one in corrected])
        own = set(own.values_list("pk", flat=True))
        about = {"measure": figured.measure.code, "unit": figured.unit.pk, "year": figured.year}
        form = reverse("statistics:correction_new")
        return [
            replace(line, correct=f"{form}?{urlencode({'record': corrections.word_of(one), **about})}")
            if one.unit_id in own
            else line
            for line, one in zip(lines, corrected, strict=True)
        ]

    def _parts(self) -> list[tuple[str, int, str, bool]]:
        if len(self.behind.piles) == 1:
            return []
        query = self.request.GET.copy()
        query.pop("cursor", None)
        found = []
        for place, (pile, number) in enumerate(zip(self.behind.piles, self.numbers, strict=True)):
            query["part"] = place
            label = _("Totals of dialogues") if pile.value else pile.records.model._meta.verbose_name_plural
            found.append((label, number, f"?{query.urlencode()}", place == self.place))
        return found

    def _back(self) -> str:
        figured = self.figured
        about = theme_of(figured.measure.code).about
        asked = {
            "year": figured.year,
            "unit": figured.unit.pk,
            "basis": figured.basis,
            "scope": figured.scope,
        }
        return urlencode(asked | {"about": about})
