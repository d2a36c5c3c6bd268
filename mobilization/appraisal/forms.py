"""The shapes of declarations, sheets, notes, surveys, sessions and votes."""

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.appraisal.models import AgendaItem, Appraisal, CouncilSession, SessionMember, Survey
from mobilization.appraisal.states import Part, Verdict, Visibility
from mobilization.appraisal.validators import MAX_WORDS, Entered, field_of
from mobilization.core.errors import NOT_SEEN, Conflict, version_seen
from mobilization.core.forms import (
    AmountField,
    CountField,
    PortalForm,
    PortalModelForm,
    SeenVersionField,
    TextField,
)
from mobilization.core.validators import validate_document_number
from mobilization.units.models import Unit
from models_registry.forms.files import ACCEPTED, FilesField, FilesInput
from models_registry.models import Campaign, Criterion
from models_registry.states import Level

YES, NO = "yes", "no"


class DeclareForm(PortalForm):
    """No relation, or a relation and which."""

    is_related = forms.TypedChoiceField(
        label=_("Does a relation bind you to those who registered this?"),
        choices=[(NO, _("No relation")), (YES, _("A relation exists"))],
        coerce=lambda value: value == YES,
        widget=forms.RadioSelect,
    )
    relation = TextField(
        label=_("Which relation"),
        max_length=300,
        required=False,
        help_text=_("Family, work, money: one sentence. Whoever declares a relation does not decide."),
    )


class NoteForm(PortalForm):
    """A note and who reads it."""

    text = TextField(label=_("Note"), widget=forms.Textarea(attrs={"rows": 3}), max_length=2000)
    visibility = forms.ChoiceField(
        label=_("Who reads it"), choices=Visibility.choices, initial=Visibility.REVIEWERS
    )


class SurveyForm(PortalModelForm):
    """What was found on site, with pictures and minutes."""

    files = FilesField(
        label=_("Pictures, minutes"),
        required=False,
        help_text=_("PDF, pictures, DOCX or XLSX, at most 10 MB each. Several can be chosen at once."),
        widget=FilesInput(attrs={"accept": ACCEPTED}),
    )

    class Meta(PortalModelForm.Meta):
        model = Survey
        fields = ("held_on", "members", "findings")
        widgets = {"findings": forms.Textarea(attrs={"rows": 8})}


