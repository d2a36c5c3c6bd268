"""Recipients: the list, one with all its nominations and awards, its name, its doubles."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.generic import DetailView, ListView, UpdateView

from awards import exports, merging
from awards.filters import RecipientFilter
from awards.forms.judging import MergeForm, RecipientForm
from awards.forms.nominations import proposing_units
from awards.models import Award, Nomination, Recipient, RecipientMerge
from awards.recipients import alike, save_recipient
from awards.states import AwardState
from awards.views.asked import ids, one_id
from awards.views.drafts import RefusableFormMixin
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.audit.exporting import ExportMixin
from mobilization.core.errors import version_seen
from mobilization.core.lists import Order, StaffListMixin
from mobilization.core.views import ActView, FilteredMixin, ObjectPermissionMixin
from mobilization.units.models import Unit

SHOWN = 200
"""Awards and nominations on the page of one recipient."""
SHOWN_BESIDE = 20
"""Awards of each where two are compared."""


class RecipientListView(StaffRequiredMixin, ExportMixin, FilteredMixin, StaffListMixin, ListView):
    """All recipients in scope."""

    template_name = "awards/recipients.html"
    page_permission = "awards.view_nominations"
    filterset_class = RecipientFilter
    keyset_order = ("folded_name", "pk")
    orders = {
        "name": Order(_("Name"), ("folded_name", "pk")),
        "newest": Order(_("Newest"), ("-pk",)),
    }
    columns = {"kind": _("Kind of recipient"), "unit": _("Unit"), "note": _("Note"), "awards": _("Awards")}
    usual_columns = ("kind", "unit", "awards")
    export_act, export_name = "recipient.export", "recipients"

    def scoped(self) -> QuerySet:
        """Return the recipients in the user's scope, doubles left out."""
        return Recipient.objects.standing().visible_to(self.request.user)

    def rows_of(self, found: QuerySet) -> QuerySet:
        """Add what a row shows."""
        return found.select_related("unit").with_award_count().defer("search")

    def export_header(self) -> list[str]:
        """Return the headings of the file."""
        return exports.recipient_header()

    def export_rows(self, found: QuerySet) -> Iterator[list[Any]]:
        """Yield the rows of the file."""
        return exports.recipient_rows(found)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the filter."""
        return super().get_context_data(filter=self.filterset, **kwargs)


class RecipientScopeMixin:
    """Recipients that the user may read."""

    def get_queryset(self) -> QuerySet:
        """Return the user's scope."""
        seen = Recipient.objects.visible_to(self.request.user)
        return seen.select_related("unit__heir", "merged_into", "created_by").defer("search")


