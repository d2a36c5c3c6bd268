"""My units × this campaign: who owes what, as a table and as a file, and reminding those who owe."""

from collections.abc import Iterator
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from mobilization.accounts.scopes import in_scope, scope_units
from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.core.exports import Sheet, stream_csv, stream_xlsx
from mobilization.core.templatetags.portal import number, share
from mobilization.core.views import PagePermissionMixin
from mobilization.units.models import Unit
from models_registry import matrix
from models_registry.filters import LATE, REGISTERED, SENT_BACK, TO_PROPOSE
from models_registry.forms.matrix import MatrixForm, RemindForm
from models_registry.matrix import DRAFTS, Debts, Line, Owed
from models_registry.models import Campaign
from models_registry.querysets import READERS
from models_registry.services.reminding import remind, reminders
from models_registry.states import State
from models_registry.views.campaigns import in_reach
from models_registry.windows import standings_of

LEADS_TO = {
    "registered": REGISTERED,
    "waiting": State.SUBMITTED,
    "returned": SENT_BACK,
    "accepted": State.ACCEPTED,
    "reported": State.REPORTED,
    "recognised": State.RECOGNISED,
    "late": LATE,
}
"""The filter of the list behind each number. Behind drafts there is none: nobody sees another unit's draft."""


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
    def lines(self) -> list[Line]:
        """Return the filtered lines in the order of the address; a filter that makes no sense finds nothing."""
        if not self.form.is_valid():
            return []
        chosen = self.form.cleaned_data
        found = matrix.narrowed(self.everything, parent=chosen.get("parent"), text=chosen["q"])
        return matrix.ordered(found, self.asked.get("sort", ""))


class MatrixView(MatrixMixin, View):
    """The table."""

    def get(self, request: HttpRequest) -> HttpResponseBase:
        """Answer the page, or with ``?export=xlsx|csv`` all filtered rows as a file."""
        kind = request.GET.get("export")
        if kind in {"xlsx", "csv"} and self.campaign:
            return self.export(kind)
        windows = list(self.campaign.windows.all()) if self.campaign else []
        today = timezone.localdate()
        extensions = self.campaign.extensions.in_force(today) if self.campaign else ()
        debts = Debts.of(windows, today, extensions)
        user = request.user
        lines = [(line, self.cells(line, f"&unit={line.pk}"), debts.by(line)) for line in self.lines]
        total = matrix.total_of(self.lines)
        context = {
            "campaign": self.campaign,
            "filter_form": self.form,
            "lines": [(line, cells, owed, owed_words(owed)) for line, cells, owed in lines],
            "total": self.cells(total, "" if self.leads_everywhere() else None),
            "heads": self.heads(),
            "owing": sum(bool(owed) for _line, _cells, owed in lines),
            "shows_parents": "parent" in self.form.fields,
            "standing": standings_of(windows, today),
            "may_remind": user.has_perm("models_registry.remind_units"),
            "upward": self.upward() if user.has_role(Role.REVIEWER) else "",
        }
        return render(request, "models_registry/matrix.html", context)

    def cells(self, line: Line, where: str | None) -> list[tuple[str, str, str]]:
        """Return (heading, what it says, where it leads) of each number of a line; ``where`` None leads nowhere."""
        headings = dict(columns())
        base = f"{reverse('models_registry:list')}?year={self.campaign.year if self.campaign else ''}{where}&state="
        found = []
        for name, heading in headings.items():
            value = matrix.value_of(line, name)
            said = share(value) if name == matrix.SHARE else number(value)
            leads = where is not None and value and name in LEADS_TO
            found.append(
                (heading, said if value is not None else "–", base + LEADS_TO[name] if leads else "")
            )
        return found

    def leads_everywhere(self) -> bool:
        """Tell whether the list, without naming a unit, finds just what the totals count."""
        if len(self.lines) != len(self.everything):
            return False
        units = self.request.user.units_of(Role.OFFICIAL)
        return all(in_scope(self.request.user, unit, *READERS) for unit in units)

    def heads(self) -> list[dict[str, Any]]:
        """Return the headings of the columns, each with the order that it leads to and the one in force."""
        now = self.request.GET.get("sort", "")
        found = []
        for name, heading in [(matrix.NAME, _("Unit")), *columns()]:
            first, second = (name, f"-{name}") if name == matrix.NAME else (f"-{name}", name)
            order = {name: "ascending", f"-{name}": "descending"}.get(now, "")
            found.append({"label": heading, "sort": second if now == first else first, "order": order})
        return found

    def upward(self) -> str:
        """Return where the recognised models of the area are sent upward, all in one act."""
        year = self.campaign.year if self.campaign else ""
        chosen = {"list": "list", "act": "propose", "rows": "all"}
        chosen["q"] = urlencode({"year": year, "state": TO_PROPOSE})
        return f"{reverse('models_registry:bulk')}?{urlencode(chosen)}"

    def export(self, kind: str) -> HttpResponse:
        """Answer all filtered rows; that somebody took them is logged."""
        data = {"filter": self.request.GET.urlencode()[:500], "format": kind}
        log.record(
            "campaign.export",
            actor=self.request.user,
            target=self.campaign,
            unit=self.campaign.city,
            data=data,
        )
        header = [_("Unit code"), _("Unit"), _("Directly under"), *(heading for _name, heading in columns())]
        filename = f"units-{self.campaign.year}-{timezone.localdate():%Y-%m-%d}.{kind}"
        if kind == "csv":
            return stream_csv(filename, header, self.exported())
        return stream_xlsx(filename, [Sheet("DVK", header, self.exported())])

    def exported(self) -> Iterator[list[Any]]:
        """Yield a row of the file for each line; a share is a number of percent."""
        for line in self.lines:
            values = (matrix.value_of(line, name) for name, _heading in columns())
            row = [round(value * 100, 1) if isinstance(value, float) else value for value in values]
            yield [line.code, line.name, line.parent_name, *row]


