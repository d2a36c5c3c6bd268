"""What the pages of acts share: one page per act, with its form, that says what it will do."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.db.models import Model
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.errors import Conflict, DomainError, version_seen
from mobilization.core.views import ActView, add_refusal

TEMPLATE = "dialogues/act.html"


class ActPage(StaffRequiredMixin, ActView):
    """GET asks, with the form of the act; POST acts. What was typed stays when something is wrong with it.

    ``transition`` takes the record and what its form takes; ``title`` names the act, also on its button; ``text`` says
    what it will do; ``begin`` returns what of the record its form begins with.
    """

    http_method_names = ["get", "post"]
    transition: Callable[..., Any] | None = None
    title: Any = ""
    text: Any = ""
    begin: Callable[[Any], dict[str, Any]] = staticmethod(lambda _record: {})
    danger = False

    @classmethod
    def of(
        cls, transition: Callable[..., Any], form_class: type[BaseForm], **words: Any
    ) -> Callable[..., Any]:
        """Return the view of one act; ``words`` are the other attributes of the page."""
        return cls.as_view(transition=transition, form_class=form_class, **words)

    def act(self, obj: Model, form: BaseForm) -> Model:
        """Carry out the transition."""
        return self.transition(obj, actor=self.request.user, **facts(form))

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form of the act."""
        self.object = obj = self.get_object()
        return self.show(obj, self.form_class(initial=self.get_initial(obj)))

    def get_initial(self, obj: Any) -> dict[str, Any]:
        """Return what the form begins with: above all the version that the actor sees now."""
        return {"version": obj.version} | self.begin(obj)

    def refused(self, obj: Model, form: BaseForm, refusal: DomainError) -> HttpResponse:
        """Show the form again with what was typed, to the loser of a race too; without words it leads back."""
        overtaken = isinstance(refusal, Conflict)
        if not set(refusal.fields) <= set(form.fields) or (overtaken and not form.visible_fields()):
            messages.error(self.request, str(refusal))
            return self.leave(obj)
        if overtaken:
            # Whoever has read what happened may act on purpose on what stands there now.
            form.data = form.data.copy()
            form.data["version"] = str(obj.version)
        add_refusal(form, refusal)
        return self.show(obj, form, status=409 if overtaken else 422)

    def leave(self, obj: Model) -> HttpResponse:
        """Lead back to the record."""
        return redirect(obj)

    def form_invalid(self, obj: Model, form: BaseForm) -> HttpResponse:
        """Show the form with all that was typed."""
        return self.show(obj, form, status=422)

    def show(self, obj: Model, form: BaseForm, status: int = 200) -> HttpResponse:
        """Answer the page of the act."""
        context = {
            "object": obj,
            "form": form,
            "title": self.title,
            "text": self.text,
            "danger": self.danger,
            "crumbs": self.crumbs(obj),
        }
        return render(self.request, TEMPLATE, context, status=status)

    def crumbs(self, obj: Model) -> list[tuple[str, str]]:
        """Return the way back."""
        raise NotImplementedError


def facts(form: BaseForm) -> dict[str, Any]:
    """Return the typed facts of an act, and what its actor saw. Raises ``Conflict`` where that is not told."""
    cleaned = dict(form.cleaned_data)
    return {"seen_version": version_seen(cleaned.pop("version", None)), **cleaned}
