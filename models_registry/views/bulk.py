"""Acts on many registrations: chosen in a list, shown beforehand, done, told.

The address of the first page carries the choice (the list, its filter, the ticked ids or all rows), which is looked up
again within what the user sees; nothing outside of it is ever reached. What the preview showed travels on signed: the
rows with the versions that were seen.
"""

import copy
import uuid
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import View

from mobilization.core.errors import DomainError
from mobilization.core.lists import StaffListMixin
from mobilization.core.views import add_refusal
from mobilization.jobs.models import Job
from models_registry.forms.bulk import BulkForm, LeaveOutForm, form_of
from models_registry.models import Registration
from models_registry.services import bulk
from models_registry.services.bulk import BulkAct, Preview
from models_registry.views.lists import RegistrationListView, ReviewQueueView

LISTS: dict[str, tuple[type[StaffListMixin], str]] = {
    "list": (RegistrationListView, "models_registry:list"),
    "queue": (ReviewQueueView, "models_registry:queue"),
}
"""Lists of registrations in which rows are chosen: the view, and the name of its address."""
LONGEST_FILTER = 2_000
SHOWN = 200
"""Rows of a table of this page; the numbers above it count all."""
TICKET = "models_registry.bulk"
TICKET_LASTS = 2 * 3600


def register_list(view: type[StaffListMixin], address: str) -> None:
    """Let rows be chosen in a list of registrations of a room above, under its ``name``."""
    LISTS[view.name] = (view, address)


@dataclass(frozen=True)
class Choice:
    """Which rows of which list, under which filter: ``ids`` is None for all of them."""

    list: str
    query: str
    ids: tuple[int, ...] | None

    @classmethod
    def of(cls, data: QueryDict) -> "Choice":
        """Read the choice out of an address; raises ``Http404`` for a list that there is none of."""
        name, query = data.get("list", ""), data.get("q", "")
        if name not in LISTS or len(query) > LONGEST_FILTER:
            raise Http404
        if data.get("rows") == "all":
            return cls(name, query, None)
        ticked = (text for text in data.getlist("id") if text.isascii() and text.isdigit())
        return cls(name, query, tuple(sorted({int(text) for text in ticked if len(text) < 19})))  # noqa: PLR2004 -- fits a bigint

    @property
    def back(self) -> str:
        """Return the address of the list, with its filter."""
        kept = QueryDict(self.query).copy()
        kept.pop("cursor", None)
        address = reverse(LISTS[self.list][1])
        return f"{address}?{kept.urlencode()}" if kept else address

    def rows(self, request: HttpRequest) -> QuerySet[Registration]:
        """Return the chosen rows, as the list would find them for this user today."""
        asked = copy.copy(request)
        asked.GET = QueryDict(self.query)
        view = LISTS[self.list][0]()
        view.setup(asked)
        found = view.get_queryset().order_by(*view.get_keyset_order())
        return found if self.ids is None else found.filter(pk__in=self.ids)


