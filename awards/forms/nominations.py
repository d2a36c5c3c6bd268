"""The forms of nominations: what is proposed, and the words that the acts take."""

import datetime
from collections.abc import Sequence

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from awards.models import AwardForm, Nomination, Recipient
from awards.proposing_many import CODE
from awards.querysets.nominations import PROPOSERS
from awards.recipients import alike
from awards.states import GrantingTier, RecipientKind
from awards.validators import NOTE_LENGTH, validate_not_personal
from dialogues.models import Dialogue
from mobilization.accounts.scopes import own_units, scope_units
from mobilization.accounts.states import Role
from mobilization.core.errors import NOT_SEEN
from mobilization.core.forms import (
    PortalForm,
    PortalModelForm,
    SeenVersionField,
    TextField,
    VietnameseDateField,
)
from mobilization.core.text import fold
from mobilization.units.models import Unit
from mobilization.units.states import tier_of
from models_registry.forms import bulk
from models_registry.forms.bulk import BulkForm
from models_registry.models import Registration

NEW = "new"
DIALOGUES_SINCE = 730
"""Days for which dialogues are offered as what stands behind a nomination."""


def proposing_units(user, on: datetime.date):
    """Return the units in force for which ``user`` may propose: the own ones, for reviewers all below."""
    units = own_units(user, Role.OFFICIAL) | scope_units(user, *PROPOSERS)
    return units.in_force(on).order_by("path")


def forms_for(units, on: datetime.date):
    """Return the forms of award in force on ``on`` that somebody grants to one of ``units``."""
    tiers = {tier_of(kind).value for kind in units.order_by().values_list("kind", flat=True).distinct()}
    return AwardForm.objects.in_force(on).filter(tier__in={*tiers, GrantingTier.CITY, GrantingTier.STATE})


