"""Sessions of the council: the list, planning one, its page and its members."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django.contrib import messages
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import DetailView, ListView, View

from mobilization.appraisal import exports, services
from mobilization.appraisal.council import relations_declared, table, whose_words
from mobilization.appraisal.filters import SessionFilter
from mobilization.appraisal.forms import MemberFormSet, SessionForm, accounts_for
from mobilization.appraisal.models import AgendaItem, Appraisal, CouncilSession
from mobilization.appraisal.permissions import seats_of
from mobilization.audit.exporting import ExportMixin
from mobilization.core.errors import Conflict, DomainError, version_seen
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.paging import KeysetPaginator
from mobilization.core.views import (
    ActView,
    FilteredMixin,
    ObjectPermissionMixin,
    PagePermissionMixin,
    add_refusal,
    seen_in,
)

ROWS = 100


class SessionListView(PagePermissionMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """Sessions of the councils that the user sees, the latest first."""

    model = CouncilSession
    template_name = "appraisal/sessions.html"
    page_permission = "appraisal.view_sessions"
    filterset_class = SessionFilter
    keyset_order = ("-held_on", "-pk")
    orders = {"day": Order(gettext_lazy("Day"), ("-held_on", "-pk"))}
    columns = {
        "day": gettext_lazy("Day"),
        "unit": gettext_lazy("Unit"),
        "level": gettext_lazy("Level"),
        "campaign": gettext_lazy("Campaign"),
        "place": gettext_lazy("Place"),
        "minutes": gettext_lazy("Number of the minutes"),
        "total": gettext_lazy("Items"),
        "recognised": gettext_lazy("Recognised"),
        "refused": gettext_lazy("Not recognised"),
        "state": gettext_lazy("State"),
    }
    usual_columns = ("day", "unit", "level", "total", "state")
    export_act, export_name = "session.export", "sessions"

    def scoped(self) -> QuerySet:
        """Return the sessions that the user sees, with how many items they have."""
        seen = CouncilSession.objects.visible_to(self.request.user).select_related("unit", "campaign")
        return seen.with_counts()

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.rows(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter, and tell whether the user can plan one."""
        may_plan = bool(seats_of(self.request.user))
        return super().get_context_data(filter_form=self.filterset.form, may_plan=may_plan, **kwargs)


class SessionMixin(ObjectPermissionMixin):
    """A session that the user sees and may change."""

    permission_required = "appraisal.change_session"

    def get_queryset(self) -> QuerySet:
        """Return the sessions that the user sees."""
        seen = CouncilSession.objects.visible_to(self.request.user)
        return seen.select_related("unit", "campaign", "closed_by")

    def get_open(self) -> CouncilSession:
        """Return the session; a closed one cannot be changed and is not found here."""
        session = self.get_object()
        if session.is_closed:
            raise Http404
        return session


