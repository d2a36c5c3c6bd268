"""The unit's side beside the form: what is its own, what is missing, files, a draft thrown away."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from mobilization.accounts.models import User
from mobilization.core.views import ActView, ObjectPermissionMixin
from models_registry import services
from models_registry.forms.filing import AttachmentForm
from models_registry.models import CONTENT_FIELDS, Attachment, Registration
from models_registry.validators import missing_to_report, missing_to_submit


class OwnRegistrationMixin(ObjectPermissionMixin):
    """A registration in the unit's hands."""

    permission_required = "models_registry.change_registration"

    def get_queryset(self) -> QuerySet:
        """Return what the user's own units answer for."""
        return Registration.objects.of_own_units(self.request.user).select_related(
            "unit__heir", "campaign", "model"
        )


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


def typists(registration: Registration) -> list[User]:
    """Return everybody who typed into ``registration``, whoever it belongs to."""
    return list(User.objects.filter(pk__in=registration.typists).order_by("sort_key"))
