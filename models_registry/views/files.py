"""Evidence files: handed over, taken away, shown on the public page and hidden again. ``attaching`` adds them."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.generic import View

from mobilization.core.errors import DomainError
from mobilization.core.files import inline_picture
from mobilization.core.views import ActView, ObjectPermissionMixin, add_refusal
from models_registry import services
from models_registry.forms.files import ShowFileForm
from models_registry.models import Attachment, Registration


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


class ThumbnailView(AttachmentMixin, View):
    """Show a small picture to whoever may see its registration."""

    permission_required = "models_registry.view_attachment"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Answer the picture."""
        small = services.thumbnail_of(self.get_object())
        if small is None:
            raise Http404
        return inline_picture(small, "image/webp", cache="private, max-age=600")


class FileActView(AttachmentMixin, ActView):
    """An act on a file that leads back to the files of its registration."""

    def get_success_url(self, obj: Attachment, result: Any) -> str:
        """Go back to the files: in the form while it is written, else at the registration."""
        return files_url(self.request.user, obj.registration)


class DetachView(FileActView):
    """Take a file away while the registration is in the unit's hands."""

    permission_required = "models_registry.change_attachment"
    success_message = gettext_lazy("The file is gone.")

    def act(self, obj: Attachment, form: None) -> None:
        """Remove the file."""
        services.detach(obj, actor=self.request.user)


class ShowFileView(FileActView):
    """Let a picture or a PDF stand on the public page; the page asks who agreed."""

    http_method_names = ["get", "post"]
    permission_required = "models_registry.show_attachment"
    form_class = ShowFileForm
    success_message = gettext_lazy("Everybody can see this file once the registration is public.")

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the file and ask for the words."""
        file = self.get_object()
        if not file.may_be_shown:
            raise Http404
        words = {"caption": file.caption, "consent_note": file.consent_note}
        return self.page(file, ShowFileForm(initial=words))

    def act(self, obj: Attachment, form: ShowFileForm) -> Attachment:
        """Show it."""
        return services.show_file(obj, actor=self.request.user, **form.cleaned_data)

    def refused(self, obj: Attachment, form: ShowFileForm, refusal: DomainError) -> HttpResponse:
        """Tell why at the fields, or beside the files where it is not about words."""
        if not refusal.fields:
            return super().refused(obj, form, refusal)
        add_refusal(form, refusal)
        return self.form_invalid(obj, form)

    def form_invalid(self, obj: Attachment, form: ShowFileForm) -> HttpResponse:
        """Show the page again with what was typed."""
        return self.page(obj, form, status=422)

    def page(self, file: Attachment, form: ShowFileForm, *, status: int = 200) -> HttpResponse:
        """Answer the page of the act."""
        registration = file.registration
        context = {
            "file": file,
            "form": form,
            "registration": registration,
            "back": files_url(self.request.user, registration),
        }
        return render(self.request, "models_registry/file_show.html", context, status=status)


class HideFileView(FileActView):
    """Take a file off the public page."""

    permission_required = "models_registry.show_attachment"
    success_message = gettext_lazy("The file is no longer on the public page.")

    def act(self, obj: Attachment, form: None) -> Attachment:
        """Hide it."""
        return services.hide_file(obj, actor=self.request.user)


def files_url(user: Any, registration: Registration) -> str:
    """Return where ``user`` finds the files of ``registration``: the form's step if they are his to change."""
    if user.has_perm("models_registry.change_attachment", registration):
        return reverse("models_registry:attach", args=[registration.pk])
    return f"{registration.get_absolute_url()}#files"


def file_context(user: Any, registration: Registration) -> dict[str, Any]:
    """Return what the part of a page about the files is made of."""
    return {
        "registration": registration,
        "attachments": list(registration.attachments.select_related("shown_by")),
        "may_attach": user.has_perm("models_registry.change_attachment", registration),
        "may_show": user.has_perm("models_registry.show_attachment", registration),
    }
