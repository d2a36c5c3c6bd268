"""The unit's side beside the form: what is its own, what is missing, a draft thrown away."""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.core.errors import version_seen
from mobilization.core.views import ActView, ObjectPermissionMixin, seen_in
from models_registry import services
from models_registry.models import CONTENT_FIELDS, Registration
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

    def act(self, obj: Registration, form: None) -> bool:
        """Delete the draft as it was seen."""
        seen = version_seen(seen_in(self.request.POST))
        services.discard_draft(obj, actor=self.request.user, seen_version=seen)
        return True

    def get_success_url(self, obj: Registration, result: Any) -> str:
        """Lead on to the list; back to a draft that stays."""
        return reverse("models_registry:list") if result else obj.get_absolute_url()


def missing(registration: Registration) -> dict[str, list[str]]:
    """Return what is still missing for the next act of the unit, by field; nothing when it is not its turn."""
    if not registration.editable_fields:
        return {}
    promised = registration.editable_fields == CONTENT_FIELDS
    return missing_to_submit(registration) if promised else missing_to_report(registration)


def typists(registration: Registration) -> list[User]:
    """Return everybody who typed into ``registration`` or handed it in, whoever it belongs to."""
    return list(User.objects.filter(pk__in=registration.typists).order_by("sort_key"))