class SheetForm(PortalForm):
    """One field for each criterion: points up to its weight, or whether it is fulfilled; and a remark."""

    comment = TextField(label=_("Opinion"), widget=forms.Textarea, max_length=2000, required=False)

    def __init__(
        self, *args: Any, criteria: list[Criterion], sheet: Appraisal | None = None, **kwargs: Any
    ) -> None:
        self.criteria = criteria
        kwargs.setdefault("initial", _said(sheet))
        super().__init__(*args, **kwargs)
        for number, criterion in enumerate(criteria, start=1):
            self.fields[field_of(criterion)] = _answer_field(criterion, number)
            self.fields[f"words_{criterion.pk}"] = TextField(
                label=_("Remark"), max_length=MAX_WORDS, required=False
            )

    def rows(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """Return the answer and the remark of each criterion."""
        return [(self[field_of(one)], self[f"words_{one.pk}"]) for one in self.criteria]

    def scores(self) -> dict[int, Entered]:
        """Return what was said, by the id of the criterion; the form is valid."""
        return {one.pk: self._entered(one) for one in self.criteria}

    def _entered(self, criterion: Criterion) -> Entered:
        said = self.cleaned_data.get(field_of(criterion))
        words = self.cleaned_data.get(f"words_{criterion.pk}", "")
        if criterion.weight is None:
            return Entered(fulfilled={YES: True, NO: False}.get(said), words=words)
        return Entered(points=said, words=words)


def _answer_field(criterion: Criterion, number: int) -> forms.Field:
    label = f"{number}. {criterion.text}"
    if criterion.weight is None:
        choices = [(YES, _("Fulfilled")), (NO, _("Not fulfilled"))]
        return forms.ChoiceField(label=label, choices=choices, widget=forms.RadioSelect, required=False)
    most = _("0 to %(most)d points") % {"most": criterion.weight}
    field = AmountField(
        label=label, help_text=most, required=False, max_digits=5, decimal_places=1, min_value=Decimal(0)
    )
    field.widget.attrs["size"] = 5
    return field


def _said(sheet: Appraisal | None) -> dict[str, Any]:
    if sheet is None:
        return {}
    initial: dict[str, Any] = {"comment": sheet.comment}
    for score in sheet.scores.select_related("criterion"):
        answer = {True: YES, False: NO}.get(score.fulfilled) if score.points is None else score.points
        initial |= {field_of(score.criterion): answer, f"words_{score.criterion_id}": score.words}
    return initial


class SessionForm(PortalModelForm):
    """A session of one of the councils that the user holds; ``seen_version`` is the one that its editor saw."""

    seat = forms.ChoiceField(label=_("Council"))
    seen_version = SeenVersionField(required=False)

    class Meta(PortalModelForm.Meta):
        model = CouncilSession
        fields = ("campaign", "title", "held_on", "place", "quorum")
        labels = {"title": _("Name of the session")}

    field_order = ("seen_version", "seat", "campaign", "title", "held_on", "place", "quorum")

    def __init__(self, *args: Any, seats: list[tuple[Unit, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.seats = {f"{unit.pk}:{level}": (unit, level) for unit, level in seats}
        if self.instance.pk:
            del self.fields["seat"], self.fields["campaign"]
            self.initial["seen_version"] = self.instance.version
            return
        del self.fields["seen_version"]
        self.fields["seat"].choices = [
            (key, f"{unit.full_name} – {Level(level).label}") for key, (unit, level) in self.seats.items()
        ]
        cities = {unit.path_ids[0] for unit, _level in seats}
        self.fields["campaign"].queryset = Campaign.objects.filter(city__in=cities).order_by("-year")
        self.fields["campaign"].empty_label = None

    def facts(self) -> dict[str, Any]:
        """Return what the services take; the form is valid."""
        hidden = {"seat", "seen_version"}
        facts = {name: value for name, value in self.cleaned_data.items() if name not in hidden}
        if self.instance.pk:
            facts["seen_version"] = version_seen(self.cleaned_data["seen_version"])
        else:
            facts["unit"], facts["level"] = self.seats[self.cleaned_data["seat"]]
        return facts

    def look_again_at(self, current: CouncilSession) -> None:
        """Let what was typed be saved on purpose over the session as it stands now."""
        self.data = self.data.copy()
        self.data["seen_version"] = str(current.version)


class MemberForm(PortalForm):
    """Somebody who sits in the session: an account of the unit, or a name; ``pk`` is the row he has already."""

    pk = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=1, max_value=2**63 - 1)
    user = forms.ModelChoiceField(label=_("Account"), queryset=User.objects.none(), required=False)
    name = TextField(label=_("Full name, without an account"), max_length=150, required=False)
    post = TextField(label=_("Post"), max_length=200, required=False)
    part = forms.ChoiceField(label=_("Part in the session"), choices=Part.choices, initial=Part.MEMBER)
    votes = forms.BooleanField(label=_("Has a vote"), required=False, initial=True)
    present = forms.BooleanField(label=_("Present"), required=False, initial=True)

    def __init__(self, *args: Any, accounts: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user"].queryset = accounts

    def clean(self) -> dict[str, Any]:
        """Ask for one of account and name, once anything else was said."""
        cleaned = super().clean()
        if self.has_changed() and not (cleaned.get("user") or cleaned.get("name")):
            self.add_error("name", _("Choose an account or write a name."))
        return cleaned


class BaseMemberFormSet(forms.BaseFormSet):
    """Everybody who sits in the session."""

    def members(self) -> list[dict[str, Any]]:
        """Return those who were named and not struck out; the formset is valid."""
        kept = [form for form in self.forms if form not in self.deleted_forms]
        said = [form.cleaned_data for form in kept]
        return [one for one in said if one.get("user") or one.get("name")]


MemberFormSet = forms.formset_factory(
    MemberForm,
    formset=BaseMemberFormSet,
    extra=3,
    can_delete=True,
    can_delete_extra=False,
    max_num=60,
    absolute_max=80,
)


def accounts_for(session: CouncilSession) -> Any:
    """Return the accounts that can sit in a session: who reviews or leads at its unit, and who sits there already."""
    roles = (Role.REVIEWER, Role.CITY_STAFF, Role.CITY_LEADER)
    at = User.objects.active().holding(roles=roles, units=Unit.objects.filter(pk=session.unit_id))
    sitting = SessionMember.objects.filter(session=session, user__isnull=False).values("user")
    return (at | User.objects.filter(pk__in=sitting)).order_by("sort_key", "pk")


class VoteForm(PortalForm):
    """The votes on one item and what they conclude; ``seen_at`` is when the votes that were shown had been written."""

    seen_at = forms.DateTimeField(widget=forms.HiddenInput, required=False)
    votes_for = CountField(label=_("For"), max_value=1000)
    votes_against = CountField(label=_("Against"), max_value=1000, initial=0)
    abstained = CountField(label=_("Abstained"), max_value=1000, initial=0)
    verdict = forms.ChoiceField(
        label=_("Conclusion"), choices=Verdict.choices, widget=forms.RadioSelect, initial=Verdict.RECOGNISE
    )
    exemplary = forms.BooleanField(label=_("Exemplary"), required=False)
    reason = TextField(label=_("Reason"), widget=forms.Textarea, max_length=1000, required=False)

    def facts(self) -> dict[str, Any]:
        """Return what the service takes; raises ``Conflict`` where the valid form does not tell what was seen."""
        if self.cleaned_data["seen_at"] is None:
            raise Conflict(str(NOT_SEEN), code="stale")
        return self.cleaned_data

    def look_again_at(self, item: AgendaItem) -> None:
        """Let what was typed be written on purpose over the votes as they stand now."""
        item.refresh_from_db(fields=["changed_at"])
        self.data = self.data.copy()
        self.data["seen_at"] = item.changed_at.isoformat()


class AsideForm(PortalForm):
    """Who takes no part in an item, and why; of the members with a vote who do so still."""

    member = forms.ModelChoiceField(label=_("Member"), queryset=SessionMember.objects.none())
    reason = TextField(
        label=_("Reason"),
        max_length=200,
        help_text=_("The minutes tell it, for example: is the wife of the person who registered this."),
    )

    def __init__(self, *args: Any, item: AgendaItem, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        voters = SessionMember.objects.filter(session=item.session_id, votes=True)
        self.fields["member"].queryset = voters.exclude(pk__in=item.standing_aside.values("member"))


class CloseForm(PortalForm):
    """The number under which the minutes are kept; ``seen`` tells which votes were shown."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=80)

    minutes_number = TextField(
        label=_("Number of the minutes"), max_length=60, validators=[validate_document_number]
    )

    def facts(self) -> dict[str, Any]:
        """Return what the service takes; raises ``Conflict`` where the valid form does not tell what was seen."""
        if not self.cleaned_data["seen"]:
            raise Conflict(str(NOT_SEEN), code="stale")
        return self.cleaned_data

    def look_again_at(self, stamp: str) -> None:
        """Let the session be closed on purpose as it stands now, once it has been looked at."""
        self.data = self.data.copy()
        self.data["seen"] = stamp