class RecipientDetailView(StaffRequiredMixin, RecipientScopeMixin, ObjectPermissionMixin, DetailView):
    """One recipient over all years and units."""

    template_name = "awards/recipient.html"
    permission_required = "awards.view_nominations"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add awards, nominations, mergings, and who may be the same."""
        row, user = self.object, self.request.user
        awards = awards_of([row], user)
        nominations = Nomination.objects.filter(recipient=row).visible_to(user)
        mergings = RecipientMerge.objects.filter(Q(kept=row) | Q(double=row), undone_at=None)
        parting = Q(kept=row, double__in=Recipient.objects.kept_by(user).values("pk"))
        may_keep = user.has_perm("awards.keep_recipients", row) and row.merged_into_id is None
        return super().get_context_data(
            recipient=row,
            awards=awards.for_list().defer("search", "decision__search").order_by("-year", "-pk")[:SHOWN],
            nominations=nominations.for_list().order_by("-proposed_on", "-pk")[:SHOWN],
            beyond=max(awards.count(), nominations.count()) > SHOWN,
            most=SHOWN,
            standing=sum(award.state == AwardState.VALID for award in awards.public()),
            mergings=mergings.select_related("double__unit", "kept", "actor").annotate(may_part=parting),
            similar=[] if row.merged_into_id else alike(row.name, row.unit, user, besides=row.pk),
            may_keep=may_keep,
            may_nominate=may_keep and user.has_perm("awards.prepare_nominations", row),
            **kwargs,
        )


class RecipientUpdateView(
    StaffRequiredMixin, RecipientScopeMixin, ObjectPermissionMixin, RefusableFormMixin, UpdateView
):
    """Name, unit and what tells apart."""

    template_name = "awards/recipient_form.html"
    permission_required = "awards.keep_recipients"
    form_class = RecipientForm
    success_message = _("The recipient is saved. Awards keep the names under which they were granted.")

    def get_queryset(self) -> QuerySet:
        """Leave out doubles: they stand as they were merged."""
        return super().get_queryset().standing()

    def get_form_kwargs(self) -> dict[str, Any]:
        """Offer the units in force that the user keeps, and the one that it has."""
        units = proposing_units(self.request.user, timezone.localdate())
        own = Unit.objects.filter(Q(pk__in=units.order_by().values("pk")) | Q(pk=self.object.unit_id))
        return super().get_form_kwargs() | {"units": own.order_by("path")}

    def save(self, form: RecipientForm) -> Recipient:
        """Save it."""
        seen = version_seen(form.cleaned_data["seen_version"])
        return save_recipient(form.instance, actor=self.request.user, seen_version=seen)


class MergeView(StaffRequiredMixin, RecipientScopeMixin, ActView):
    """Merge a double into a recipient; what it will do is said before, and it can be taken back."""

    http_method_names = ["get", "post"]
    permission_required = "awards.keep_recipients"
    success_message = _("The two are one now. This can be taken back on this page.")

    def get_queryset(self) -> QuerySet:
        """Leave out doubles."""
        return super().get_queryset().standing()

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask which one."""
        row = self.get_object()
        initial = {"double": one_id(request.GET.get("with", ""))}
        return self.page(row, MergeForm(doubles=self.doubles(row), initial=initial))

    def get_form(self, obj: Recipient) -> MergeForm:
        """Return the bound form."""
        return MergeForm(self.request.POST, doubles=self.doubles(obj))

    def doubles(self, row: Recipient) -> QuerySet:
        """Return those that may be the same: alike in name, of the same kind, that the user keeps."""
        found = [one.recipient.pk for one in alike(row.name, row.unit, self.request.user, besides=row.pk)]
        found += ids([self.request.POST.get("double") or self.request.GET.get("with", "")])
        kept = Recipient.objects.standing().kept_by(self.request.user)
        return (
            kept.filter(pk__in=found, kind=row.kind).exclude(pk=row.pk).select_related("unit").order_by("pk")
        )

    def form_invalid(self, obj: Recipient, form: MergeForm) -> HttpResponse:
        """Ask again."""
        return self.page(obj, form, 422)

    def page(self, row: Recipient, form: MergeForm, status: int = 200) -> HttpResponse:
        """Answer the page."""
        doubles = list(form.fields["double"].queryset)
        context = {
            "recipient": row,
            "form": form,
            "has_doubles": bool(doubles),
            "histories": _histories([row, *doubles], self.request.user) if doubles else [],
        }
        return render(self.request, "awards/recipient_merge.html", context, status=status)

    def act(self, obj: Recipient, form: MergeForm) -> None:
        """Merge them."""
        words = form.cleaned_data
        merging.merge(obj, words["double"], actor=self.request.user, reason=words["reason"])


def awards_of(recipients: Sequence[Recipient], user) -> QuerySet:
    """Return the awards to ``recipients`` that ``user`` may read: what was issued, and drafts in his scope."""
    seen = Q(pk__in=Award.objects.public()) | Q(pk__in=Award.objects.visible_to(user))
    return Award.objects.filter(seen, recipient__in=recipients)


def _histories(recipients: Sequence[Recipient], user) -> list[tuple[Recipient, list[Award], int]]:
    """Return each with its latest awards and how many there are: whether two are one is seen side by side."""
    rows = awards_of(recipients, user).for_list().defer("search", "decision__search").order_by("-year", "-pk")
    by_recipient: dict[int, list[Award]] = defaultdict(list)
    for award in rows:
        by_recipient[award.recipient_id].append(award)
    return [(one, by_recipient[one.pk][:SHOWN_BESIDE], len(by_recipient[one.pk])) for one in recipients]


class UnmergeView(StaffRequiredMixin, RecipientScopeMixin, ActView):
    """Take a merging back."""

    permission_required = "awards.keep_recipients"
    success_message = _("The two stand for themselves again.")

    def act(self, obj: Recipient, form: None) -> None:
        """Take it back; both must be the user's to keep, as when they were merged."""
        keeps = Recipient.objects.kept_by(self.request.user)
        done = get_object_or_404(
            RecipientMerge, pk=self.kwargs["merge_pk"], kept=obj, double__in=keeps.values("pk")
        )
        merging.unmerge(done, actor=self.request.user)
