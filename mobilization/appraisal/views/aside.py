"""Who takes no part in an item of the agenda, as the chair decided: shown, written down, taken back."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View

from mobilization.appraisal import services
from mobilization.appraisal.council import table
from mobilization.appraisal.forms import AsideForm
from mobilization.appraisal.models import AgendaItem, StandingAside
from mobilization.appraisal.views.sessions import item_of
from mobilization.core.errors import DomainError
from mobilization.core.views import ActView, add_refusal


class AsideView(View):
    """Who has no vote on one item, and a form to keep one more member from it."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show them."""
        item = item_of(request, pk)
        return self.page(item, AsideForm(item=item))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Write one down."""
        item = item_of(request, pk)
        form = AsideForm(request.POST, item=item)
        if not form.is_valid():
            return self.page(item, form, status=422)
        try:
            made = services.stand_aside(item, **form.cleaned_data, actor=request.user)
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.page(item, form, status=409)
        messages.success(request, _("%(who)s takes no part in this.") % {"who": made.member})
        return redirect("appraisal:aside", pk=item.pk)

    def page(self, item: AgendaItem, form: AsideForm, *, status: int = 200) -> HttpResponse:
        """Show whom a rule and whom the chair keeps out, and how many are left."""
        sitting = table(item.session, [item])
        written = list(item.standing_aside.select_related("member", "made_by").order_by("pk"))
        by_chair = {one.member_id for one in written}
        context: dict[str, Any] = {
            "item": item,
            "session": item.session,
            "form": form,
            "written": written,
            "by_rule": [
                f"{member.name} ({why})"
                for member, why in sitting.kept_out.get(item.pk, [])
                if member.pk not in by_chair
            ],
            "entitled": sitting.entitled(item),
            "enough": sitting.has_quorum(item),
        }
        return render(self.request, "appraisal/aside.html", context, status=status)


class TakePartView(ActView):
    """Let a member vote on the item again."""

    permission_required = "appraisal.change_session"
    success_message = gettext_lazy("The member votes on this again.")

    def get_object(self, queryset: Any = None) -> StandingAside:
        """Return it, of a session that the user may change."""
        found = StandingAside.objects.filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        found.item = item_of(self.request, found.item_id)
        return found

    def act(self, obj: StandingAside, form: None) -> None:
        """Take it back."""
        services.take_part_again(obj, actor=self.request.user)

    def get_success_url(self, obj: StandingAside, result: None) -> str:
        """Return to the item."""
        return reverse("appraisal:aside", args=[obj.item_id])
