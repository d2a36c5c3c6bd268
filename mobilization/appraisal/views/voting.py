"""Holding a session: beginning it, writing down votes, closing it, and its minutes as a file."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from mobilization.appraisal import minutes, services
from mobilization.appraisal.council import table
from mobilization.appraisal.forms import CloseForm, VoteForm
from mobilization.appraisal.models import AgendaItem, CouncilSession
from mobilization.appraisal.services.closing import stamp_of
from mobilization.appraisal.states import SessionState
from mobilization.appraisal.views.sessions import SessionMixin, item_of
from mobilization.audit import log
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.exports import attachment
from mobilization.core.views import ActView, PagePermissionMixin, add_refusal


class HoldView(SessionMixin, ActView):
    """Begin the session."""

    success_message = gettext_lazy("The session has begun: votes can be written down.")

    def act(self, obj: CouncilSession, form: None) -> CouncilSession:
        """Begin it."""
        return services.hold(obj, actor=self.request.user)


class VoteRestView(SessionMixin, ActView):
    """Write down that everybody was for all that is not decided yet."""

    def act(self, obj: CouncilSession, form: None) -> int:
        """Write it down and say for how many."""
        done = services.vote_rest(obj, actor=self.request.user)
        told = ngettext("%(n)d item is recognised by all.", "%(n)d items are recognised by all.", done)
        messages.success(self.request, told % {"n": done})
        return done


class VoteView(View):
    """The votes on one item; then the next one that is not decided."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the item and its votes."""
        item = self.item(pk)
        return self.page(item, VoteForm(initial=self.initial(item)))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write them down and go on."""
        item = self.item(pk)
        form = VoteForm(request.POST)
        if not form.is_valid():
            return self.page(item, form, status=422)
        try:
            services.vote(item, **form.facts(), actor=request.user)
        except DomainError as refusal:
            overtaken = isinstance(refusal, Conflict)
            if overtaken and self.is_there(item):
                form.look_again_at(item)
            add_refusal(form, refusal)
            return self.page(item, form, status=409 if overtaken else 422)
        items = item.session.items.undecided().order_by("position", "pk")
        following = items.filter(position__gt=item.position).first() or items.first()
        if following is None:
            messages.success(request, _("All items are decided."))
            return redirect(item.session)
        messages.success(request, _("Item %(n)d is written down.") % {"n": item.position})
        return redirect("appraisal:vote", pk=following.pk)

    def item(self, pk: int) -> AgendaItem:
        """Return the item, of a session that is being held."""
        item = item_of(self.request, pk)
        if item.session.state != SessionState.HELD:
            raise Http404
        return item

    def initial(self, item: AgendaItem) -> dict[str, Any]:
        """Return the votes as they stand; before, all for it."""
        seen = {"seen_at": item.changed_at.isoformat()}
        if item.verdict:
            names = ("votes_for", "votes_against", "abstained", "verdict", "exemplary", "reason")
            return seen | {name: getattr(item, name) for name in names}
        return seen | {"votes_for": table(item.session, [item]).entitled(item)}

    @staticmethod
    def is_there(item: AgendaItem) -> bool:
        """Tell whether the item is still on the agenda."""
        return AgendaItem.objects.filter(pk=item.pk).exists()

    def page(self, item: AgendaItem, form: VoteForm, *, status: int = 200) -> HttpResponse:
        """Show the item with its neighbours on the agenda."""
        items, sitting = item.session.items, table(item.session, [item])
        context = {
            "item": item,
            "session": item.session,
            "form": form,
            "entitled": sitting.entitled(item),
            "kept_out": sitting.words_of(item),
            "previous": items.filter(position__lt=item.position).order_by("-position", "-pk").first(),
            "next": items.filter(position__gt=item.position).order_by("position", "pk").first(),
            "total": items.count(),
        }
        return render(self.request, "appraisal/vote.html", context, status=status)


class CloseView(SessionMixin, View):
    """Say what closing will do, ask for the number of the minutes, and close."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what would be entered."""
        session = self.get_open()
        initial = {"minutes_number": session.minutes_number, "seen": stamp_of(session)}
        return self.page(session, CloseForm(initial=initial))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Close it; what stands against it is said above the form."""
        session = self.get_object()
        form = CloseForm(request.POST)
        if not form.is_valid():
            return self.page(session, form, status=422)
        try:
            services.close(session, **form.facts(), actor=request.user)
        except DomainError as refusal:
            if refusal.code == "closed":
                messages.warning(request, str(refusal))
                return redirect(session)
            if refusal.code == "stale":
                form.look_again_at(stamp_of(session))
            add_refusal(form, refusal)
            return self.page(session, form, status=409)
        messages.success(request, _("The session is closed. Its conclusions wait to be announced."))
        return redirect(session)

    def page(self, session: CouncilSession, form: CloseForm, *, status: int = 200) -> HttpResponse:
        """Show the form with what the council concluded."""
        verdicts = list(session.items.values_list("verdict", flat=True))
        context = {
            "session": session,
            "form": form,
            "yes": verdicts.count("recognise"),
            "no": verdicts.count("refuse"),
            "undecided": verdicts.count(""),
        }
        return render(self.request, "appraisal/close.html", context, status=status)


class MinutesView(PagePermissionMixin, SessionMixin, View):
    """The minutes as PDF: a draft while the session is open, the minutes once it is closed."""

    page_permission = "appraisal.view_sessions"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the file; that somebody took it is logged."""
        session = self.get_queryset().filter(pk=kwargs["pk"]).first()
        if session is None:
            raise Http404
        log.record("session.minutes", actor=request.user, target=session, unit=session.unit)
        response = HttpResponse(minutes.as_pdf(session), content_type="application/pdf")
        response["Content-Disposition"] = attachment(f"bien-ban-{session.held_on:%Y-%m-%d}-{session.pk}.pdf")
        response["Cache-Control"] = "private, no-store"
        return response
