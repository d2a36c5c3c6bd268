"""Evidence files: added, handed over, taken away."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _
from django.views.generic import View

from mobilization.core.views import ActView, ObjectPermissionMixin
from models_registry import services
from models_registry.forms.filing import AttachmentForm
from models_registry.models import Attachment, Registration
from models_registry.views.filing import OwnRegistrationMixin


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
