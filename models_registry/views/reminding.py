"""Reminding the units that owe something: who will be told of what first, then the messages."""

from functools import cached_property

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.generic import View

from mobilization.accounts.states import Role
from models_registry.forms.matrix import RemindForm
from models_registry.services.reminding import remind, reminders
from models_registry.views.matrix_lines import MatrixMixin, owed_words


class RemindView(MatrixMixin, View):
    """Who will be reminded of what, shown first; then the messages."""

    page_permission = "models_registry.remind_units"
    roles = (Role.REVIEWER, Role.CITY_STAFF)

    def get(self, request: HttpRequest) -> HttpResponse:
        """Show the recipients; nothing is sent yet."""
        return self.answer(RemindForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        """Send to those that were shown and still owe something."""
        form = RemindForm(request.POST)
        if not form.is_valid():
            return self.answer(form, status=422)
        told = remind(self.campaign, self.found, actor=request.user, words=form.cleaned_data["words"])
        said = ngettext("%(n)d person is reminded.", "%(n)d people are reminded.", told) % {"n": told}
        messages.success(request, said if told else _("Nobody was left to be reminded today."))
        return redirect(f"{reverse('models_registry:units')}?campaign={self.campaign.pk}")

    @cached_property
    def found(self) -> list:
        """Return the reminders to the ticked units, or to all filtered ones that owe something."""
        if self.campaign is None:
            raise Http404
        lines = self.lines
        if self.asked.get("rows") != "all":
            ticked, areas = set(self.asked.getlist("id")), set(self.asked.getlist("area"))
            lines = [line for line in lines if str(line.pk) in ticked | areas or str(line.parent) in areas]
        return reminders(self.campaign, lines)

    def answer(self, form: RemindForm, *, status: int = 200) -> HttpResponse:
        """Show the page."""
        found = [(one, owed_words(one.owed)) for one in self.found]
        context = {
            "campaign": self.campaign,
            "form": form,
            "reminders": found,
            "going": [one for one, _words in found if one.goes_out],
            "people": len({user.pk for one, _words in found if one.goes_out for user in one.people}),
            "nobody": sum(not one.people for one, _words in found),
        }
        return render(self.request, "models_registry/remind.html", context, status=status)
