"""The unit's side: start a registration, fill its steps, keep files, throw a draft away."""

from functools import cached_property
from typing import Any

from django.contrib import messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import FormView, View

from mobilization.accounts.scopes import own_units
from mobilization.accounts.states import Role
from mobilization.core.errors import Conflict, DomainError
from mobilization.core.views import ActView, ObjectPermissionMixin, add_refusal
from models_registry import services
from models_registry.forms.filing import CONTENT, STEPS, AttachmentForm, RegistrationForm, StartForm
from models_registry.models import CONTENT_FIELDS, Attachment, Campaign, Registration, ReviewStep
from models_registry.validators import missing_to_report, missing_to_submit


class StartView(FormView):
    """The first step: for which unit and campaign, and what is registered. Saving it makes the draft."""

    form_class = StartForm
    template_name = "models_registry/start.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Let officials in."""
        if not request.user.has_perm("models_registry.start_registration"):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def units(self) -> QuerySet:
        """Return the units for which the user registers: the own ones in force."""
        return own_units(self.request.user, Role.OFFICIAL).in_force()

    @cached_property
    def campaigns(self) -> QuerySet:
        """Return the opened campaigns of the cities that these units belong to, newest first."""
        cities = {unit.path_ids[0] for unit in self.units}
        return Campaign.objects.opened().filter(city__in=cities).order_by("-year")[:2]

    def get_form_kwargs(self) -> dict[str, Any]:
        """Hand over what may be chosen."""
        campaigns = Campaign.objects.filter(pk__in=[campaign.pk for campaign in self.campaigns]).order_by(
            "-year"
        )
        initial = {"campaign": campaigns[0].pk} if campaigns else {}
        return super().get_form_kwargs() | {
            "instance": Registration(),
            "campaigns": campaigns,
            "units": self.units,
            "initial": initial,
        }

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Tell when there is nothing to register for."""
        return super().get_context_data(has_campaign=bool(self.campaigns), steps=STEPS, **kwargs)

    def form_valid(self, form: StartForm) -> HttpResponse:
        """Make the draft and lead on to the next step."""
        try:
            draft = services.start_registration(
                form.cleaned_data["unit"],
                form.cleaned_data["campaign"],
                form.data_to_save(),
                actor=self.request.user,
            )
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.form_invalid(form)
        messages.success(self.request, _("The draft is saved."))
        return redirect("models_registry:edit", pk=draft.pk, step=CONTENT)


class OwnRegistrationMixin(ObjectPermissionMixin):
    """A registration in the unit's hands."""

    permission_required = "models_registry.change_registration"

    def get_queryset(self) -> QuerySet:
        """Return what the user's own units answer for."""
        return Registration.objects.of_own_units(self.request.user).select_related(
            "unit__heir", "campaign", "model"
        )


