"""The whole registration before it is handed in: as everybody will read it, and what stays with the reviewers."""

from typing import Any

from django.db.models import QuerySet
from django.http import Http404
from django.utils import timezone
from django.views.generic import DetailView

from models_registry.forms.filing import STEPS, texts_of
from models_registry.models import PRIVATE_FIELDS, Registration
from models_registry.permissions import available_acts
from models_registry.states import Act
from models_registry.views.act_pages import PAGES
from models_registry.views.checklist import deadline_of, steps_of, typed_fields, unsaved_steps
from models_registry.views.filing import OwnRegistrationMixin, typists
from models_registry.windows import closing_of


class PreviewView(OwnRegistrationMixin, DetailView):
    """What reviewers and, later, everybody will read; handed in from here."""

    template_name = "models_registry/preview.html"
    context_object_name = "registration"

    def get_queryset(self) -> QuerySet:
        """Return what the user's own units answer for, with whoever typed it."""
        return super().get_queryset().select_related("typed_by", "previous")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add what is missing, what is not saved, and the act that hands it in."""
        registration, user = self.object, self.request.user
        acts = [act for act in available_acts(user, registration) if act in Act.HANDS_IN]
        if not acts and not registration.editable_fields:
            raise Http404
        steps = steps_of(registration, "", {})
        names = tuple(name for _title, fields in STEPS.values() for name in fields)
        texts = texts_of(registration, names)
        unsaved = unsaved_steps(user, registration)
        typed = typed_fields(unsaved)
        lacking = [need for step in steps for need in step["needs"] if not need["filled"]]
        context = {
            "steps": steps,
            "step": "preview",
            "missing": [need for need in lacking if need["name"] not in typed],
            "complete": not lacking,
            "deadline": deadline_of(registration),
            "private": [(label(name), texts[name]) for name in PRIVATE_FIELDS if texts[name]],
            "unsaved": unsaved,
            "typists": typists(registration),
            "files": list(registration.attachments.all()),
            "act": acts[0] if acts else None,
            "page": PAGES[acts[0]] if acts else None,
            "closing": closing_of(registration, timezone.localdate()),
        }
        return super().get_context_data(**context, **kwargs)


def label(name: str) -> Any:
    """Return what a field is called."""
    return Registration._meta.get_field(name).verbose_name