class SessionFormView(SessionMixin, PagePermissionMixin, View):
    """Plan a session, or change what was planned."""

    page_permission = "appraisal.change_session"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the session to be changed, if one is named."""
        if not request.user.has_perm(self.page_permission):
            raise Http404
        self.session = self.get_open() if "pk" in kwargs else None
        self.seats = seats_of(request.user)
        if not self.seats:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for council, campaign, day, place and quorum."""
        return self.page(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Plan it, and go on to its members; or change it."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.page(form, status=422)
        try:
            if self.session is None:
                made = services.make_session(**form.facts(), actor=request.user)
                return redirect("appraisal:members", pk=made.pk)
            services.change_session(self.session, **form.facts(), actor=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.overtaken(form) if isinstance(refusal, Conflict) else self.page(form, status=422)
        messages.success(request, _("The session is changed."))
        return redirect(self.session)

    def overtaken(self, form: SessionForm) -> HttpResponse:
        """Show what was typed beside the session as it stands now; a second sending writes over it on purpose."""
        now = self.get_open()
        form.look_again_at(now)
        return self.page(form, status=409, now=now)

    def form(self, data: Any = None) -> SessionForm:
        """Return the form, bound to ``data`` where given."""
        return SessionForm(data, instance=self.session, seats=self.seats)

    def page(
        self, form: SessionForm, *, status: int = 200, now: CouncilSession | None = None
    ) -> HttpResponse:
        """Show the form; with ``now`` the session as somebody else left it."""
        context = {"form": form, "session": self.session, "now": now}
        return render(self.request, "appraisal/session_form.html", context, status=status)


class SessionDetailView(PagePermissionMixin, DetailView):
    """One session: members, agenda with votes, who has no vote on what, and what can be done next."""

    page_permission = "appraisal.view_sessions"
    template_name = "appraisal/session.html"
    context_object_name = "session"

    def get_queryset(self) -> QuerySet:
        """Return the sessions that the user sees; reading one asks for no more."""
        seen = CouncilSession.objects.visible_to(self.request.user)
        return seen.select_related("unit", "campaign", "closed_by")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add a page of the agenda with its votes, the declarations and the means of the sheets."""
        session, user = self.object, self.request.user
        may_change = user.has_perm("appraisal.change_session", session) and not session.is_closed
        page = KeysetPaginator(session.items.in_order(), ("position", "pk"), ROWS).page(
            self.request.GET.get("cursor")
        )
        items = list(page.items)
        sitting = table(session, items)
        means = _means(session, items)
        declared = relations_declared(items)
        for item in items:
            item.without_vote = item.kept_out if session.is_closed else sitting.words_of(item)
            item.entitled = sitting.entitled(item)
            item.mean = means.get(item.registration_id)
            item.declared = declared.get(item.registration_id, [])
        members = list(session.members.all())
        counts = session.items.aggregate(total=Count("pk"))
        undecided = session.items.undecided().count()
        context = {
            "page": page,
            "items": items,
            "members": members,
            "may_read": whose_words(user, members, declared),
            "voters": len(sitting.voters),
            "total": counts["total"],
            "undecided": undecided,
            "decided": counts["total"] - undecided,
            "first_undecided": session.items.undecided().order_by("position", "pk").first(),
            "may_change": may_change,
            "outdated": session.items.outdated().count() if may_change else 0,
        }
        return super().get_context_data(**context, **kwargs)


def _means(session: CouncilSession, items: list[AgendaItem]) -> dict[int, tuple[Decimal, int]]:
    """Return the mean of the points on each registration as it came onto the agenda, and of how many sheets."""
    called = {item.registration_id: item.seen_version for item in items}
    sheets: dict[int, list[Decimal]] = {}
    found = Appraisal.objects.handed_in().impartial().filter(level=session.level, registration__in=called)
    for pk, version, total in found.values_list("registration", "seen_version", "total"):
        if version == called[pk]:
            sheets.setdefault(pk, []).append(total)
    return {pk: (sum(totals) / len(totals), len(totals)) for pk, totals in sheets.items()}


class MembersView(SessionMixin, View):
    """Who sits in the session, as what, and who is present."""

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the members with room for more."""
        session = self.get_open()
        return self.page(session, self.formset(session))

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let just these sit in it."""
        session = self.get_open()
        formset = self.formset(session, request.POST)
        if not formset.is_valid():
            return self.page(session, formset, status=422)
        try:
            seen = version_seen(seen_in(request.POST))
            services.set_members(session, formset.members(), actor=request.user, seen_version=seen)
        except DomainError as refusal:
            messages.error(request, str(refusal))
            if isinstance(refusal, Conflict):
                now = self.get_open()
                return self.page(now, formset, status=409, now=list(now.members.all()))
            return self.page(session, formset, status=422)
        messages.success(request, _("The members are written down."))
        return redirect(session)

    def formset(self, session: CouncilSession, data: Any = None) -> Any:
        """Return the forms of the members, bound to ``data`` where given."""
        names = ("pk", "user", "name", "post", "part", "votes", "present")
        sitting = [one | ({"name": ""} if one["user"] else {}) for one in session.members.values(*names)]
        return MemberFormSet(
            data, initial=sitting, form_kwargs={"accounts": accounts_for(session)}, prefix="members"
        )

    def page(
        self, session: CouncilSession, formset: Any, *, status: int = 200, now: Any = ()
    ) -> HttpResponse:
        """Show the forms; with ``now`` the members as somebody else left them."""
        context = {"session": session, "formset": formset, "now": now}
        return render(self.request, "appraisal/members.html", context, status=status)


class ItemRemoveView(ActView):
    """Take one registration off the agenda."""

    permission_required = "appraisal.change_session"
    success_message = gettext_lazy("It is off the agenda.")

    def get_object(self, queryset: QuerySet | None = None) -> AgendaItem:
        """Return an item of a session that the user may change."""
        return item_of(self.request, self.kwargs["pk"])

    def act(self, obj: AgendaItem, form: None) -> None:
        """Take it off."""
        services.remove_from_agenda(obj, actor=self.request.user)

    def get_success_url(self, obj: AgendaItem, result: None) -> str:
        """Return to the session."""
        return reverse("appraisal:session", args=[obj.session_id])


def item_of(request: HttpRequest, pk: int) -> AgendaItem:
    """Return an item of an open session that the user may change, or raise ``Http404``."""
    seen = CouncilSession.objects.visible_to(request.user)
    items = AgendaItem.objects.in_order().select_related(
        "session__unit", "session__campaign", "registration__model", "registration__unit__heir"
    )
    found = items.filter(pk=pk, session__in=seen).first()
    if found is None or found.session.is_closed:
        raise Http404
    if not request.user.has_perm("appraisal.change_session", found.session):
        raise Http404
    return found
