"""Evidence files: added, several at once, handed over, taken away, shown on the public page and hidden again."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View

from mobilization.core.errors import DomainError
from mobilization.core.files import MAX_BYTES, inline_picture
from mobilization.core.views import ActView, ObjectPermissionMixin, add_refusal
from models_registry import services
from models_registry.forms.files import AttachmentForm, ShowFileForm
from models_registry.models import Attachment, Registration
from models_registry.views.filing import OwnRegistrationMixin

Refusals = list[tuple[str, str]]


class AttachView(OwnRegistrationMixin, View):
    """Add evidence files: those that are good are kept, each of the others gets its sentence.

    A browser with JavaScript sends one request for each file and asks for JSON; without it all come at once.
    """

    permission_required = "models_registry.change_attachment"
    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what can be kept, and tell."""
        registration = self.get_object()
        form = AttachmentForm(request.POST, request.FILES)
        if not form.is_valid():
            sentences = [sentence for found in form.errors.values() for sentence in found]
            return self.answer(registration, 0, [("", sentence) for sentence in sentences])
        kept, refused = 0, []
        for upload in form.cleaned_data["file"]:
            sentence = self.keep(registration, upload, form.cleaned_data)
            if sentence:
                refused.append((upload.name, sentence))
            else:
                kept += 1
        return self.answer(registration, kept, refused)

    def keep(self, registration: Registration, upload: UploadedFile, words: dict[str, Any]) -> str:
        """Keep one file; return why not, if not."""
        given = {name: words[name] for name in ("caption", "is_public", "consent_note")}
        try:
            services.attach(registration, upload, actor=self.request.user, **given)
        except DomainError as refusal:
            return str(refusal)
        return ""

    def answer(self, registration: Registration, kept: int, refused: Refusals) -> HttpResponse:
        """Tell what was kept and what was not, as JSON to a script and as messages to a person."""
        told = ngettext("One file is kept.", "%(count)d files are kept.", kept) % {"count": kept}
        if self.request.accepts("text/html"):
            if kept:
                messages.success(self.request, told)
            for name, sentence in refused:
                messages.error(self.request, f"{name}: {sentence}" if name else sentence)
            return redirect(f"{registration.get_absolute_url()}#files")
        shown = render_to_string(
            "models_registry/file_list.html", file_context(self.request.user, registration), self.request
        )
        answer = {"told": told if kept else "", "refused": [sentence for _name, sentence in refused]}
        return JsonResponse(answer | {"list": shown}, status=422 if refused else 200)


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
        """Go back to the registration."""
        return f"{obj.registration.get_absolute_url()}#files"


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
        context = {"file": file, "form": form, "registration": file.registration}
        return render(self.request, "models_registry/file_show.html", context, status=status)


class HideFileView(FileActView):
    """Take a file off the public page."""

    permission_required = "models_registry.show_attachment"
    success_message = gettext_lazy("The file is no longer on the public page.")

    def act(self, obj: Attachment, form: None) -> Attachment:
        """Hide it."""
        return services.hide_file(obj, actor=self.request.user)


def file_context(user: Any, registration: Registration) -> dict[str, Any]:
    """Return what the part of a page about the files is made of."""
    may_write = user.has_perm("models_registry.change_attachment", registration)
    return {
        "registration": registration,
        "attachments": list(registration.attachments.select_related("shown_by")),
        "attachment_form": AttachmentForm() if may_write else None,
        "largest_file": MAX_BYTES,
        "may_attach": may_write,
        "may_show": user.has_perm("models_registry.show_attachment", registration),
    }
