"""Acts on many nominations: chosen in the list, shown beforehand, done, told.

The choice (ticked ids, or all rows of the filter) is looked up again within what the user sees. What the preview
showed travels on signed, with the versions that were seen; the acts themselves check every row once more.
"""

import uuid
from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core import signing
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from awards.filters import NominationFilter
from awards.forms.judging import ApproveForm, DrawForm
from awards.models import Decision, Nomination
from awards.nominating import many
from awards.nominating.moving import Row
from awards.nominating.titling import subject_of
from awards.states import NominationAct
from awards.views.asked import ids
from awards.views.many_acts import ACTS, ManyAct, Preview, onward, preview, words_of
from mobilization.accounts.services.sending import send_once
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import add_refusal
from mobilization.jobs.models import Job

SHOWN = 100
REASONS_TOLD = 5
"""So many sentences are told one by one; of the others, how many rows they concern."""
LONGEST_FILTER = 2_000
TICKET = "awards.nominations"
TICKET_LASTS = 2 * 3600


def chosen(request: HttpRequest, data: QueryDict) -> QuerySet[Nomination]:
    """Return the nominations that ``data`` chooses (``id`` ticked, or ``rows=all`` of the filter ``q``), in scope."""
    query = data.get("q", "")
    if len(query) > LONGEST_FILTER:
        raise Http404
    seen = Nomination.objects.visible_to(request.user)
    if data.get("rows") == "all":
        asked = NominationFilter(QueryDict(query), seen, request=request)
        seen = asked.qs if asked.is_valid() else seen.none()
    else:
        seen = seen.filter(pk__in=ids(data.getlist("id")))
    return with_all(seen)


def back_to(query: str) -> str:
    """Return the address of the list, with its filter."""
    kept = QueryDict(query[:LONGEST_FILTER]).copy()
    kept.pop("cursor", None)
    address = reverse("awards:nominations")
    return f"{address}?{kept.urlencode()}" if kept else address


