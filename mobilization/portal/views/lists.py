"""What all public lists share: filters from the address, their chips, paging by key."""

from typing import Any

from django.db.models import QuerySet
from django.views.generic import ListView

from mobilization.core.views import KeysetListMixin
from mobilization.portal.filters import PublicFilter


class FilteredListView(KeysetListMixin, ListView):
    """A public list with a filter set. The context gets ``filter``, ``page``, ``chips`` and ``object_list``."""

    filterset_class: type[PublicFilter]
    filterset: PublicFilter

    def get_queryset(self) -> QuerySet:
        """Return what the filters of the address leave; nothing where one of them makes no sense."""
        self.filterset = self.filterset_class(self.request.GET, super().get_queryset())
        return self.filterset.found()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter set and the chips of the filters in force."""
        return super().get_context_data(filter=self.filterset, chips=self._chips(), **kwargs)

    def _chips(self) -> list[tuple[str, str]]:
        """Return each filter in force as "label: value", with the address that does without it."""
        chips = []
        for name, value in self.filterset.chosen.items():
            field = self.filterset.form.fields[name]
            words = dict(getattr(field, "choices", ())) if name != "unit" else {}
            rest = self.request.GET.copy()
            rest.pop("cursor", None)
            rest.pop(name, None)
            text = (
                str(field.label)
                if name in {"recognised", "exemplary"}
                else f"{field.label}: {words.get(value, value)}"
            )
            chips.append((text, f"?{rest.urlencode()}"))
        return chips
