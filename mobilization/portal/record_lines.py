"""The lines of a list of records of any kind that is counted, with what the reader may read of each."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model, Q, QuerySet
from django.urls import reverse

from awards.models import Award
from dialogues.models import Dialogue, Opinion
from mobilization.core.templatetags.portal import date_vi
from models_registry.models import Recognition, Registration


@dataclass(frozen=True)
class RecordLine:
    """One record: what it is called, where it is read, what tells it from others; ``value`` where that is added up."""

    title: str
    url: str
    facts: Sequence[Any]
    state: tuple[str, str] | None = None
    value: int | None = None
    is_public: bool = field(default=True)
    correct: str = ""
    """Where a correction of the record is asked for, once its year is closed, by whoever may ask."""


def readable_of(records: QuerySet, user: Any) -> QuerySet:
    """Return those of ``records`` that ``user`` may read: what is public, and what staff read in their scope."""
    public = _public(records)
    if not user.is_authenticated:
        return public
    own = _visible(records.model, user)
    return records.filter(Q(pk__in=public.values("pk")) | Q(pk__in=own.values("pk")))


def lines_of(records: Iterable[Model], user: Any, value: str = "") -> list[RecordLine]:
    """Return a line for each of ``records`` of one kind; staff are led to their own pages (one query more)."""
    records = list(records)
    if not records:
        return []
    model = type(records[0])
    ids = [record.pk for record in records]
    of_page = model.objects.filter(pk__in=ids)
    public = set(_public(of_page).values_list("pk", flat=True))
    desk = (
        set(_visible(model, user).filter(pk__in=ids).values_list("pk", flat=True))
        if user.is_authenticated
        else set()
    )
    write = _WRITERS[model]
    return [write(record, record.pk in desk, record.pk in public, value) for record in records]


def _public(records: QuerySet) -> QuerySet:
    if records.model is Recognition:
        return records.filter(registration__in=Registration.objects.published())
    return records.published() if records.model in {Registration, Dialogue} else records.public()


def _visible(model: type[Model], user: Any) -> QuerySet:
    if model is Recognition:
        return Recognition.objects.filter(registration__in=Registration.objects.visible_to(user))
    return model.objects.visible_to(user)


def _registration(one: Registration, desk: bool, public: bool, value: str) -> RecordLine:  # noqa: FBT001
    address = one.get_absolute_url() if desk else reverse("portal:model_detail", args=[one.model.code])
    facts = [one.year, one.get_field_display(), one.get_level_display(), one.unit.full_name]
    return RecordLine(one.title, address, facts, (one.state, one.get_state_display()), is_public=public)


def _recognition(one: Recognition, desk: bool, public: bool, value: str) -> RecordLine:  # noqa: FBT001
    line = _registration(one.registration, desk, public, value)
    facts = [one.get_level_display(), one.number, date_vi(one.decided_on), one.registration.unit.full_name]
    return RecordLine(line.title, line.url, facts, is_public=public)


def _dialogue(one: Dialogue, desk: bool, public: bool, value: str) -> RecordLine:  # noqa: FBT001
    address = one.get_absolute_url() if desk else reverse("portal:dialogue_detail", args=[one.pk])
    facts = [date_vi(one.held_on), one.get_kind_display(), one.unit.full_name]
    number = getattr(one, value) if value else None
    return RecordLine(
        one.topic, address, facts, (one.state, one.get_state_display()), number, is_public=public
    )


def _opinion(one: Opinion, desk: bool, public: bool, value: str) -> RecordLine:  # noqa: FBT001
    address = one.get_absolute_url() if desk else reverse("portal:dialogue_detail", args=[one.dialogue_id])
    facts = [date_vi(one.dialogue.held_on), one.get_field_display(), one.dialogue.unit.full_name]
    state = (one.status, one.get_status_display())
    # What is sensitive is read on its own page, where each reading is logged.
    title = one.listed if one.is_sensitive else one.public_text or one.matter
    return RecordLine(title, address, facts, state, is_public=public)


def _award(one: Award, desk: bool, public: bool, value: str) -> RecordLine:  # noqa: FBT001
    address = reverse("portal:decision_detail", args=[one.decision_id])
    facts = [
        *(one.form.name, one.get_recipient_kind_display(), one.unit.full_name),
        *(one.decision.number, date_vi(one.decision.signed_on)),
    ]
    return RecordLine(one.recipient_name, address, facts, is_public=public)


_WRITERS: dict[type[Model], Callable[..., RecordLine]] = {
    Registration: _registration,
    Recognition: _recognition,
    Dialogue: _dialogue,
    Opinion: _opinion,
    Award: _award,
}
