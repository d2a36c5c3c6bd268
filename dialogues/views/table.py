"""At the conference: opinions entered one after the other, and the list for a second screen."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.generic import FormView, TemplateView

from dialogues.entering import enter
from dialogues.forms.table import TableForm
from dialogues.models import Dialogue
from dialogues.querysets import OpinionQuerySet
from dialogues.states import OPEN_FOR_OPINIONS
from dialogues.views.dialogues import crumbs_to
from mobilization.accounts.views import SentOnceMixin, StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import add_refusal

#: Sent by the page's own script: it wants the new row alone, not a page.
BY_SCRIPT = "X-At-The-Table"


class OfDialogue(StaffRequiredMixin):
    """A page of one dialogue of the address."""

    object_permission = "dialogues.view_dialogue"

    @cached_property
    def dialogue(self) -> Dialogue:
        """Return the dialogue of the address, or raise ``Http404``."""
        visible = Dialogue.objects.visible_to(self.request.user).select_related("unit__heir")
        dialogue = get_object_or_404(visible, pk=self.kwargs["pk"])
        if not self.request.user.has_perm(self.object_permission, dialogue) or dialogue.summary_only:
            raise Http404
        return dialogue

    def opinions(self) -> OpinionQuerySet:
        """Return the opinions entered so far, without their authors."""
        found = self.dialogue.opinions.not_withheld_from(self.request.user)
        return found.select_related("unit_in_charge").defer("author_name").in_order()


class TableView(SentOnceMixin, OfDialogue, FormView):
    """The table of the secretary. The page's script sends each opinion by itself, with a token of its own.

    However often one is sent, it is entered once. Without the script each opinion is a plain post of the form.
    """

    page_permission = "dialogues.record_dialogue"
    object_permission = "dialogues.record_opinion"
    form_class = TableForm
    template_name = "dialogues/table.html"

    @property
    def by_script(self) -> bool:
        """Tell whether the page's own script asks."""
        return BY_SCRIPT in self.request.headers

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose opinion it is."""
        return super().get_form_kwargs() | {"dialogue": self.dialogue}

    def form_valid(self, form: TableForm) -> HttpResponse:
        """Enter the opinion, unless it was sent before."""
        try:
            url, is_first = self.write_once(
                lambda: enter(self.dialogue, actor=self.request.user, **form.cleaned_data).get_absolute_url()
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        if self.by_script:
            opinion = self.opinions().filter(pk=url.rstrip("/").rpartition("/")[2]).first()
            return render(self.request, "dialogues/table_row.html", {"opinion": opinion})
        if is_first:
            messages.success(self.request, _("The opinion is saved."))
        return redirect(reverse("dialogues:table", args=[self.dialogue.pk]))

    def form_invalid(self, form: TableForm) -> HttpResponse:
        """Say what is wrong; nothing typed is lost."""
        if self.by_script:
            return JsonResponse(
                {"errors": [str(one) for errors in form.errors.values() for one in errors]}, status=422
            )
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the dialogue and what was entered so far."""
        return super().get_context_data(
            dialogue=self.dialogue,
            opinions=self.opinions(),
            is_open=self.dialogue.state in OPEN_FOR_OPINIONS,
            crumbs=crumbs_to(self.dialogue),
            **kwargs,
        )


class ScreenView(OfDialogue, TemplateView):
    """The list of opinions in big letters, for a second screen or the printer; it renews itself. No author is named."""

    page_permission = "dialogues.view_dialogues"

    def get_template_names(self) -> list[str]:
        """Answer the list alone where the page renews itself."""
        return [
            "dialogues/screen_list.html" if "HX-Request" in self.request.headers else "dialogues/screen.html"
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the opinions, the latest first."""
        return super().get_context_data(
            dialogue=self.dialogue,
            opinions=self.opinions().not_sensitive().order_by("-order"),
            crumbs=crumbs_to(self.dialogue),
            **kwargs,
        )