class NominationForm(PortalModelForm):
    """One nomination. Recipients of such a name that are on record are shown, and have to be chosen from or refused."""

    recipient_kind = forms.ChoiceField(label=_("Kind of recipient"), choices=RecipientKind)
    note = TextField(
        label=_("What tells them apart"),
        max_length=NOTE_LENGTH,
        required=False,
        validators=[validate_not_personal],
        help_text=Recipient._meta.get_field("note").help_text,
    )
    model_code = TextField(
        label=_("Code of the model"),
        required=False,
        max_length=11,
        help_text=_("The code of the model behind the award (DVK-0000001), where there is one."),
    )
    seen_version = SeenVersionField(required=False)

    class Meta(PortalModelForm.Meta):
        model = Nomination
        fields = ["recipient_name", "unit", "form", "proposed_on", "achievement", "dialogue"]
        widgets = {"achievement": forms.Textarea(attrs={"rows": 4})}

    field_order = [
        "recipient_kind",
        "recipient_name",
        "unit",
        "which",
        "note",
        "form",
        "achievement",
        "model_code",
        "dialogue",
        "proposed_on",
    ]

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.user, self.recipient = user, None
        day = self._day()
        units = proposing_units(user, timezone.localdate())
        self.fields["unit"].queryset = units
        own = list(units[:2])
        if len(own) == 1:
            self.fields["unit"].initial, self.fields["unit"].empty_label = own[0].pk, None
        self.fields["form"].queryset = forms_for(units, day)
        self.registrations = Registration.objects.visible_to(user).accepted_on()
        self._offer_dialogues(day)
        if self.instance.pk:
            self.fields["seen_version"].initial = self.instance.version
            self.fields["seen_version"].required = True
            self.fields["recipient_kind"].initial = self.instance.recipient.kind
            self.fields["note"].initial = self.instance.recipient.note
        if self.instance.registration_id:
            self.fields["model_code"].initial = self.instance.registration.model.code
        self.similar = self._similar()
        if self.similar:
            self._offer_similar()

    def _day(self) -> datetime.date:
        typed = self.data.get(self.add_prefix("proposed_on"), "") if self.is_bound else ""
        try:
            return VietnameseDateField(required=False).clean(typed) or self.instance.proposed_on
        except ValidationError:
            return timezone.localdate()

    def _offer_dialogues(self, day: datetime.date) -> None:
        since = day - datetime.timedelta(days=DIALOGUES_SINCE)
        seen = Dialogue.objects.visible_to(self.user).held()
        own = seen.filter(unit__in=own_units(self.user, Role.OFFICIAL).values("pk"), held_on__gte=since)
        asked = self.instance.dialogue_id or self.get_initial_for_field(self.fields["dialogue"], "dialogue")
        offered = own | seen.filter(pk=asked) if asked else own
        self.fields["dialogue"].queryset = offered.select_related("unit").newest_first()
        self.fields["dialogue"].required = False

    def _similar(self) -> list:
        """Return the recipients that resemble what was typed; what was not typed yet asks nothing."""
        name = self.data.get(self.add_prefix("recipient_name"), "") if self.is_bound else ""
        if not name or "\x00" in name:  # the field refuses what the database cannot be asked
            return []
        unit = Unit.objects.filter(pk=_number(self.data.get(self.add_prefix("unit"), ""))).first()
        found = [one.recipient for one in alike(name[:300], unit, self.user)]
        chosen = self.instance.recipient if self.instance.recipient_id else None
        if chosen and chosen not in found and fold(chosen.name) == fold(name.strip()):
            found.insert(0, chosen)
        return found

    def _offer_similar(self) -> None:
        count = _award_counts(self.similar)
        labels = [
            (str(one.pk), f"{one} – {one.get_kind_display()}, {one.unit.full_name} ({count(one)})")
            for one in self.similar
        ]
        self.fields["which"] = forms.ChoiceField(
            label=_("On record with such a name"),
            choices=[*labels, (NEW, _("None of these: a new recipient"))],
            widget=forms.RadioSelect,
            required=False,
            initial=str(self.instance.recipient_id or ""),
        )
        self.order_fields(self.field_order)

    def clean_model_code(self) -> str:
        """Find the latest registration of the model; the sentence names the code that is not found."""
        code = self.cleaned_data["model_code"].upper()
        known = self.instance.registration
        if not code:
            self.instance.registration = None
        elif known is None or known.model.code != code:
            found = self.registrations.filter(model__code=code).order_by("-year").first()
            if found is None:
                raise ValidationError(
                    _("No accepted model with the code %(code)s."), "unknown_model", {"code": code}
                )
            self.instance.registration = found
        return code

    def clean_recipient_name(self) -> str:
        """Return the name with single blanks."""
        return " ".join(self.cleaned_data["recipient_name"].split())

    def clean(self):
        """Find out who the recipient is; names that are on record have to be looked at first."""
        cleaned = super().clean()
        if "seen_version" in self.errors:
            self.add_error(None, NOT_SEEN)
        name, unit, kind = (cleaned.get(one) for one in ("recipient_name", "unit", "recipient_kind"))
        if not (name and unit and kind):
            return cleaned
        which = cleaned.get("which", "")
        if self.similar and not which:
            self.add_error(
                "which",
                _("Recipients of such a name are on record. Choose one, or say that this one is new."),
            )
        elif which and which != NEW:
            self.recipient = next(one for one in self.similar if str(one.pk) == which)
        else:
            self.recipient = Recipient(kind=kind, name=name, unit=unit, note=cleaned.get("note", ""))
        return cleaned

    def _get_validation_exclusions(self):
        """The acts check what the table would refuse, once the recipient is known."""
        return super()._get_validation_exclusions() | {"recipient", "granting_unit", "registration"}


class ReasonForm(PortalForm):
    """An act that needs a reason."""

    reason = TextField(label=_("Reason"), max_length=2000, widget=forms.Textarea)
    seen_version = SeenVersionField(required=False)


def _award_counts(recipients: Sequence[Recipient]):
    rows = Recipient.objects.filter(pk__in=[one.pk for one in recipients]).with_award_count()
    counts = dict(rows.values_list("pk", "award_count"))

    def told(one: Recipient) -> str:
        number = counts.get(one.pk, 0)
        return ngettext("%(count)d award", "%(count)d awards", number) % {"count": number}

    return told


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0  # noqa: PLR2004 -- fits a bigint


class NominateManyForm(BulkForm):
    """The words of proposing awards for many registrations of a list."""

    form = forms.ModelChoiceField(label=_("Form of award"), queryset=AwardForm.objects.none())
    achievement = TextField(
        label=_("Achievement"),
        required=False,
        max_length=2000,
        widget=forms.Textarea,
        help_text=_("The same words for all; empty: the title of each model."),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        today = timezone.localdate()
        self.fields["form"].queryset = forms_for(proposing_units(self.user, today), today)


bulk.register(CODE, NominateManyForm)
