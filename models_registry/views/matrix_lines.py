"""Which units × which campaign an address asks for, and what each of them owes: for the table and for reminding."""

from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils.translation import gettext as _

from mobilization.accounts.scopes import scope_units
from mobilization.core.views import PagePermissionMixin
from mobilization.units.models import Unit
from models_registry import matrix
from models_registry.forms.matrix import MatrixForm
from models_registry.matrix import Line, Owed
from models_registry.models import Campaign
from models_registry.querysets import READERS
from models_registry.views.campaigns import in_reach


class MatrixMixin(PagePermissionMixin):
    """The lines that the address asks for, within the reach of ``roles``."""

    page_permission = "models_registry.view_matrix"
    roles: tuple[str, ...] = READERS

    @cached_property
    def campaigns(self) -> list[Campaign]:
        """Return the campaigns that can be chosen, the latest first."""
        return list(in_reach(self.request.user).select_related("city"))

    @cached_property
    def campaign(self) -> Campaign | None:
        """Return the campaign of the address, else the latest that was opened; None where there is none at all.

        Raises ``Http404`` where the address names one that is not there.
        """
        asked = self.asked.get("campaign")
        if asked:
            found = next((one for one in self.campaigns if str(one.pk) == asked), None)
            if found is None:
                raise Http404
            return found
        opened = (one for one in self.campaigns if one.is_open())
        return next(opened, None) or next(iter(self.campaigns), None)

    @property
    def asked(self) -> Any:
        """Return the words of the address, or of the form that was sent."""
        return self.request.POST if self.request.method == "POST" else self.request.GET

    @cached_property
    def scope(self) -> QuerySet[Unit]:
        """Return the units in reach."""
        return scope_units(self.request.user, *self.roles)

    @cached_property
    def everything(self) -> list[Line]:
        """Return all lines of the campaign in reach."""
        return matrix.lines_of(self.campaign, self.scope) if self.campaign else []

    @cached_property
    def form(self) -> MatrixForm:
        """Return the filter, bound to the address."""
        data = {name: self.asked.get(name, "") for name in ("q", "parent")}
        data["campaign"] = str(self.campaign.pk) if self.campaign else ""
        return MatrixForm(data, campaigns=self.campaigns, lines=self.everything)

    @cached_property
    def narrowed(self) -> list[Line]:
        """Return the filtered lines in the order of the units; a filter that makes no sense finds nothing."""
        if not self.form.is_valid():
            return []
        chosen = self.form.cleaned_data
        return matrix.narrowed(self.everything, parent=chosen.get("parent"), text=chosen["q"])

    @cached_property
    def lines(self) -> list[Line]:
        """Return the filtered lines in the order of the address."""
        return matrix.ordered(self.narrowed, self.asked.get("sort", ""))


def owed_words(owed: Owed) -> list[str]:
    """Return what a unit owes, each piece in words."""
    said = (
        (owed.missing, _("%(n)d to register")),
        (owed.returned, _("%(n)d to complete")),
        (owed.unreported, _("%(n)d to report")),
    )
    return [words % {"n": count} for count, words in said if count]
