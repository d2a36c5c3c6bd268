"""What is told before a nomination is approved, each to be acknowledged in words; what blocks, blocks.

The questions are asked for many nominations at once, in a number of statements that does not grow with them.
"""

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from awards.models import Award, AwardForm, Nomination
from awards.states import BLOCKING, AwardState, NominationState, WarningCode
from mobilization.core.text import fold
from models_registry.states import State


@dataclass(frozen=True)
class Told:
    """One warning about one nomination, as a sentence."""

    code: WarningCode
    sentence: str

    @property
    def blocks(self) -> bool:
        """Tell whether no words help."""
        return self.code in BLOCKING

    @property
    def label(self) -> str:
        """Return what kind of warning it is."""
        return str(self.code.label)


class Look:
    """All that the warnings of some nominations ask of the database."""

    def __init__(self, nominations: Sequence[Nomination], on: datetime.date | None = None) -> None:
        """Read it; ``on`` is the day of the decision, today without one."""
        self.on = on or timezone.localdate()
        self._codes = set(AwardForm.objects.in_force(self.on).values_list("code", flat=True))
        granted, proposed = _granted(nominations), _proposed(nominations)
        self._granted, self._granted_for = _by_recipient(granted), _by_source(granted)
        self._proposed, self._proposed_for = _by_recipient(proposed), _by_source(proposed)

    def warnings_of(self, row: Nomination) -> list[Told]:
        """Return the warnings about one of the nominations, those that block first."""
        found = [Told(code, sentence) for code, sentence in self._all(row) if sentence]
        return sorted(found, key=lambda one: not one.blocks)

    def _all(self, row: Nomination) -> Iterator[tuple[WarningCode, str]]:
        yield WarningCode.UNIT_ENDED, self._unit(row)
        yield WarningCode.FORM_ENDED, self._form(row)
        yield WarningCode.SAME_ACHIEVEMENT, self._achievement(row)
        yield WarningCode.SAME_FORM_THIS_YEAR, self._form_this_year(row)
        yield WarningCode.NOT_RECOGNISED, _recognition(row)
        yield WarningCode.TOO_FEW_VOTES, _votes(row)

    def _unit(self, row: Nomination) -> str:
        if row.unit.is_in_force(self.on):
            return ""
        return _(
            "%(unit)s is no longer in force; %(heir)s answers for it today. Nothing is awarded to it."
        ) % {
            "unit": row.unit.full_name,
            "heir": row.unit.heir.full_name,
        }

    def _form(self, row: Nomination) -> str:
        if row.form.code in self._codes:
            return ""
        return _(
            "“%(form)s” is no longer granted. Return the nomination, so that another form is proposed."
        ) % {"form": row.form}

    def _achievement(self, row: Nomination) -> str:
        for award in self._same(row, self._granted, self._granted_for):
            return _("Already awarded for this: %(what)s.") % {"what": _named(award)}
        for other in self._same(row, self._proposed, self._proposed_for):
            return _("Another nomination for this is open: %(form)s to %(recipient)s.") % {
                "form": other.form.name,
                "recipient": other.recipient_name,
            }
        return ""

    @staticmethod
    def _same(row: Nomination, by_recipient: dict, by_source: dict) -> list:
        found = list(by_source["registration", row.registration_id]) if row.registration_id else []
        if row.dialogue_id:
            found += [
                one for one in by_source["dialogue", row.dialogue_id] if one.recipient_id == row.recipient_id
            ]
        words = fold(" ".join(row.achievement.split()))
        found += [
            one for one in by_recipient[row.recipient_id] if fold(" ".join(one.achievement.split())) == words
        ]
        return [one for one in found if not _is_itself(row, one)]

    def _form_this_year(self, row: Nomination) -> str:
        year = row.proposed_on.year
        for award in self._granted[row.recipient_id]:
            if (
                award.form.code == row.form.code
                and _year(award, self.on) == year
                and not _is_itself(row, award)
            ):
                return _("Already received this form in %(year)d: %(what)s.") % {
                    "year": year,
                    "what": _named(award),
                }
        for other in self._proposed[row.recipient_id]:
            same = other.form.code == row.form.code and other.proposed_on.year == year
            if same and other.pk != row.pk:
                return _("Proposed for this form twice in %(year)d.") % {"year": year}
        return ""


def warnings_of(nominations: Sequence[Nomination]) -> dict[int, list[Told]]:
    """Return the warnings about each nomination, by id; expects unit, form, registration and votes to be read."""
    look = Look(nominations)
    return {row.pk: look.warnings_of(row) for row in nominations}


def _granted(nominations: Sequence[Nomination]) -> list[Award]:
    """Return the awards that stand, or are in preparation, to the same recipients or for the same work."""
    rows = Award.objects.filter(_related(nominations), state=AwardState.VALID)
    return list(rows.select_related("form", "decision").defer("search", "decision__search").order_by("-pk"))


def _proposed(nominations: Sequence[Nomination]) -> list[Nomination]:
    """Return the nominations on their way to a decision, for the same recipients or the same work."""
    coming = [NominationState.EXAMINED, NominationState.APPROVED]
    rows = Nomination.objects.filter(_related(nominations), state__in=coming)
    return list(rows.select_related("form").defer("search").order_by("-pk"))


def _related(nominations: Sequence[Nomination]) -> Q:
    return (
        Q(recipient__in={row.recipient_id for row in nominations})
        | Q(registration__in={row.registration_id for row in nominations} - {None})
        | Q(dialogue__in={row.dialogue_id for row in nominations} - {None})
    )


def _by_recipient(rows: Iterable) -> dict:
    found = defaultdict(list)
    for row in rows:
        found[row.recipient_id].append(row)
    return found


def _by_source(rows: Iterable) -> dict:
    found = defaultdict(list)
    for row in rows:
        if row.registration_id:
            found["registration", row.registration_id].append(row)
        if row.dialogue_id:
            found["dialogue", row.dialogue_id].append(row)
    return found


def _is_itself(row: Nomination, one: Award | Nomination) -> bool:
    return one.pk == (row.award_id if isinstance(one, Award) else row.pk)


def _year(award: Award, on: datetime.date) -> int:
    if award.year:
        return award.year
    return (award.decision.signed_on or on).year


def _named(award: Award) -> str:
    decision = award.decision
    if decision.is_draft:
        return _("%(form)s, in a draft decision") % {"form": award.form.name}
    return _("%(form)s, decision %(number)s of %(date)s") % {
        "form": award.form.name,
        "number": decision.number,
        "date": decision.signed_on.strftime("%d/%m/%Y"),
    }


def _recognition(row: Nomination) -> str:
    registration = row.registration
    if registration is None or registration.state == State.RECOGNISED:
        return ""
    return _("The registration behind it stands at “%(state)s”.") % {
        "state": registration.get_state_display()
    }


def _votes(row: Nomination) -> str:
    vote = row.vote
    if vote is None:
        return ""
    present, needed = vote.examination.present, row.form.votes_share
    if vote.votes_for * 100 >= needed * present:
        return ""
    told = {"votes": vote.votes_for, "present": present, "needed": needed, "basis": row.form.votes_basis}
    if row.form.votes_basis:
        return (
            _("%(votes)d of %(present)d present voted in favour; %(needed)d %% are needed (%(basis)s).")
            % told
        )
    return (
        _(
            "%(votes)d of %(present)d present voted in favour; the catalogue asks for %(needed)d %% (the portal's default)."
        )
        % told
    )
