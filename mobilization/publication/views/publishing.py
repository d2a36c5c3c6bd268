"""Announcing: which decisions, what it will change and what not, under which document.

What the preview showed travels on signed; announced is just that, or nothing.
"""

import uuid
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from mobilization.core.errors import DomainError
from mobilization.core.views import PagePermissionMixin, add_refusal
from mobilization.publication.forms import PublishForm
from mobilization.publication.models import PendingDecision, Publication
from mobilization.publication.services import preview, publish
from mobilization.publication.views.pending import filtered

LONGEST_FILTER = 2_000
MOST = 5_000
SHOWN = 200
TICKET = "publication"
TICKET_LASTS = 2 * 3600


class PublishView(PagePermissionMixin, View):
    """GET: what announcing the chosen decisions would change, what cannot be announced and why. POST: announce."""

    page_permission = "publication.publish"

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the preview and ask for the document."""
        query = request.GET.get("q", "")
        if len(query) > LONGEST_FILTER:
            raise Http404
        found = self.chosen(query)[: MOST + 1]
        if not found:
            messages.warning(request, _("Tick at least one row, or choose all rows of the filter."))
            return redirect(_back(query))
        if len(found) > MOST:
            most = _("At most %(most)d at once. Please narrow the filter.") % {"most": MOST}
            messages.warning(request, most)
            return redirect(_back(query))
        campaign = found[0].registration.campaign
        form = PublishForm(initial=_suggested(request.user, campaign))
        return self.page(found, query, form)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Announce what was shown; words that are not right keep the choice."""
        asked = _asked(request)
        if asked is None:
            messages.error(request, _("This preview is too old. Please choose the rows again."))
            return redirect("publication:pending")
        token = uuid.UUID(asked["token"])
        made = Publication.objects.filter(token=token, published_by=request.user).first()
        if made is not None:
            return redirect(made)
        found = self.visible().filter(pk__in=asked["ids"]).in_words().in_order()
        form = PublishForm(request.POST)
        if not form.is_valid():
            return self.page(list(found), asked["q"], form, status=422)
        try:
            chosen = [PendingDecision(pk=pk) for pk in asked["ids"]]
            made = publish(chosen, **form.cleaned_data, actor=request.user, token=token)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.page(list(found), asked["q"], form, status=409)
        total = made.counts["total"]
        told = ngettext("%(n)d decision is announced.", "%(n)d decisions are announced.", total)
        messages.success(request, told % {"n": total})
        return redirect(made)

    def visible(self) -> QuerySet[PendingDecision]:
        """Return what waits and the user sees."""
        return PendingDecision.objects.pending().visible_to(self.request.user)

    def chosen(self, query: str) -> QuerySet[PendingDecision]:
        """Return the ticked rows of the list under its filter, or all of its rows."""
        filterset = filtered(self.request, QueryDict(query))
        found = filterset.qs if filterset.is_valid() else PendingDecision.objects.none()
        if self.request.GET.get("rows") != "all":
            ticked = self.request.GET.getlist("id")
            numbers = [int(one) for one in ticked if one.isascii() and one.isdigit() and len(one) < 19]  # noqa: PLR2004 -- fits a bigint
            found = found.filter(pk__in=numbers)
        return found.in_words().select_related("registration__campaign").in_order()

    def page(
        self, found: list[PendingDecision], query: str, form: PublishForm, *, status: int = 200
    ) -> HttpResponse:
        """Show what would be announced as everything stands now."""
        shown = preview(found, actor=self.request.user)
        ids = [pending.pk for pending in shown.will]
        context: dict[str, Any] = {
            "form": form,
            "will": shown.will[:SHOWN],
            "will_count": len(ids),
            "yes_count": sum(pending.recognises for pending in shown.will),
            "exemplary_count": sum(pending.exemplary for pending in shown.will),
            "cannot": shown.cannot[:SHOWN],
            "cannot_count": len(shown.cannot),
            "ticket": _ticket(self.request, ids, query) if ids else "",
            "back": _back(query),
        }
        return render(self.request, "publication/publish.html", context, status=status)


def _back(query: str) -> str:
    kept = QueryDict(query).copy()
    kept.pop("cursor", None)
    address = reverse("publication:pending")
    return f"{address}?{kept.urlencode()}" if kept else address


def _suggested(user: Any, campaign: Any) -> dict[str, str]:
    """Return what was written last time, to spare typing it."""
    last = Publication.objects.filter(published_by=user).newest_first().first()
    title = _("Recognition of models in %(campaign)s") % {"campaign": campaign}
    return {"title": title[:300], "body": last.body if last else ""}


def _ticket(request: HttpRequest, ids: list[int], query: str) -> str:
    told = {"user": request.user.pk, "ids": ids, "q": query, "token": str(uuid.uuid4())}
    return signing.dumps(told, salt=TICKET, compress=True)


def _asked(request: HttpRequest) -> dict[str, Any] | None:
    try:
        asked = signing.loads(request.POST.get("ticket", ""), salt=TICKET, max_age=TICKET_LASTS)
    except signing.BadSignature:
        return None
    return asked if asked["user"] == request.user.pk else None
