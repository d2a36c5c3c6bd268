"""Files of a dialogue: added, handed over, taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy
from django.views.generic import View

from dialogues import services
from dialogues.forms.dialogue import AttachmentForm
from dialogues.models import Dialogue, DialogueAttachment
from dialogues.querysets import DialogueQuerySet
from mobilization.accounts.views import StaffRequiredMixin
from mobilization.core.errors import DomainError
from mobilization.core.views import ActView, ObjectPermissionMixin


class AttachView(StaffRequiredMixin, ActView):
    """Add a file to a dialogue."""

    permission_required = "dialogues.change_dialogue"
    form_class = AttachmentForm
    success_message = gettext_lazy("The file is added.")

    def get_queryset(self) -> DialogueQuerySet:
        """Return the dialogues one may read."""
        return Dialogue.objects.visible_to(self.request.user).select_related("unit")

    def act(self, obj: Dialogue, form: AttachmentForm) -> DialogueAttachment:
        """Attach."""
        cleaned = form.cleaned_data
        return services.attach(obj, cleaned["file"], kind=cleaned["kind"], actor=self.request.user)

    def refused(self, obj: Dialogue, form: AttachmentForm, refusal: DomainError) -> HttpResponse:
        """Tell why the file was not taken."""
        messages.error(self.request, str(refusal))
        return redirect(obj)


class AttachmentMixin(StaffRequiredMixin, ObjectPermissionMixin):
    """A file of a dialogue that one may read."""

    def get_queryset(self):
        """Return the files of the dialogues one may read."""
        visible = Dialogue.objects.visible_to(self.request.user).values("pk")
        return DialogueAttachment.objects.filter(dialogue__in=visible).select_related("dialogue__unit")


class AttachmentView(AttachmentMixin, View):
    """Hand the file over."""

    permission_required = "dialogues.view_attachment"

    def get(self, request: HttpRequest, *args, **kwargs) -> HttpResponse:
        """Answer the file as an attachment."""
        return self.get_object().as_attachment()


class DetachView(AttachmentMixin, ActView):
    """Take the file away."""

    permission_required = "dialogues.remove_attachment"
    success_message = gettext_lazy("The file is removed.")

    def act(self, obj: DialogueAttachment, form: None) -> None:
        """Detach."""
        services.detach(obj, actor=self.request.user)

    def get_success_url(self, obj: DialogueAttachment, result: None) -> str:
        """Lead back to the dialogue."""
        return obj.dialogue.get_absolute_url()
