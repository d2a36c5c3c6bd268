"""A decision's page, and the acts on it: each asks once more on a page of its own and says what it will do."""

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView

from awards import transitions
from awards.certificates.panel import papers_of
from awards.forms import CorrectForm, RevokeForm, SeenVersionForm
from awards.models import Decision
from awards.page_parts import parts_of
from mobilization.accounts.views import PasswordAgainMixin, StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.paging import KeysetPaginator
from mobilization.core.views import ActView, ObjectPermissionMixin, add_refusal

AWARDS_ON_A_PAGE = 100


class InScopeMixin:
    """Decisions that the user may read."""

    def get_queryset(self):
        """Return the user's scope."""
        return (
            Decision.objects.visible_to(self.request.user)
            .select_related("unit__heir", "amends", "drafted_by", "issued_by")
            .defer("search")
        )


class DecisionDetailView(StaffRequiredMixin, InScopeMixin, ObjectPermissionMixin, DetailView):
    """A decision with its awards, what may be done to it, and what was."""

    template_name = "awards/detail.html"
    permission_required = "awards.view_decisions"
    acts = ("change", "issue", "correct", "revoke")

    def get_context_data(self, **kwargs):
        """Add awards, timeline, amendments and the acts open to the user."""
        decision = self.object
        awards = decision.awards.select_related("form", "unit", "registration__model", "ended_by").defer(
            "search", "registration__search"
        )
        page = KeysetPaginator(awards, ("pk",), AWARDS_ON_A_PAGE).page(self.request.GET.get("cursor"))
        may = {act: self.request.user.has_perm(f"awards.{act}_decision", decision) for act in self.acts}
        return super().get_context_data(
            decision=decision,
            page=page,
            award_count=decision.awards.count(),
            steps=_timeline(decision),
            amendments=self.amendments(),
            may=may,
            parts=parts_of(self.request, decision),
            papers=papers_of(decision, self.request.user),
            drafted_it=decision.drafted_by_id == self.request.user.pk,
            **kwargs,
        )

    def amendments(self) -> QuerySet[Decision]:
        """Return what amends the decision: what was issued for everybody, a draft for whoever reads it."""
        drafts = Decision.objects.visible_to(self.request.user).drafts()
        told = Q(pk__in=Decision.objects.public().values("pk")) | Q(pk__in=drafts.values("pk"))
        return self.object.amendments.filter(told).for_list()


class ConfirmedActView(InScopeMixin, ActView):
    """GET shows the page that asks, POST acts; a refusal stays on that page with what was typed."""

    http_method_names = ["get", "post"]
    template_name = ""

    def new_form(self, decision: Decision):
        """Return the unbound form."""
        return self.form_class(decision=decision)

    def get_form(self, obj: Decision):
        """Return the bound form."""
        return self.form_class(self.request.POST, decision=obj)

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask."""
        decision = self.get_object()
        return self.page(decision, self.new_form(decision))

    def form_invalid(self, obj: Decision, form) -> HttpResponse:
        """Ask again."""
        return self.page(obj, form)

    def page(self, decision: Decision, form) -> HttpResponse:
        """Render the page that asks."""
        return render(self.request, self.template_name, {"decision": decision, "form": form})

    def get_success_url(self, obj: Decision, result) -> str:
        """Go to the decision that came of it, or back."""
        return (result or obj).get_absolute_url()


class IssueView(StaffRequiredMixin, PasswordAgainMixin, ConfirmedActView):
    """Issue a draft; asks for the password again."""

    template_name = "awards/issue.html"
    permission_required = "awards.issue_decision"
    form_class = SeenVersionForm
    success_message = _("The decision is issued.")

    def new_form(self, decision: Decision):
        """Remember the version that is shown."""
        return SeenVersionForm(initial={"seen_version": decision.version})

    def get_form(self, obj: Decision):
        """Return the bound form."""
        return SeenVersionForm(self.request.POST)

    def page(self, decision: Decision, form) -> HttpResponse:
        """Show what will be issued."""
        awards = decision.awards.select_related("form", "unit").in_annex_order()
        count = awards.count()
        context = {
            "decision": decision,
            "form": form,
            "awards": awards[:AWARDS_ON_A_PAGE],
            "award_count": count,
            "what_it_does": transitions.describe_issue(decision, count),
        }
        return render(self.request, self.template_name, context)

    def act(self, obj: Decision, form) -> Decision:
        """Issue it."""
        return transitions.issue(obj, actor=self.request.user, seen_version=form.cleaned_data["seen_version"])


class AmendView(ConfirmedActView):
    """Amends an issued decision; of two who amend it at once the second is told, and keeps what was typed."""

    def page(self, decision: Decision, form) -> HttpResponse:
        """Show what amends it already."""
        seen = Decision.objects.visible_to(self.request.user).values("pk")
        amendments = decision.amendments.filter(pk__in=seen).for_list()
        context = {"decision": decision, "form": form, "amendments": amendments}
        return render(self.request, self.template_name, context)

    def refused(self, obj: Decision, form, refusal: DomainError) -> HttpResponse:
        """Show the decision as it stands now, with what was typed; sent once more, it is done to that one."""
        add_refusal(form, refusal)
        if refusal.code == "stale":
            obj.refresh_from_db(fields=["version"])
            form.look_again_at(obj)
        return self.page(obj, form)


class CorrectView(StaffRequiredMixin, AmendView):
    """Begin the decision that corrects awards."""

    template_name = "awards/correct.html"
    permission_required = "awards.correct_decision"
    form_class = CorrectForm
    success_message = _("A draft of the correction is made: mend its awards, then have it issued.")

    def act(self, obj: Decision, form) -> Decision:
        """Draft it."""
        return transitions.correct(obj, actor=self.request.user, **form.cleaned_data)


class RevokeView(StaffRequiredMixin, PasswordAgainMixin, AmendView):
    """Revoke a decision, or some of its awards, by a new one; asks for the password again."""

    template_name = "awards/revoke.html"
    permission_required = "awards.revoke_decision"
    form_class = RevokeForm
    success_message = _("The revocation is issued.")

    def act(self, obj: Decision, form) -> Decision:
        """Issue the revoking decision."""
        return transitions.revoke(obj, actor=self.request.user, **form.cleaned_data)


def _timeline(decision: Decision) -> list[dict]:
    steps = decision.steps.select_related("actor", "by_decision")
    return [
        {
            "label": step.get_act_display(),
            "at": step.at,
            "actor": step.actor.full_name,
            "words": " – ".join(
                filter(None, [step.by_decision.number if step.by_decision else "", step.reason])
            ),
        }
        for step in steps
    ]
