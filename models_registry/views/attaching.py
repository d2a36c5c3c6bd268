"""The step of the form for evidence: files added, several at once, with words about them and who agreed to be shown."""

from typing import Any

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import ngettext
from django.views.generic import View

from mobilization.core.errors import DomainError
from mobilization.core.files import MAX_BYTES
from models_registry import services
from models_registry.forms.files import AttachmentForm
from models_registry.models import Attachment, Registration
from models_registry.views.checklist import steps_of
from models_registry.views.files import file_context
from models_registry.views.filing import OwnRegistrationMixin

EVIDENCE = "evidence"
"""The step of the form that no field belongs to."""


class AttachView(OwnRegistrationMixin, View):
    """Add evidence files: those that are good are kept, whatever is wrong with the others or with the words.

    A browser with JavaScript sends each file as soon as it is chosen, asks for JSON, and sends the words later, with
    the numbers of the files in ``added``; without it files and words come together. Files about which something has
    still to be said stay private until then.
    """

    permission_required = "models_registry.change_attachment"
    http_method_names = ["get", "post"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the files that are there, and the form for more."""
        return self.page(self.get_object(), AttachmentForm())

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Keep what can be kept, and tell of the rest at its place."""
        registration = self.get_object()
        added = self.added(registration)
        form = AttachmentForm(request.POST, request.FILES, added=added)
        if "next" in request.POST and form.is_empty():
            return redirect("models_registry:preview", pk=registration.pk)
        form.full_clean()
        agreed = not form.errors
        kept = [
            one
            for upload in form.cleaned_data.get("file") or ()
            if (one := self.keep(registration, upload, form, shown=agreed)) is not None
        ]
        for one in added:
            self.describe(one, form, shown=agreed)
        return self.answer(registration, form, kept, [*added, *kept])

    def added(self, registration: Registration) -> list[Attachment]:
        """Return the files that were sent before the words; one that is gone by now is left out."""
        sent = set(self.request.POST.getlist("added"))
        return [one for one in registration.attachments.all() if str(one.pk) in sent] if sent else []

    def keep(
        self, registration: Registration, upload: UploadedFile, form: AttachmentForm, *, shown: bool
    ) -> Attachment | None:
        """Keep one file; tell at the field why not, if not."""
        words = form.words() if shown else {"caption": form.words()["caption"]}
        try:
            return services.attach(registration, upload, actor=self.request.user, **words)
        except DomainError as refusal:
            form.add_error("file", f"{upload.name}: {refusal}")
        return None

    def describe(self, file: Attachment, form: AttachmentForm, *, shown: bool) -> None:
        """Say of a file that is there what it shows, and show it if that is asked for."""
        words = form.words()
        try:
            if shown and words["is_public"] and not file.is_public:
                services.show_file(
                    file,
                    actor=self.request.user,
                    consent_note=words["consent_note"],
                    caption=words["caption"],
                )
            elif words["caption"]:
                services.describe_file(file, actor=self.request.user, caption=words["caption"])
        except DomainError as refusal:
            form.add_error("file", f"{file.original_name}: {refusal}")

    def answer(
        self,
        registration: Registration,
        form: AttachmentForm,
        kept: list[Attachment],
        known: list[Attachment],
    ) -> HttpResponse:
        """Answer a script in JSON, and a person with the next page, or with this one where something is to be said."""
        if not self.request.accepts("text/html"):
            context = file_context(self.request.user, registration)
            answer = {
                "refused": [sentence for found in form.errors.values() for sentence in found],
                "added": [one.pk for one in kept],
                "list": render_to_string("models_registry/file_list.html", context, self.request),
            }
            return JsonResponse(answer, status=422 if form.errors else 200)
        if form.errors:
            return self.page(registration, form, added=known, status=422)
        told = ngettext("One file is kept.", "%(count)d files are kept.", len(known)) % {"count": len(known)}
        messages.success(self.request, told)
        onward = "preview" if "next" in self.request.POST else "attach"
        return redirect(f"models_registry:{onward}", pk=registration.pk)

    def page(
        self, registration: Registration, form: AttachmentForm, *, added: Any = (), status: int = 200
    ) -> HttpResponse:
        """Answer the page of the step."""
        context = {
            "form": form,
            "added": added,
            "withheld": added and not form.errors.keys().isdisjoint({"consent_note", "caption"}),
            "steps": steps_of(registration, "", {}),
            "step": EVIDENCE,
            "largest_file": MAX_BYTES,
            "refused": [
                {"id": form[name].id_for_label, "label": form[name].label, "why": found[0]}
                for name, found in form.errors.items()
            ],
        }
        context |= file_context(self.request.user, registration)
        return render(self.request, "models_registry/evidence.html", context, status=status)
