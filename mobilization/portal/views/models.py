"""The list of published models, and the life of one."""

from typing import Any

from django.db.models import Prefetch, QuerySet
from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.generic import DetailView, ListView

from awards.models import Award
from mobilization.accounts.states import Role
from mobilization.core.files import inline_picture
from mobilization.portal.facets import model_facets
from mobilization.portal.filters import ModelFilter
from mobilization.portal.lines import model_lines, rows_of
from mobilization.portal.views.lists import FilteredListView
from models_registry.lineage import family_of
from models_registry.models import Attachment, Registration, SkilledModel
from models_registry.services import thumbnail_of

ORDERS = {"": ("-year", "-id"), "oldest": ("year", "id")}


class ModelListView(FilteredListView):
    """Published registrations, newest first."""

    template_name = "portal/model_list.html"
    filterset_class = ModelFilter

    def get_queryset(self) -> QuerySet[Registration]:
        """Return the rows of the lines."""
        self.queryset = Registration.objects.published()
        return rows_of(super().get_queryset())

    def get_keyset_order(self) -> tuple[str, ...]:
        """Return the order that the address asks for, newest first otherwise."""
        return ORDERS[self._order()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the lines of the page and the order in force."""
        context = super().get_context_data(order=self._order(), **kwargs)
        context["lines"] = model_lines(context["page"].items, self.filterset.words)
        return context

    def _order(self) -> str:
        order = self.request.GET.get("order", "")
        return order if order in ORDERS else ""


class ModelCountsView(ListView):
    """Counts per filter value: a page of its own, fetched into the list where there is JavaScript."""

    template_name = "portal/model_counts.html"

    def get_queryset(self) -> list:
        """Return the filters with their counts; none beside a list that is empty for a filter that makes no sense."""
        filterset = ModelFilter(self.request.GET, Registration.objects.published())
        return model_facets(filterset, self.request.GET) if filterset.is_valid() else []


class ModelDetailView(DetailView):
    """One model over all its published years."""

    template_name = "portal/model_detail.html"
    context_object_name = "model"

    def get_object(self, queryset: QuerySet | None = None) -> SkilledModel:
        """Return the model, by the years of it that are published; 404 where none is."""
        self.years = list(
            Registration.objects.published()
            .filter(model__code=self.kwargs["code"])
            .select_related("model", "unit__heir")
            .with_recognitions()
            .prefetch_related(Prefetch("attachments", Attachment.objects.public(), to_attr="public_files"))
            .newest_first()
        )
        if not self.years:
            raise Http404
        return self.years[0].model

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the years (latest first), the awards, the pictures and files, the family."""
        years = self.years
        files = [file for year in years for file in year.public_files]
        return super().get_context_data(
            years=years,
            latest=years[0],
            awards=Award.objects.public().filter(registration__in=years).for_list().order_by("-year", "pk"),
            pictures=[file for file in files if file.is_picture],
            files=[file for file in files if not file.is_picture],
            family=family_of(self.object),
            may_replicate=self.may_replicate(),
            **kwargs,
        )

    def may_replicate(self) -> bool:
        """Tell whether the reader registers for a unit other than the model's own."""
        user = self.request.user
        if not user.is_authenticated:
            return False
        return any(unit.pk != self.years[0].unit.heir_id for unit in user.units_of(Role.OFFICIAL))


def model_file(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """Hand over a file that was made public; anything else is 404."""
    files = Attachment.objects.public().filter(registration__model__code=code)
    return get_object_or_404(files, pk=pk).as_attachment()


def model_thumbnail(request: HttpRequest, code: str, pk: int) -> FileResponse:
    """Show the small picture of a file that was made public; anything else is 404. Hidden again, it is gone at once."""
    files = Attachment.objects.public().filter(registration__model__code=code)
    small = thumbnail_of(get_object_or_404(files, pk=pk))
    if small is None:
        raise Http404
    return inline_picture(small, "image/webp", cache="no-cache")
