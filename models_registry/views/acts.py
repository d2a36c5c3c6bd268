"""One page and one POST for every act of the workflow: it says what it will do, takes its words, and acts."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View
from django.views.generic.detail import SingleObjectMixin

from mobilization.core.errors import Conflict, DomainError, version_seen
from mobilization.core.views import add_refusal, seen_in
from models_registry import facts
from models_registry.forms import acts as forms
from models_registry.models import Campaign, Recognition, Registration, ReturnReason
from models_registry.permissions import available_acts, level_of
from models_registry.querysets import levels_above
from models_registry.recusal import has_to_declare
from models_registry.states import MOVES, Act
from models_registry.views.act_pages import PAGES
from models_registry.views.queue import queue_url_after
from models_registry.views.versions import text_of

READ_THROUGH = _("Read through and hand in")


class ActPageView(SingleObjectMixin, View):
    """An act on a registration: GET says what it will do and asks for its words, POST does it."""

    template_name = "models_registry/act.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the registration among the visible ones and ask whether this act is the user's; 404 otherwise."""
        if kwargs["act"] not in MOVES:
            raise Http404
        self.act = Act(kwargs["act"])
        self.page = PAGES[self.act]
        self.object = self.get_object()
        if not request.user.has_perm(MOVES[self.act].perm, self.object):
            raise Http404
        if has_to_declare(request.user, self.object, self.act, level_of(self.object, MOVES[self.act].by)):
            messages.warning(request, _("Please declare first whether a relation binds you to this."))
            walking = "queue" in request.GET or "queue" in request.POST
            return redirect(self.object.get_absolute_url() + ("?queue=1" if walking else ""))
        return super().dispatch(request, *args, **kwargs)

    def get_queryset(self) -> QuerySet:
        """Return what the user may read; an act reads anew, under its lock, what it asks for."""
        visible = Registration.objects.visible_to(self.request.user).select_related("unit__heir")
        if self.request.method == "POST":
            return visible
        return visible.select_related("campaign", "model").with_recognitions()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show what the act will do; one that is no longer possible leads back with a word."""
        if self.act not in available_acts(request.user, self.object):
            messages.warning(request, self.why_not())
            return redirect(self.object.get_absolute_url())
        return self.answer(self.form())

    def why_not(self) -> str:
        """Return the sentence with which the act itself would refuse."""
        try:
            facts.refuse_beforehand(self.act, self.object, actor=self.request.user, windows=False)
        except DomainError as refusal:
            return str(refusal)
        return _("This cannot be done any more: the registration has moved on.")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Act, tell, lead on."""
        form = self.form(request.POST)
        if form is not None and not form.is_valid():
            return self.answer(form, status=422)
        try:
            seen = version_seen(seen_in(request.POST))
            result = self.page.call(self.object, form, {"actor": request.user, "seen_version": seen})
        except DomainError as refusal:
            return self.refused(form, refusal)
        messages.success(request, self.page.done)
        if self.act is Act.RENEW:
            return redirect("models_registry:edit", pk=result.pk, step="identity")
        return redirect(queue_url_after(request, self.object) or self.object.get_absolute_url())

    def refused(self, form: BaseForm | None, refusal: DomainError) -> HttpResponse:
        """Tell why: at the form's fields, or on the registration's page, where what is missing is listed."""
        if form is not None and set(refusal.fields) <= set(form.fields):
            add_refusal(form, refusal)
            return self.answer(form, status=409 if isinstance(refusal, Conflict) else 422)
        messages.error(self.request, str(refusal))
        return redirect(self.object.get_absolute_url())

    def form(self, data: Any = None) -> BaseForm | None:
        """Return the form of this act, bound to ``data`` where given."""
        if self.page.form is None:
            return None
        initial = {"initial": self.proposed_words()} if data is None else {}
        return self.page.form(data, **self.form_options, **initial)

    def proposed_words(self) -> dict[str, Any]:
        """Return what the form begins with before anybody has typed."""
        return {"body": recognising_body(self.object)} if self.page.form is forms.RecogniseForm else {}

    @cached_property
    def form_options(self) -> dict[str, Any]:
        """Return what the act's form is made of."""
        obj = self.object
        if self.page.form is forms.ReturnForm:
            return {
                "names": obj.reviewed_fields,
                "reasons": ReturnReason.objects.offered_to(self.request.user),
                "texts": {name: text_of(name, getattr(obj, name)) for name in obj.reviewed_fields},
            }
        if self.page.form is forms.ProposeForm:
            return {"levels": levels_above(obj.recognised_level or obj.level)}
        if self.page.form is forms.RenewForm:
            later = Campaign.objects.opened().of_unit(obj.unit).filter(year__gt=obj.year).order_by("year")
            return {"campaigns": later}
        return {}

    def answer(self, form: BaseForm | None, *, status: int = 200) -> HttpResponse:
        """Show the page of the act."""
        context = {"form": form, "registration": self.object, "page": self.page, "act": self.act}
        context["back"] = self.object.get_absolute_url()
        context["queue"] = "queue" in self.request.GET
        return render(self.request, self.template_name, context, status=status)


def recognising_body(registration: Registration) -> str:
    """Return the body that last recognised something of this unit at this level, to spare typing its name."""
    level = registration.proposed_to or registration.level
    last = Recognition.objects.at_level(level).filter(registration__unit__heir=registration.unit.heir_id)
    # By the day, which no index knows: the unit's few are read, and not the city's from the latest on.
    return last.order_by("-decided_on", "-pk").values_list("body", flat=True).first() or ""


def buttons(user: Any, registration: Registration) -> list[dict[str, Any]]:
    """Return the acts that ``user`` can do now, as buttons: the main one first, the dangerous ones last."""
    found = [(act, PAGES[act]) for act in available_acts(user, registration)]
    found.sort(key=lambda pair: (pair[1].danger, not pair[1].main))
    return [
        {
            "act": act.value,
            "page": page,
            # What is handed in is read through first, and the button says so.
            "words": READ_THROUGH if act in Act.HANDS_IN else page.button,
            "url": reverse("models_registry:preview", args=[registration.pk])
            if act in Act.HANDS_IN
            else reverse("models_registry:act", args=[registration.pk, act.value]),
            "at_once": page.form is None and act not in Act.HANDS_IN,
        }
        for act, page in found
    ]
