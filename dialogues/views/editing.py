"""The forms that write a dialogue down or change it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms import ModelForm
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import CreateView, UpdateView

from dialogues.forms.dialogue import DialogueForm
from dialogues.models import Dialogue
from dialogues.querysets import DialogueQuerySet
from dialogues.states import State
from dialogues.transitions import dialogue as acts
from dialogues.views.dialogues import crumbs_to, crumbs_to_list
from mobilization.accounts.views import SentOnceMixin, StaffRequiredMixin
from mobilization.core.errors import Conflict, DomainError, version_seen
from mobilization.core.views import ObjectPermissionMixin, add_refusal

TEMPLATE = "dialogues/form.html"


class WritingMixin(StaffRequiredMixin):
    """The page with a form that writes a record; nothing typed is lost, whatever is wrong with it."""

    success_message: Any = ""

    def write(self, form: ModelForm) -> Model:
        """Carry out the act and return the record; may raise ``DomainError``."""
        raise NotImplementedError

    def form_valid(self, form: ModelForm) -> HttpResponse:
        """Carry out the act; a refusal is shown in the form."""
        try:
            url, is_first = self.write_once(lambda: self.next_page(self.write(form)))
        except Conflict as refusal:
            return self.form_invalid(overtaken(form, refusal))
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        if is_first:
            messages.success(self.request, self.success_message)
        return redirect(url)

    def write_once(self, write: Callable[[], str]) -> tuple[str, bool]:
        """Call ``write``, which returns where to go on; pages that make a record call it once for each page shown."""
        return write(), True

    def form_invalid(self, form: ModelForm) -> HttpResponse:
        """Show the form again."""
        return self.render_to_response(self.get_context_data(form=form), status=422)

    def next_page(self, saved: Model) -> str:
        """Return where the actor goes on."""
        return saved.get_absolute_url()


class DialogueFormMixin(WritingMixin):
    """The page with the form of a dialogue."""

    form_class = DialogueForm
    template_name = TEMPLATE

    def get_form_kwargs(self) -> dict[str, Any]:
        """Tell the form whose units to offer."""
        return super().get_form_kwargs() | {"user": self.request.user}


def overtaken(form: Any, refusal: Conflict) -> Any:
    """Return ``form`` with what was typed, told that somebody was first, ready to be saved over it on purpose."""
    current = type(form.instance).objects.get(pk=form.instance.pk)
    form.data = form.data.copy()
    form.data["version"] = str(current.version)
    advice = _(
        "What you typed is kept below. Compare it with the record; saving again puts yours in its place."
    )
    form.add_error(None, [ValidationError(str(refusal), code=refusal.code), advice])
    return form


class DialogueCreateView(SentOnceMixin, DialogueFormMixin, CreateView):
    """Plan a dialogue, or record one that was held."""

    page_permission = "dialogues.record_dialogue"
    success_message = gettext_lazy("The dialogue is saved.")

    def write(self, form: DialogueForm) -> Dialogue:
        """Plan or record."""
        act = acts.record if form.state() == State.HELD else acts.plan
        return act(form.save(commit=False), actor=self.request.user)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the page."""
        return super().get_context_data(
            title=_("New dialogue"), crumbs=crumbs_to_list(), cancel_url=reverse("dialogues:list"), **kwargs
        )


class DialogueEditView(DialogueFormMixin, ObjectPermissionMixin, UpdateView):
    """Change the facts of a dialogue."""

    permission_required = "dialogues.change_dialogue"
    success_message = gettext_lazy("The changes are saved.")

    def get_queryset(self) -> DialogueQuerySet:
        """Return the dialogues one may read."""
        return Dialogue.objects.visible_to(self.request.user).select_related("unit")

    def write(self, form: DialogueForm) -> Dialogue:
        """Edit."""
        changes = dict(form.cleaned_data)
        seen = version_seen(changes.pop("version"))
        return acts.edit(self.object, changes, actor=self.request.user, seen_version=seen)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the words of the page."""
        return super().get_context_data(
            title=_("Change the dialogue"),
            crumbs=crumbs_to(self.object),
            cancel_url=self.object.get_absolute_url(),
            **kwargs,
        )