class RemindView(MatrixMixin, View):
    """Who will be reminded of what, shown first; then the messages."""

    page_permission = "models_registry.remind_units"
    roles = (Role.REVIEWER, Role.CITY_STAFF)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the recipients; nothing is sent yet."""
        return self.answer(RemindForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send to those that were shown and still owe something."""
        form = RemindForm(request.POST)
        if not form.is_valid():
            return self.answer(form, status=422)
        told = remind(self.campaign, self.found, actor=request.user, words=form.cleaned_data["words"])
        said = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", told) % {"n": told}
        messages.success(request, said if told else _("Nobody was left to be reminded today."))
        return redirect(f"{reverse('models_registry:units')}?campaign={self.campaign.pk}")

    @cached_property
    def found(self) -> list:
        """Return the reminders to the ticked units, or to all filtered ones that owe something."""
        if self.campaign is None:
            raise Http404
        lines = self.lines
        if self.asked.get("rows") != "all":
            ticked = set(self.asked.getlist("id"))
            lines = [line for line in lines if str(line.pk) in ticked]
        return reminders(self.campaign, lines)

    def answer(self, form: RemindForm, *, status: int = 200) -> HttpResponse:
        """Show the page."""
        found = [(one, owed_words(one.owed)) for one in self.found]
        context = {
            "campaign": self.campaign,
            "form": form,
            "reminders": found,
            "going": [one for one, _words in found if one.goes_out],
            "people": len({user.pk for one, _words in found if one.goes_out for user in one.people}),
            "nobody": sum(not one.people for one, _words in found),
        }
        return render(self.request, "models_registry/remind.html", context, status=status)


def columns() -> list[tuple[str, str]]:
    """Return name and heading of each column of numbers, in the language of the page."""
    return [
        ("target", _("Target")), ("registered", _("Registered")), (matrix.SHARE, _("Of the target")),
        (DRAFTS, _("Drafts")), ("waiting", _("Waiting")), ("returned", _("Returned")),
        ("accepted", _("Being carried out")), ("reported", _("Results reported")), ("recognised", _("Recognised")),
        ("late", _("Late")),
    ]  # fmt: skip


def owed_words(owed: Owed) -> list[str]:
    """Return what a unit owes, each piece in words."""
    said = (
        (owed.missing, _("%(n)d to register")),
        (owed.returned, _("%(n)d to complete")),
        (owed.unreported, _("%(n)d to report")),
    )
    return [words % {"n": count} for count, words in said if count]
