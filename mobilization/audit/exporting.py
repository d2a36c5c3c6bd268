"""All filtered rows of a list as a file; the log keeps who took them away, and by which filters."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from mobilization.audit import log
from mobilization.core.exports import Sheet, stream_csv, stream_xlsx

FORMATS = ("xlsx", "csv")


class ExportMixin:
    """A list (``StaffListMixin`` behind it) that answers ``?export=xlsx|csv`` with all its rows, in its order.

    ``export_act`` is recorded with the names of the filters in use, never with what was typed into them.
    ``export_name`` is what the file is called.
    """

    export_act = ""
    export_name = ""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Answer the page, or the file."""
        kind = request.GET.get("export")
        return self.export(kind) if kind in FORMATS else super().get(request, *args, **kwargs)

    def export(self, kind: str) -> HttpResponseBase:
        """Record, then answer the file while its rows are read."""
        found = self.get_queryset().order_by(*self.get_keyset_order())
        data = {"filters": self.filters_set(), "format": kind}
        log.record(self.export_act, actor=self.request.user, target=None, data=data)
        name = f"{self.export_name}-{timezone.localdate():%Y-%m-%d}.{kind}"
        header, rows = self.export_header(), self.export_rows(found)
        return (
            stream_csv(name, header, rows)
            if kind == "csv"
            else stream_xlsx(name, [Sheet("DVK", header, rows)])
        )

    def export_header(self) -> Sequence[str]:
        """Return the headings, in the language of the page."""
        raise NotImplementedError

    def export_rows(self, found: QuerySet) -> Iterable[Sequence[Any]]:
        """Yield a row of the file for each of ``found``, in constant memory."""
        raise NotImplementedError

    def filters_set(self) -> list[str]:
        """Return the names of the filters in use; none for a list without filters."""
        return super().filters_set() if hasattr(super(), "filters_set") else []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the formats that the page offers."""
        return super().get_context_data(export_formats=FORMATS, **kwargs)
