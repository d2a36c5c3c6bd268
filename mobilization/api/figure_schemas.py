"""What the API answers of figures, and of what stands beside them."""

import datetime

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

Codes = dict[str, int]


class MeasureAnswer(Schema):
    """One measure. A breakdown that the measure does not have is left out."""

    total: int
    estimated: bool = Field(description=gettext_noop("A unit that was split is in it."))
    adjusted: int | None = Field(
        default=None,
        description=gettext_noop(
            "What the records give today, where a total changed after the closing of its year."
        ),
    )
    by_field: Codes | None = None
    by_level: Codes | None = None
    by_kind: Codes | None = None
    by_subject: Codes | None = None
    by_tier: Codes | None = None


class Cause(Schema):
    """Why a figure became another one after its year was closed."""

    kind: str = Field(description=gettext_noop("correction, decision, follow_up or unexplained"))
    reason: str
    at: datetime.datetime | None


class AdjustmentAnswer(Schema):
    """What became another number after the closing: the number of today is the sealed one and the difference."""

    measure: str
    dimension: str
    key: str
    difference: int
    causes: list[Cause]


class GroundAnswer(Schema):
    """A split unit that makes figures estimates, and the part of it that is counted here."""

    unit: dict[str, int | str]
    share: float
    share_is_known: bool = Field(
        description=gettext_noop("Otherwise the whole unit is counted under its main successor.")
    )
    basis: str


class StatisticsAnswer(Schema):
    """The figures of one unit and year. ``computed_at`` is null where the year was never computed."""

    year: int
    unit: int
    basis: str
    scope: str
    computed_at: datetime.datetime | None
    final: bool
    measures: dict[str, MeasureAnswer]


class StatisticsNotes(Schema):
    """What stands beside the figures of one unit and year."""

    year: int
    unit: int
    sha256: str | None = Field(description=gettext_noop("The seal of a closed year."))
    adjustments: list[AdjustmentAnswer]
    grounds: list[GroundAnswer]


class MeasureDefinition(Schema):
    """What a figure means, what it is counted from, and who answers for it."""

    code: str
    label: str
    definition: str
    records: str
    answerable: str
    breakdowns: list[str]
