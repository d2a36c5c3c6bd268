"""What a person chooses about messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.messaging import groups, kinds
from mobilization.messaging.models import Preference
from mobilization.messaging.states import Way

RECOMMENDED = ""


class ChoicesForm(forms.Form):
    """One choice for each heading under which there are messages, and whether the daily e-mail comes at all."""

    digest = forms.BooleanField(
        label=_("Send me one e-mail each morning"),
        required=False,
        help_text=_(
            "What waits for you, grouped by act, and unread messages. Nothing comes when nothing waits."
        ),
    )

    def __init__(self, *args: Any, preference: Preference, **kwargs: Any) -> None:
        chosen = {self.field_of(group): way for group, way in preference.ways.items()}
        super().__init__(*args, **kwargs | {"initial": chosen | {"digest": preference.digest}})
        self.groups = groups.choices(kinds.groups())
        for code, label in self.groups:
            self.fields[self.field_of(code)] = forms.ChoiceField(
                label=label, choices=[(RECOMMENDED, _recommended(code)), *Way.choices], required=False
            )

    @staticmethod
    def field_of(group: str) -> str:
        """Return the name of the field that asks about a heading."""
        return f"way_{group}"

    @property
    def ways(self) -> dict[str, str]:
        """Return heading → way, for headings where something else than the recommended was chosen."""
        chosen = {code: self.cleaned_data.get(self.field_of(code)) for code, _label in self.groups}
        return {code: way for code, way in chosen.items() if way}


def _recommended(group: str) -> Any:
    urgent = {kinds.kind_of(code).at_once for code in kinds.codes_of(group)}
    if urgent == {True}:
        return _("As recommended: at once")
    if urgent == {False}:
        return _("As recommended: in the daily e-mail")
    return _("As recommended: what is urgent at once, the rest in the daily e-mail")
