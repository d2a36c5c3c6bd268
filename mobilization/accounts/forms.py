"""Forms of the account pages; shape here, meaning in ``validators`` and ``transitions``."""

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.accounts.models.own_lists import LONGEST_NAME
from mobilization.accounts.querysets import normalise_email
from mobilization.accounts.states import Role
from mobilization.accounts.validators import validate_position
from mobilization.core.forms import PortalForm, TextField, VietnameseDateField
from mobilization.units.forms import UnitChoiceField
from mobilization.units.models import Unit

NAME = {"max_length": 150, "label": _("Full name"), "widget": forms.TextInput(attrs={"autocomplete": "off"})}


class EmailField(forms.EmailField):
    """An address, in the one form in which it is stored."""

    widget = forms.EmailInput(attrs={"autocomplete": "off"})

    def to_python(self, value: str | None) -> str:
        """Return the address in lower case."""
        return normalise_email(super().to_python(value))


class LanguageField(forms.ChoiceField):
    """One of the languages of the portal."""

    def __init__(self, **kwargs: object) -> None:
        super().__init__(choices=settings.LANGUAGES, label=_("Language"), **kwargs)


class PositionForm(PortalForm):
    """A role at a unit, from a date to another."""

    role = forms.ChoiceField(choices=[("", "—"), *Role.choices], label=_("Role"))
    unit = UnitChoiceField(
        Unit.objects.none(),
        label=_("Unit"),
        help_text=_("City roles are held at the city itself."),
    )
    valid_from = VietnameseDateField(label=_("From"))
    valid_to = VietnameseDateField(
        label=_("Until"),
        required=False,
        help_text=_("The first day without the position; empty while it lasts."),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["unit"].queryset = Unit.objects.in_force()
        self.fields["valid_from"].initial = timezone.localdate

    def clean(self) -> dict:
        """Ask what the granting act will ask, so that the sentences stand at their fields."""
        cleaned = super().clean()
        if {"role", "unit", "valid_from"} <= cleaned.keys():
            validate_position(
                cleaned["role"], cleaned["unit"], cleaned["valid_from"], cleaned.get("valid_to")
            )
        return cleaned


class InvitationForm(PositionForm):
    """Whom to invite, and for which position."""

    email = EmailField(
        label=_("E-mail address"), help_text=_("The invitation goes there; it is the name to sign in.")
    )
    full_name = TextField(**NAME)
    language = LanguageField(initial="vi")

    field_order = ("email", "full_name", "language", "role", "unit", "valid_from", "valid_to")

    def clean_email(self) -> str:
        """Refuse an address that has an account."""
        email = self.cleaned_data["email"]
        if User.objects.by_email(email).exists():
            raise forms.ValidationError(
                _("There is an account with this e-mail address already. Add the position there."), "taken"
            )
        return email


class AccountForm(PortalForm):
    """What an administrator keeps of a person."""

    full_name = TextField(**NAME)
    email = EmailField(label=_("E-mail address"))
    language = LanguageField()

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        kwargs["initial"] = {name: getattr(user, name) for name in ("full_name", "email", "language")}
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        """Refuse the address of another account."""
        email = self.cleaned_data["email"]
        if User.objects.by_email(email).exclude(pk=self.user.pk).exists():
            raise forms.ValidationError(_("There is an account with this e-mail address already."), "taken")
        return email


class ProfileForm(PortalForm):
    """What people change of their own account."""

    full_name = TextField(
        max_length=150, label=_("Full name"), widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    language = LanguageField()

    def __init__(self, *args: object, user: User, **kwargs: object) -> None:
        kwargs["initial"] = {"full_name": user.full_name, "language": user.language}
        super().__init__(*args, **kwargs)


class EndPositionForm(PortalForm):
    """From when a position gives no access any more."""

    on = VietnameseDateField(
        label=_("Ends on"), help_text=_("The first day without the position. Today: access ends at once.")
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate

    def clean_on(self):
        """Refuse a day that has passed: what was done under the position was done under it."""
        on = self.cleaned_data["on"]
        if on < timezone.localdate():
            raise forms.ValidationError(_("A position cannot end in the past."), "past")
        return on


class FilterNameForm(PortalForm):
    """What a saved filter of a list is called."""

    name = TextField(
        label=_("Name of the filter"),
        max_length=LONGEST_NAME,
        error_messages={"required": _("Give the filter a name.")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
