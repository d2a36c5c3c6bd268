"""The forms of the catalogue: one row, and the row that follows it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from awards.models import AwardForm
from mobilization.core.forms import (
    PortalForm,
    PortalModelForm,
    SeenVersionField,
    TextField,
    VietnameseDateField,
)

_FIELDS = {
    name: AwardForm._meta.get_field(name)
    for name in ("name", "body", "legal_basis", "votes_share", "votes_basis")
}


class CatalogueForm(PortalModelForm):
    """One row of the catalogue."""

    seen_version = SeenVersionField(required=False)

    class Meta(PortalModelForm.Meta):
        model = AwardForm
        fields = [
            "code",
            "name",
            "body",
            "tier",
            "legal_basis",
            "valid_from",
            "valid_to",
            "votes_share",
            "votes_basis",
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["seen_version"].initial = self.instance.version
        # Left out, the usual share stands.
        self.fields["votes_share"].required = False

    def clean_votes_share(self) -> int:
        """Return the share, the usual one where none was typed."""
        typed = self.cleaned_data["votes_share"]
        return _FIELDS["votes_share"].default if typed is None else typed


class SuccessorForm(PortalForm):
    """The form that follows another one of the same code and tier."""

    seen_version = SeenVersionField()
    valid_from = VietnameseDateField(
        label=_("In force from"), help_text=_("On this day the old form ends and this one begins.")
    )
    name = TextField(label=_FIELDS["name"].verbose_name, max_length=120)
    body = TextField(label=_FIELDS["body"].verbose_name, max_length=200)
    legal_basis = TextField(label=_FIELDS["legal_basis"].verbose_name, max_length=300)
    votes_share = forms.IntegerField(
        label=_FIELDS["votes_share"].verbose_name,
        help_text=_FIELDS["votes_share"].help_text,
        min_value=0,
        max_value=100,
    )
    votes_basis = TextField(
        label=_FIELDS["votes_basis"].verbose_name,
        help_text=_FIELDS["votes_basis"].help_text,
        max_length=300,
        required=False,
    )
