"""What the API can be asked, and what the values mean."""

import datetime
import re
from enum import StrEnum
from typing import Annotated, Any

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import AfterValidator, BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from dialogues.states import Kind as DialogueKind
from mobilization.api.problems import BadParameter
from mobilization.core.paging import BadCursor, KeysetPage, KeysetPaginator
from mobilization.core.validators import EARLIEST, LATEST, clean_text
from mobilization.statistics.states import Basis, Scope
from mobilization.units.models import Unit
from mobilization.units.states import UnitKind
from models_registry.states import Kind, Level, Subject, WorkField

PER_PAGE = 100
MAX_PER_PAGE = 500
MAX_ID = 2**63 - 1
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)


def words_of(choices: type, name: str) -> type[StrEnum]:
    """Return the codes of ``choices`` as an enumeration of plain words, which OpenAPI can show."""
    return StrEnum(name, {member.name: member.value for member in choices})


def readable(value: str) -> str:
    """Return text as it is stored; raises what pydantic understands where it has characters that cannot be read."""
    try:
        return clean_text(value)
    except ValidationError as error:
        raise PydanticCustomError("unreadable", "unreadable", {"sentence": error.messages[0]}) from error


def written_out(value: Any) -> Any:
    """Return a day as it is written; raises what pydantic understands for a number, which it would take for seconds."""
    if not isinstance(value, str) or not _DAY.fullmatch(value):
        raise PydanticCustomError("date_not_written_out", "date")
    return value


def of_the_calendar(value: datetime.date) -> datetime.date:
    """Return a day that a record can have; raises what pydantic understands for one that none has."""
    if not EARLIEST <= value <= LATEST:
        raise PydanticCustomError("date_of_no_record", "date")
    return value


Text = Annotated[str, Field(max_length=200), AfterValidator(readable)]
Year = Annotated[int, Field(ge=EARLIEST.year, le=LATEST.year)]
Id = Annotated[int, Field(ge=1, le=MAX_ID)]
Day = Annotated[datetime.date, BeforeValidator(written_out), AfterValidator(of_the_calendar)]


class Parameters(Schema):
    """What every address takes; a parameter that it does not know is refused, lest a misspelt one be overlooked."""

    @model_validator(mode="before")
    @classmethod
    def nothing_else(cls, values: Any, info: ValidationInfo) -> Any:
        """Compare the address itself: ninja hands over the known parameters only."""
        unknown = sorted(set(info.context["request"].GET) - set(cls.model_fields)) if info.context else []
        if unknown:
            raise PydanticCustomError("extra_forbidden", "unknown", {"parameter": unknown[0][:100]})
        return values


class PageParameters(Parameters):
    """Which part of a list."""

    cursor: (
        Annotated[
            str, Field(max_length=2000, description=gettext_noop("What the part before gave as “next”."))
        ]
        | None
    ) = None
    limit: Annotated[
        int, Field(ge=1, le=MAX_PER_PAGE, description=gettext_noop("How many items at most."))
    ] = PER_PAGE


class UnitParameters(PageParameters):
    """Which units."""

    on: Annotated[Day, Field(description=gettext_noop("In force on this day; today without it."))] | None = (
        None
    )
    code: (
        Annotated[
            Text, Field(description=gettext_noop("Code with leading zeros; codes change hands over time."))
        ]
        | None
    ) = None
    kind: list[words_of(UnitKind, "UnitKinds")] | None = None
    parent: Annotated[Id, Field(description=gettext_noop("Id of the unit directly above."))] | None = None


class RecordParameters(PageParameters):
    """Which records: of a year, of a unit with all below it and what went into it."""

    year: Annotated[Year, Field(description=gettext_noop("Calendar year."))] | None = None
    unit: (
        Annotated[
            Id,
            Field(description=gettext_noop("Id of a unit: with all units below it and what went into it.")),
        ]
        | None
    ) = None


class ModelParameters(RecordParameters):
    """Which models."""

    field: words_of(WorkField, "WorkFields") | None = None
    level: words_of(Level, "Levels") | None = None
    kind: words_of(Kind, "ModelKinds") | None = None
    subject: words_of(Subject, "Subjects") | None = None
    recognised: (
        Annotated[bool, Field(description=gettext_noop("Recognised at some level, or at none."))] | None
    ) = None
    q: Annotated[Text, Field(description=gettext_noop("Words, found without case and accents."))] | None = (
        None
    )


class DialogueParameters(RecordParameters):
    """Which dialogues."""

    kind: words_of(DialogueKind, "DialogueKinds") | None = None


class StatisticsParameters(Parameters):
    """Which figures."""

    year: Annotated[Year, Field(description=gettext_noop("Calendar year."))]
    unit: Annotated[Id, Field(description=gettext_noop("Id of a unit; the city without it."))] | None = None
    basis: Annotated[
        words_of(Basis, "Bases"),
        Field(description=gettext_noop("Under the units of the time, or those of today.")),
    ] = Basis.AS_FILED.value
    scope: Annotated[
        words_of(Scope, "Scopes"),
        Field(description=gettext_noop("The unit itself, or with all units below it.")),
    ] = Scope.SUBTREE.value


def unit_meant(pk: int) -> Unit:
    """Return the unit of a parameter, of whatever time; raises ``BadParameter``."""
    unit = Unit.objects.filter(pk=pk).first()
    if unit is None:
        raise BadParameter("unit", _("There is no unit with this id."))
    return unit


def narrowed(records: QuerySet, asked: RecordParameters) -> QuerySet:
    """Return those of the year and unit asked for; raises ``BadParameter``."""
    if asked.year is not None:
        records = records.of_year(asked.year)
    if asked.unit is not None:
        records = records.filter(unit__in=Unit.objects.meant_by(unit_meant(asked.unit)))
    return records


def page_of(records: QuerySet, order: tuple[str, ...], asked: PageParameters) -> KeysetPage:
    """Return the page asked for; raises ``BadParameter`` for a cursor that is not of this list."""
    try:
        return KeysetPaginator(records, order, asked.limit).page(asked.cursor, strict=True)
    except BadCursor as error:
        message = _("This cursor does not belong to this list. Begin again without one.")
        raise BadParameter("cursor", message) from error
