"""The forms of the sign-in pages in the portal's own words; what they do is allauth's."""

from typing import Any

from allauth.account import forms as account
from allauth.mfa.base import forms as mfa
from allauth.mfa.totp import forms as totp
from allauth.mfa.webauthn import forms as webauthn
from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from mobilization.core.forms import speak_plainly

PASSWORD = gettext_lazy("Password")
NEW_PASSWORD = gettext_lazy("New password")
NEW_PASSWORD_AGAIN = gettext_lazy("New password once more")
CODE = gettext_lazy("Code from the app, or a recovery code")


class WordedForm:
    """Takes labels from ``words`` and hints from ``hints``; a placeholder that repeats the label is left out."""

    words: dict[str, Any] = {}
    hints: dict[str, Any] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            speak_plainly(field)
            if name in self.words:
                field.label = self.words[name]
            if name in self.hints:
                field.help_text = self.hints[name]


class TwiceTyped(WordedForm):
    """A new password is typed twice."""

    words = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD_AGAIN}

    def clean(self) -> dict[str, Any]:
        """Refuse two passwords that differ."""
        cleaned = forms.Form.clean(self) or self.cleaned_data
        first, second = cleaned.get("password1"), cleaned.get("password2")
        if first and second and first != second:
            self.add_error("password2", _("The two passwords differ. Type the same one twice."))
        return cleaned


class LoginForm(WordedForm, account.LoginForm):
    """Address and password."""

    words = {"login": gettext_lazy("E-mail address"), "password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""  # the page has the link to a forgotten password


class ResetPasswordForm(WordedForm, account.ResetPasswordForm):
    """The address that the link is sent to."""

    words = {"email": gettext_lazy("E-mail address")}


class ResetPasswordKeyForm(TwiceTyped, account.ResetPasswordKeyForm):
    """The new password, by a one-time link."""


class ChangePasswordForm(TwiceTyped, account.ChangePasswordForm):
    """The old password and a new one."""

    words = TwiceTyped.words | {"oldpassword": gettext_lazy("Present password")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["oldpassword"].help_text = ""


class SetPasswordForm(TwiceTyped, account.SetPasswordForm):
    """A first password."""


class ReauthenticateForm(WordedForm, account.ReauthenticateForm):
    """The password once more."""

    words = {"password": PASSWORD}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["password"].help_text = ""


class SecondFactorForm(WordedForm, mfa.AuthenticateForm):
    """The code of the second factor, when signing in."""

    words = {"code": CODE}


class SecondFactorAgainForm(WordedForm, mfa.ReauthenticateForm):
    """The code of the second factor, before a dangerous act."""

    words = {"code": CODE}


class ActivateAppForm(WordedForm, totp.ActivateTOTPForm):
    """The first code of a new app."""

    words = {"code": gettext_lazy("Six digits that the app shows")}


class AddPasskeyForm(WordedForm, webauthn.AddWebAuthnForm):
    """A name for a new passkey or key."""

    words = {
        "name": gettext_lazy("Name, to tell it from others"),
        "passwordless": gettext_lazy("Sign in with it alone, without a password"),
    }
    hints = {"passwordless": gettext_lazy("The device then asks for your finger, your face or its own code.")}


class EditPasskeyForm(WordedForm, webauthn.EditWebAuthnForm):
    """Another name for a passkey or key."""

    words = {"name": gettext_lazy("Name, to tell it from others")}
