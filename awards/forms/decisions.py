"""The forms of a decision and of its awards: shapes only; what content must be stands in ``validators``."""

import datetime

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Award, AwardForm, Decision
from awards.nominating.titling import usual_subject
from awards.services import PREPARERS
from awards.states import GrantingTier
from mobilization.accounts.scopes import scope_units
from mobilization.accounts.states import Role
from mobilization.core.errors import NOT_SEEN
from mobilization.core.forms import PortalModelForm, SeenVersionField, TextField
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind, tier_of
from models_registry.models import Registration


class NewDecisionForm(PortalModelForm):
    """A new draft: who grants, and what is known by now.

    ``on`` is the day whose units are offered (today's, or those of an older decision that is put on record).
    """

    by_prime_minister = forms.BooleanField(
        label=_("Granted by the Prime Minister"),
        required=False,
        help_text=_("The city keeps the decision; the award is of the state tier."),
    )

    class Meta(PortalModelForm.Meta):
        model = Decision
        fields = ["unit", "by_prime_minister", "title", "number", "signed_on", "signer", "signer_post"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, user, on: datetime.date | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        units = scope_units(user, *PREPARERS)
        self.fields["unit"].queryset = units.in_force(on or timezone.localdate()).order_by("path")
        self.fields["unit"].empty_label = None
        self.fields["title"].initial = usual_subject((on or timezone.localdate()).year)
        if not user.has_role(Role.CITY_STAFF):
            del self.fields["by_prime_minister"]

    def clean(self):
        """Set the tier from the granting unit; only the city keeps decisions of the state."""
        cleaned = super().clean()
        unit = cleaned.get("unit")
        if unit is None:
            return cleaned
        self.instance.tier = tier_of(unit.kind).value
        if cleaned.get("by_prime_minister"):
            if unit.kind != UnitKind.CITY:
                self.add_error("by_prime_minister", _("Only the city keeps decisions of the state tier."))
            self.instance.tier = GrantingTier.STATE
        return cleaned


class DecisionForm(PortalModelForm):
    """A draft that is changed. ``seen_version`` is the version that the page showed."""

    seen_version = SeenVersionField()

    class Meta(PortalModelForm.Meta):
        model = Decision
        fields = ["title", "number", "signed_on", "signer", "signer_post", "reason"]
        widgets = {"title": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        if not self.instance.amendment_kind:
            del self.fields["reason"]
        else:
            self.fields["reason"].required = True

    def clean(self):
        """Say above the form what is wrong with the hidden version: nobody could read it at its field."""
        cleaned = super().clean()
        if "seen_version" in self.errors:
            self.add_error(None, NOT_SEEN)
        return cleaned


class AwardEntryForm(PortalModelForm):
    """One award of a draft that is mended. ``seen_version`` is the version of the draft that the page showed."""

    seen_version = SeenVersionField(required=False)
    model_code = TextField(
        label=_("Code of the model"),
        required=False,
        max_length=11,
        help_text=_("The code of the model behind the award (DVK-0000001), where there is one."),
    )

    class Meta(PortalModelForm.Meta):
        model = Award
        fields = ["form", "recipient_kind", "recipient_name", "unit", "achievement", "model_code"]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        decision, corrected = self.instance.decision, self.instance.corrects
        on = decision.signed_on or timezone.localdate()
        offered = Q(pk__in=AwardForm.objects.in_force(on).of_tier(decision.tier).values("pk"))
        places = Q(pk__in=Unit.objects.under(decision.unit).in_force(on).values("pk"))
        if corrected is not None:
            offered |= Q(pk=corrected.form_id)
            places |= Q(pk=corrected.unit_id)
        self.fields["form"].queryset = AwardForm.objects.filter(offered)
        self.fields["unit"].queryset = Unit.objects.filter(places).order_by("path")
        self.initial["seen_version"] = decision.version
        self.registrations = Registration.objects.visible_to(user).recognised()
        if self.instance.registration_id:
            self.fields["model_code"].initial = self.instance.registration.model.code

    def look_again(self) -> None:
        """Let what was typed be saved on purpose over the draft as it stands now, once it has been looked at."""
        current = Decision.objects.filter(pk=self.instance.decision_id).values_list("version", flat=True)
        self.data = self.data.copy()
        self.data["seen_version"] = str(current.first() or "")

    def clean_model_code(self) -> str:
        """Find the latest recognised registration of the model; the sentence names the code that is not found."""
        code = self.cleaned_data["model_code"].upper()
        known = self.instance.registration
        if not code:
            self.instance.registration = None
        elif known is None or known.model.code != code:
            found = self.registrations.filter(model__code=code).order_by("-year").first()
            if found is None:
                raise forms.ValidationError(
                    _("No recognised model with the code %(code)s."), "unknown_model", {"code": code}
                )
            self.instance.registration = found
        return code