class BulkView(View):
    """What an act would do to the chosen rows, which it cannot be done to and why, and the words that it takes."""

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the preview; nothing is done yet."""
        act, choice = _act(request, request.GET.get("act", "")), Choice.of(request.GET)
        rows = choice.rows(request)
        count = len(choice.ids) if choice.ids is not None else rows[: bulk.MOST + 1].count()
        if not count:
            messages.warning(request, _("Tick at least one row, or choose all rows of the filter."))
            return redirect(choice.back)
        if count > bulk.MOST:
            most = _("At most %(most)d at once. Please narrow the filter.") % {"most": bulk.MOST}
            messages.warning(request, most)
            return redirect(choice.back)
        shown = bulk.preview(rows, act, actor=request.user)
        gone = count - len(shown.will) - len(shown.cannot) if choice.ids is not None else 0
        ticket = _ticket(request, act, choice, [(one.pk, one.version) for one in shown.will])
        return _page(request, act, choice.back, ticket, form_of(act.code)(user=request.user), shown, gone)


class BulkDoView(View):
    """Do what the preview showed."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest) -> HttpResponse:
        """Take the words, do it, and lead to the outcome; words that are not right keep the choice."""
        ticket = request.POST.get("ticket", "")
        asked = _asked(request, ticket)
        if asked is None:
            messages.error(request, _("This preview is too old. Please choose the rows again."))
            return redirect("models_registry:list")
        act = _act(request, asked["act"])
        form = form_of(act.code)(request.POST, user=request.user)
        leaving = LeaveOutForm(request.POST, rows=[pk for pk, _version in asked["rows"]])
        if not (form.is_valid() & leaving.is_valid()):
            return self.again(request, act, asked, ticket, form, leaving, 422)
        left_out = {*request.POST.getlist("leave"), *map(str, leaving.left_out)}
        rows = [(pk, version) for pk, version in asked["rows"] if str(pk) not in left_out]
        if not rows:
            messages.warning(request, _("You left everything out. Nothing was changed."))
            return redirect(asked["back"])
        back, token = asked["back"], asked["token"]
        try:
            job = bulk.carry_out(act, rows, form.words(), actor=request.user, back=back, token=token)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.again(request, act, asked, ticket, form, leaving, 409)
        return redirect("models_registry:bulk_result", pk=job.pk)

    def again(
        self,
        request: HttpRequest,
        act: BulkAct,
        asked: dict,
        ticket: str,
        form: BulkForm,
        leaving: LeaveOutForm,
        status: int,
    ) -> HttpResponse:
        """Show the preview again, as the rows stand now, with what was typed."""
        found = Registration.objects.visible_to(request.user)
        found = found.filter(pk__in=[pk for pk, _version in asked["rows"]])
        shown = bulk.preview(found, act, actor=request.user)
        left_out = request.POST.getlist("leave")
        more = {"leaving": leaving, "left_out": left_out, "status": status}
        return _page(request, act, asked["back"], ticket, form, shown, 0, **more)


class BulkResultView(View):
    """What was done, what was left out and why; leads back to the list as it was filtered."""

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """Show the outcome, or how far it is."""
        job = get_object_or_404(Job, pk=pk, kind=bulk.BULK, actor=request.user)
        act = bulk.find(job.payload["act"])
        if act is None or not request.user.has_perm(act.perm):
            raise Http404
        result = job.result or {"done": [], "skipped": []}
        reasons = dict(result["skipped"][:SHOWN])
        wanted = [*result["done"][:SHOWN], *reasons]
        seen = Registration.objects.visible_to(request.user).filter(pk__in=wanted)
        rows = {row.pk: row for row in seen.select_related("model", "unit__heir")}
        context = {
            "act": act,
            "job": job,
            "back": job.payload["back"],
            "done_count": len(result["done"]),
            "skipped_count": len(result["skipped"]),
            "done": [rows[one] for one in result["done"][:SHOWN] if one in rows],
            "skipped": [(rows[one], reason) for one, reason in reasons.items() if one in rows],
        }
        return render(request, "models_registry/bulk_result.html", context)


def _act(request: HttpRequest, code: str) -> BulkAct:
    act = bulk.find(code)
    if act is None or not request.user.has_perm(act.perm):
        raise Http404
    return act


def _ticket(request: HttpRequest, act: BulkAct, choice: Choice, rows: list[tuple[int, int]]) -> str:
    told = {"user": request.user.pk, "act": act.code, "back": choice.back, "rows": rows}
    return signing.dumps(told | {"token": str(uuid.uuid4())}, salt=TICKET, compress=True)


def _asked(request: HttpRequest, ticket: str) -> dict[str, Any] | None:
    try:
        asked = signing.loads(ticket, salt=TICKET, max_age=TICKET_LASTS)
    except signing.BadSignature:
        return None
    return asked if asked["user"] == request.user.pk else None


def _page(
    request: HttpRequest,
    act: BulkAct,
    back: str,
    ticket: str,
    form: BulkForm,
    shown: Preview,
    gone: int,
    *,
    leaving: LeaveOutForm | None = None,
    left_out: Collection[str] = (),
    status: int = 200,
) -> HttpResponse:
    context = {
        "act": act,
        "back": back,
        "ticket": ticket,
        "form": form,
        "will": shown.will[:SHOWN],
        "will_count": len(shown.will),
        "cannot": shown.cannot[:SHOWN],
        "cannot_count": len(shown.cannot),
        "reasons": Counter(reason for _row, reason in shown.cannot).most_common(8),
        "gone": gone,
        "leaving": leaving or LeaveOutForm(rows=()),
        "leave_by_code": len(shown.will) > SHOWN or bool(leaving and leaving.errors),
        "left_out": [one.pk for one in shown.will if str(one.pk) in left_out],
    }
    return render(request, "models_registry/bulk_preview.html", context, status=status)
