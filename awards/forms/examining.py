"""The minutes of an examination: votes line by line where there are few, together with the exceptions where many."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from awards.models import Examination, Nomination
from awards.models.nomination import MAX_MEMBERS
from mobilization.core.forms import CountField, PortalModelForm, TextField

Votes = tuple[int, int]
"""In favour, against."""
_EXCEPTION = re.compile(r"^\s*(\d{1,6})\s*[:;.)\s]\s*(\d{1,6})\s*[/;,\s-]\s*(\d{1,6})\s*$", re.ASCII)
LONGEST = 200_000


class MinutesForm(PortalModelForm):
    """What minutes say beside the votes, on ``nominations`` in the order of their list."""

    class Meta(PortalModelForm.Meta):
        model = Examination
        fields = ["number", "held_on", "place", "chair", "secretary", "present", "members"]
        widgets = {"members": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, nominations: Sequence[Nomination], **kwargs):
        super().__init__(*args, **kwargs)
        self.nominations = nominations
        self.head = list(self._meta.fields)

    def head_fields(self) -> list[Any]:
        """Return the fields of the minutes themselves."""
        return [self[name] for name in self.head]

    def clean_held_on(self):
        """Refuse a day that has not come yet."""
        held_on = self.cleaned_data["held_on"]
        if held_on > timezone.localdate():
            raise forms.ValidationError(_("The day of the examination lies in the future."), "future")
        return held_on

    def votes(self) -> dict[int, Votes]:
        """Return the votes by nomination: for, against."""
        raise NotImplementedError


class ExaminationForm(MinutesForm):
    """The minutes, with two fields for each nomination.

    A number in favour left empty means: all present but those against.
    """

    is_long = False

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for row in self.nominations:
            for name, label in (("for", _("In favour")), ("against", _("Against"))):
                field = CountField(required=False, max_value=MAX_MEMBERS, label=label)
                field.widget.attrs |= {
                    "aria-label": f"{label}: {row.recipient_name}",
                    "class": "form-control",
                    "size": 5,
                }
                self.fields[f"{name}-{row.pk}"] = field

    def lines(self) -> list[dict[str, Any]]:
        """Return each nomination with its two fields, as the table of the page shows them."""
        return [
            {"row": row, "for": self[f"for-{row.pk}"], "against": self[f"against-{row.pk}"]}
            for row in self.nominations
        ]

    def votes(self) -> dict[int, Votes]:
        """Return the votes by nomination: for, against."""
        data, present = self.cleaned_data, self.cleaned_data["present"]
        found = {}
        for row in self.nominations:
            against = data.get(f"against-{row.pk}") or 0
            given = data.get(f"for-{row.pk}")
            found[row.pk] = (max(0, present - against) if given is None else given, against)
        return found


class LongExaminationForm(MinutesForm):
    """The minutes on more nominations than a page has fields for: one vote on all, and the exceptions by number.

    ``numbers`` are those of the list, by nomination; they stay with their line, whatever leaves the list.
    """

    is_long = True
    against = CountField(
        required=False,
        max_value=MAX_MEMBERS,
        label=_("Against, on each"),
        help_text=_("Left empty: nobody. All others present are in favour."),
    )
    otherwise = TextField(
        required=False,
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 6}),
        label=_("Where the vote was otherwise"),
        help_text=_(
            "One line each: its number in the list below, those in favour, those against; for example “17: 9/2”."
        ),
    )

    def __init__(self, *args, numbers: dict[int, int], **kwargs):
        super().__init__(*args, **kwargs)
        self.numbers = numbers

    def vote_fields(self) -> list[Any]:
        """Return the fields of the votes."""
        return [self["against"], self["otherwise"]]

    def lines(self) -> list[dict[str, Any]]:
        """Return each nomination with its number."""
        return [{"row": row, "number": self.numbers[row.pk]} for row in self.nominations]

    def clean(self):
        """Read the exceptions; a line that cannot be one is told, and no vote is more than were present."""
        cleaned = super().clean()
        self.exceptions: dict[int, Votes] = {}
        present, text = cleaned.get("present"), cleaned.get("otherwise", "")
        if present is not None and (cleaned.get("against") or 0) > present:
            self.add_error("against", _("There are more votes than members present."))
        listed = {self.numbers[row.pk] for row in self.nominations}
        for line, number, votes in _read(text):
            if number is None:
                wrong = _("Not to be read: “%(line)s”. Write for example “17: 9/2”.")
            elif number not in listed:
                wrong = _("The list has no such number: “%(line)s”.")
            elif number in self.exceptions:
                wrong = _("This number stands there twice: “%(line)s”.")
            elif present is not None and sum(votes) > present:
                wrong = _("There are more votes than members present: “%(line)s”.")
            else:
                self.exceptions[number] = votes
                continue
            self.add_error("otherwise", forms.ValidationError(wrong, params={"line": line[:80]}))
        return cleaned

    def votes(self) -> dict[int, Votes]:
        """Return the votes by nomination: for, against."""
        against = self.cleaned_data["against"] or 0
        usual = (self.cleaned_data["present"] - against, against)
        return {row.pk: self.exceptions.get(self.numbers[row.pk], usual) for row in self.nominations}


def _read(text: str) -> Iterator[tuple[str, int | None, Votes]]:
    for line in text.splitlines():
        if not line.strip():
            continue
        found = _EXCEPTION.match(line)
        if found is None:
            yield line.strip(), None, (0, 0)
        else:
            number, in_favour, against = map(int, found.groups())
            yield line.strip(), number, (in_favour, against)
