"""Units for staff: those in force on a day, and the life of each."""

import datetime
from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView

from mobilization.audit import acts
from mobilization.audit.exporting import ExportMixin
from mobilization.audit.models import AuditEntry
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import FilteredMixin, ObjectPermissionMixin, PagePermissionMixin
from mobilization.units import exports
from mobilization.units.filters import UnitFilter
from mobilization.units.models import Unit
from mobilization.units.plan_files import UNIT_COLUMNS
from mobilization.units.querysets import UnitQuerySet


class UnitListView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """Units in force on a day, in Vietnamese order; as a file with the columns from which they are loaded."""

    page_permission = "units.view_unit"
    filterset_class = UnitFilter
    template_name = "units/list.html"
    keyset_order = ("sort_key", "valid_from", "id")
    orders = {
        "name": Order(gettext_lazy("Name"), ("sort_key", "valid_from", "id")),
        "code": Order(gettext_lazy("Code"), ("code", "valid_from", "id")),
    }
    columns = {
        "code": gettext_lazy("Code"),
        "kind": gettext_lazy("Kind"),
        "under": gettext_lazy("Under"),
        "seat": gettext_lazy("Seat"),
        "population": gettext_lazy("Population"),
        "area": gettext_lazy("Area (km²)"),
        "life": gettext_lazy("In force"),
    }
    usual_columns = ("code", "kind", "under", "life")
    export_act, export_name = "unit.export", "units"

    def scoped(self) -> UnitQuerySet:
        """Return all units: they are public."""
        return Unit.objects.all()

    def export_header(self) -> tuple[str, ...]:
        """Return the headings of the shipped file."""
        return UNIT_COLUMNS

    def export_rows(self, found: UnitQuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.rows(found)

    def get_queryset(self) -> UnitQuerySet:
        """Return the filtered units with the unit above each."""
        return super().get_queryset().select_related("parent")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter, its day, and whether one may reorganise."""
        return super().get_context_data(
            filter_form=self.filterset.form,
            on=self.filterset.on_date,
            words=self.request.GET.get("q", ""),
            may_reorganise=self.request.user.has_perm("units.reorganise_units"),
            **kwargs,
        )


class UnitDetailView(ObjectPermissionMixin, DetailView):
    """One life of a unit: where it hung, what hung under it, what it was formed from and became."""

    model = Unit
    template_name = "units/detail.html"
    permission_required = "units.view_unit"

    def get_queryset(self) -> UnitQuerySet:
        """Return the units with what the page says of their neighbours."""
        return Unit.objects.select_related("parent", "heir")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the neighbours in the tree and in time."""
        unit = self.object
        day = _day_of(unit)
        return super().get_context_data(
            day=day,
            crumbs=[(_("Units"), reverse("units:list"))],
            ancestors=Unit.objects.ancestors_of(unit),
            children=unit.children.in_force(day),
            formed_from=unit.formed_from.select_related("predecessor"),
            became=unit.became.select_related("successor"),
            steps=_steps(unit),
            **kwargs,
        )


def _day_of(unit: Unit) -> datetime.date:
    """Return the day as of which the unit is shown: today, or the first or last day of its life."""
    today = timezone.localdate()
    if unit.valid_to and unit.valid_to <= today:
        return unit.valid_to - datetime.timedelta(days=1)
    return max(unit.valid_from, today)


def _steps(unit: Unit) -> list[dict[str, Any]]:
    return [
        {
            "label": acts.label_of(entry.act),
            "at": entry.at,
            "actor": entry.actor or _("The portal itself"),
            "words": _corrected(entry.data["new"]) if entry.act == "unit.amend" else "",
        }
        for entry in AuditEntry.objects.of(unit).select_related("actor")
    ]


def _corrected(values: dict[str, Any]) -> str:
    return "; ".join(f"{Unit._meta.get_field(name).verbose_name}: {value}" for name, value in values.items())
