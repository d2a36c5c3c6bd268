"""Putting registrations onto the agenda of a session, out of a filtered list."""

from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.generic import View

from mobilization.appraisal import services
from mobilization.appraisal.filters import AgendaFilter
from mobilization.appraisal.models import CouncilSession
from mobilization.appraisal.services.sessions import agenda_candidates
from mobilization.appraisal.views.sessions import ROWS, SessionMixin
from mobilization.core.errors import DomainError
from mobilization.core.paging import KeysetPaginator

LONGEST_FILTER = 2_000


class AgendaView(SessionMixin, View):
    """What could come before the council, filtered; ticked rows or all rows of the filter come onto the agenda."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the candidates."""
        session = self.get_open()
        filterset = self.filtered(session, request.GET)
        found = self.rows(session, filterset).select_related("model", "unit__heir")
        page = KeysetPaginator(found, ("unit__sort_key", "pk"), ROWS).page(request.GET.get("cursor"))
        context = {
            "session": session,
            "filter_form": filterset.form,
            "page": page,
            "object_list": page.items,
            "total": self.rows(session, filterset).count(),
        }
        return render(request, "appraisal/agenda.html", context)

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Put them onto the agenda, and say how many."""
        session = self.get_open()
        query = request.POST.get("q", "")
        if len(query) > LONGEST_FILTER:
            raise Http404
        found = self.rows(session, self.filtered(session, QueryDict(query)))
        if request.POST.get("rows") != "all":
            ticked = request.POST.getlist("id")
            numbers = [int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 19]  # noqa: PLR2004 -- fits a bigint
            found = found.filter(pk__in=numbers)
        try:
            added = services.add_to_agenda(session, found.values_list("pk", flat=True), actor=request.user)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            return redirect("appraisal:agenda", pk=session.pk)
        told = ngettext(
            "%(n)d registration is on the agenda now.", "%(n)d registrations are on the agenda now.", added
        )
        messages.success(request, told % {"n": added})
        return redirect(session)

    def filtered(self, session: CouncilSession, data: QueryDict) -> AgendaFilter:
        """Return the filter over the candidates."""
        return AgendaFilter(data, queryset=agenda_candidates(session), request=self.request)

    def rows(self, session: CouncilSession, filterset: AgendaFilter) -> QuerySet:
        """Return the filtered rows; a filter that makes no sense finds nothing."""
        return filterset.qs if filterset.is_valid() else agenda_candidates(session).none()