class EditView(OwnRegistrationMixin, View):
    """One step of the form. What is typed stays, whatever is wrong with it; nothing of others is overwritten."""

    template_name = "models_registry/edit.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Find the registration and the fields of this step that may be written in its state."""
        self.object = self.get_object() if request.user.is_authenticated else None
        fields = STEPS.get(kwargs["step"], ("", ()))[1]
        self.names = tuple(name for name in fields if self.object and name in self.object.editable_fields)
        if not self.names:
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the step as it was saved."""
        return self.answer(self.form())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Save the step, then go where the button says: on, or to the whole."""
        form = self.form(request.POST)
        if not form.is_valid():
            return self.answer(form, status=422)
        try:
            services.save_draft(
                Registration.objects.get(pk=self.object.pk),
                form.data_to_save(),
                actor=request.user,
                seen_version=form.cleaned_data["seen_version"],
            )
        except Conflict as conflict:
            add_refusal(form, conflict)
            return self.answer(form, status=409, theirs=self.current(form))
        except DomainError as refusal:
            add_refusal(form, refusal)
            return self.answer(form, status=422)
        messages.success(request, _("Saved."))
        return redirect(self.next_url())

    @cached_property
    def returned(self) -> ReviewStep | None:
        """Return the step that sent the registration back, while it is back."""
        return (
            self.object.steps.returns().order_by("-version").first() if self.object.returned_by_id else None
        )

    def form(self, data: Any = None) -> RegistrationForm:
        """Return the form of this step, with the reviewer's remarks at their fields."""
        remarks = self.returned.remarks if self.returned else {}
        return RegistrationForm(data, instance=self.object, names=self.names, remarks=remarks)

    def current(self, form: RegistrationForm) -> list[tuple[Any, Any, str]]:
        """Return what somebody else saved meanwhile at fields typed differently: label, their text, field."""
        saved = Registration.objects.get(pk=self.object.pk)
        form.data = form.data.copy()
        form.data["seen_version"] = str(saved.version)
        return [
            (form.fields[name].label, getattr(saved, name), name)
            for name in self.names
            if getattr(saved, name) != form.cleaned_data.get(name)
        ]

    def next_url(self) -> str:
        """Return the next step that may be written, or the page of the whole."""
        steps = [step for step, (_t, names) in STEPS.items() if set(names) & set(self.object.editable_fields)]
        here = steps.index(self.kwargs["step"])
        if "next" in self.request.POST and here + 1 < len(steps):
            return reverse("models_registry:edit", args=[self.object.pk, steps[here + 1]])
        if "stay" in self.request.POST:
            return self.request.path
        return self.object.get_absolute_url()

    def answer(self, form: RegistrationForm, *, status: int = 200, **context: Any) -> HttpResponse:
        """Show the step with its form, the reviewer's remarks and the other steps."""
        context |= {
            "form": form,
            "registration": self.object,
            "steps": [
                (key, title, bool(set(names) & set(self.object.editable_fields)))
                for key, (title, names) in STEPS.items()
            ],
            "step": self.kwargs["step"],
            "step_title": STEPS[self.kwargs["step"]][0],
            "returned": self.returned,
        }
        return render(self.request, self.template_name, context, status=status)


class DiscardView(OwnRegistrationMixin, ActView):
    """Throw a draft away; what was ever submitted is withdrawn instead."""

    permission_required = "models_registry.discard_registration"
    success_message = _("The draft is gone.")

    def act(self, obj: Registration, form: None) -> None:
        """Delete the draft."""
        services.discard_draft(obj, actor=self.request.user)

    def get_success_url(self, obj: Registration, result: Any) -> str:
        """Lead on to the list."""
        return reverse("models_registry:list")


class AttachView(OwnRegistrationMixin, ActView):
    """Add an evidence file."""

    permission_required = "models_registry.change_attachment"
    form_class = AttachmentForm
    success_message = _("The file is kept.")

    def act(self, obj: Registration, form: AttachmentForm) -> Attachment:
        """Keep the file."""
        return services.attach(
            obj,
            form.cleaned_data["file"],
            actor=self.request.user,
            caption=form.cleaned_data["caption"],
            is_public=form.cleaned_data["is_public"],
        )


class AttachmentMixin(ObjectPermissionMixin):
    """A file, found through the registrations that the user may see."""

    pk_url_kwarg = "attachment"

    def get_queryset(self) -> QuerySet:
        """Return the files of visible registrations."""
        return Attachment.objects.visible_to(self.request.user).select_related("registration__unit__heir")


class AttachmentView(AttachmentMixin, View):
    """Hand a file over to whoever may see its registration."""

    permission_required = "models_registry.view_attachment"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the file as an attachment."""
        return self.get_object().as_attachment()


class DetachView(AttachmentMixin, ActView):
    """Take a file away while the registration is in the unit's hands."""

    permission_required = "models_registry.change_attachment"
    success_message = _("The file is gone.")

    def act(self, obj: Attachment, form: None) -> None:
        """Remove the file."""
        services.detach(obj, actor=self.request.user)

    def get_success_url(self, obj: Attachment, result: Any) -> str:
        """Go back to the registration."""
        return obj.registration.get_absolute_url()


def missing(registration: Registration) -> dict[str, list[str]]:
    """Return what is still missing for the next act of the unit, by field; nothing when it is not its turn."""
    if not registration.editable_fields:
        return {}
    promised = registration.editable_fields == CONTENT_FIELDS
    return missing_to_submit(registration) if promised else missing_to_report(registration)