class NominationBulkView(StaffRequiredMixin, View):
    """What an act would do to the chosen rows, which it cannot be done to and why, and the words that it takes."""

    page_permission = "awards.view_nominations"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the preview; nothing is done yet."""
        act, back = _act(request, request.GET.get("act", "")), back_to(request.GET.get("q", ""))
        rows = list(chosen(request, request.GET)[: many.MOST + 1])
        if not rows:
            messages.warning(request, _("Tick at least one row, or choose all rows of the filter."))
            return redirect(back)
        if len(rows) > many.MOST:
            messages.warning(
                request, _("At most %(most)d at once. Please narrow the filter.") % {"most": many.MOST}
            )
            return redirect(back)
        shown = preview(rows, act, request.user)
        asked = {"act": act.code, "back": back, "user": request.user.pk, "token": str(uuid.uuid4())}
        asked["rows"] = [(row.pk, row.version) for row in shown.will]
        ticket = signing.dumps(asked, salt=TICKET, compress=True)
        return self.page(act, back, ticket, self.new_form(act, shown), shown)

    def post(self, request: HttpRequest) -> HttpResponse:
        """Do what the preview showed, once; words that are not right keep the choice."""
        ticket = request.POST.get("ticket", "")
        asked = _asked(request, ticket)
        if asked is None:
            messages.error(request, _("This preview is too old. Please choose the rows again."))
            return redirect("awards:nominations")
        act = _act(request, asked["act"])
        here = Nomination.objects.visible_to(request.user).filter(
            pk__in=[pk for pk, _version in asked["rows"]]
        )
        # The permissions of each row, as they are now: a position may have ended since.
        shown = preview(list(with_all(here)), act, request.user)
        form = self.new_form(act, shown, request.POST, request.FILES)
        if not form.is_valid():
            return self.page(act, asked["back"], ticket, form, shown, 422)

        def write() -> str:
            return self.carry_out(act, asked, form, shown) or asked["back"]

        try:
            then, _first = send_once(request.user, uuid.UUID(asked["token"]), write)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.page(act, asked["back"], ticket, form, shown, 409)
        return redirect(then)

    def carry_out(self, act: ManyAct, asked: dict[str, Any], form: BaseForm, shown: Preview) -> str:
        """Do it to what may be done still, tell, and return where to go on."""
        allowed = {row.pk for row in shown.will}
        rows = [(pk, version) for pk, version in asked["rows"] if pk in allowed]
        if not rows:
            messages.error(self.request, _("Nothing of what you chose can be done. Nothing was changed."))
            return ""
        if act.run is not None:
            told = act.run(rows, form, self.request)
        elif len(rows) > many.AT_ONCE:
            return reverse("awards:nominations_result", args=[self.ask(act, rows, asked, form).pk])
        else:
            told = many.run(act.act, rows, words_of(form), actor=self.request.user)
        _tell(self.request, act, told, len(asked["rows"]) - len(rows))
        return onward(told)

    def ask(self, act: ManyAct, rows: list[Row], asked: dict[str, Any], form: BaseForm) -> Job:
        """Ask for the job that does it to more rows than one waits for."""
        words, user = words_of(form), self.request.user
        return many.ask(act.act, rows, words, actor=user, back=asked["back"], token=asked["token"])

    def new_form(self, act: ManyAct, shown: Preview, *data: Any) -> BaseForm:
        """Return the form of the act."""
        if act.act == NominationAct.APPROVE:
            about = {code: [sentence for _row, sentence in rows] for code, rows in shown.warned.items()}
            return ApproveForm(*data[:1], about=about, required=False)
        if act.act == NominationAct.DRAW:
            groups = {(row.granting_unit_id, row.form.tier) for row in shown.will}
            proposed = subject_of(shown.will) if len(groups) == 1 else ""
            return DrawForm(*data[:1], user=self.request.user, proposed=proposed)
        return act.form(*data)

    def page(
        self, act: ManyAct, back: str, ticket: str, form: BaseForm, shown: Preview, status: int = 200
    ) -> HttpResponse:
        """Answer the preview."""
        context = {
            "act": act,
            "back": back,
            "ticket": ticket,
            "form": form,
            "is_upload": form.is_multipart(),
            "will": shown.will[:SHOWN],
            "will_count": len(shown.will),
            "cannot": shown.cannot[:SHOWN],
            "cannot_count": len(shown.cannot),
            "reasons": shown.reasons(),
            "warned": [
                (form.fields[code].label, rows[:SHOWN], len(rows)) for code, rows in shown.warned.items()
            ],
            "is_job": act.run is None and len(shown.will) > many.AT_ONCE,
            "groups": _groups(shown.will) if act.act == NominationAct.DRAW else [],
        }
        return render(self.request, "awards/nomination_bulk.html", context, status=status)


def with_all(rows: QuerySet[Nomination]) -> QuerySet[Nomination]:
    """Return the nominations with all that the acts and their warnings ask of a row."""
    shown = rows.select_related(
        "unit__heir", "granting_unit__heir", "form", "recipient", "registration", "vote__examination"
    )
    return shown.defer("search", "recipient__search", "registration__search").order_by("pk")


def _groups(rows: Sequence[Nomination]) -> list[tuple[str, str, str, int]]:
    """Return what would stand in which draft: granting unit, tier, form, number."""
    counted = Counter(
        (row.granting_unit.full_name, row.form.get_tier_display(), row.form.name) for row in rows
    )
    return [(*key, number) for key, number in sorted(counted.items())]


def _act(request: HttpRequest, code: str) -> ManyAct:
    act = ACTS.get(code)
    if act is None or not request.user.has_perm(act.perm):
        raise Http404
    return act


def _asked(request: HttpRequest, ticket: str) -> dict[str, Any] | None:
    try:
        asked = signing.loads(ticket, salt=TICKET, max_age=TICKET_LASTS)
    except signing.BadSignature:
        return None
    return asked if asked["user"] == request.user.pk else None


class NominationResultView(StaffRequiredMixin, View):
    """What a job did to many nominations, what it left out and why; how far it is, as long as it is at it."""

    page_permission = "awards.view_nominations"

    def get(self, request: HttpRequest, pk: uuid.UUID) -> HttpResponse:
        """Show the outcome to whoever asked for it."""
        job = get_object_or_404(Job, pk=pk, kind=many.KIND, actor=request.user)
        act = _act(request, job.payload["act"])
        result = job.result or {"done": [], "skipped": [], "drafts": []}
        seen = Nomination.objects.visible_to(request.user).select_related("unit", "form").defer("search")
        wanted = [*result["done"][:SHOWN], *(one for one, _reason in result["skipped"][:SHOWN])]
        rows = seen.in_bulk(wanted)
        context = {
            "act": act,
            "job": job,
            "back": job.payload["back"],
            "done_count": len(result["done"]),
            "skipped_count": len(result["skipped"]),
            "reasons": Counter(reason for _pk, reason in result["skipped"]).most_common(8),
            "done": [rows[one] for one in result["done"][:SHOWN] if one in rows],
            "skipped": [(rows[one], why) for one, why in result["skipped"][:SHOWN] if one in rows],
            "drafts": Decision.objects.visible_to(request.user).filter(pk__in=result["drafts"]).for_list(),
        }
        return render(request, "awards/nominations_result.html", context)


def _tell(request: HttpRequest, act: ManyAct, outcome: many.Told, gone: int) -> None:
    done = len(outcome.done)
    if done:
        told = ngettext("%(act)s: %(count)d nomination.", "%(act)s: %(count)d nominations.", done)
        messages.success(request, told % {"act": act.button, "count": done})
    reasons = outcome.reasons()
    for sentence, number in reasons[:REASONS_TOLD]:
        messages.warning(request, f"{sentence} ({number})")
    gone += sum(number for _sentence, number in reasons[REASONS_TOLD:])
    if gone:
        left = ngettext("%(count)d was left out.", "%(count)d were left out.", gone)
        messages.warning(request, left % {"count": gone})
