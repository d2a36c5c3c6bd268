"""What the API answers of records. Never a person in charge, a phone, an author, a draft."""

import datetime
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field


class UnitAnswer(Schema):
    """A unit for as long as its code, name, kind and parent stay the same; ``valid_to`` is exclusive."""

    id: int
    code: str
    name: str
    full_name: str
    kind: str
    parent: int | None = None
    valid_from: datetime.date
    valid_to: datetime.date | None = None

    @staticmethod
    def resolve_parent(unit: Any) -> int | None:
        """Return the id of the unit above."""
        return unit.parent_id


class UnitName(Schema):
    """The unit that a record was filed under."""

    id: int
    code: str
    full_name: str


class RecognitionAnswer(Schema):
    """A decision of recognition at one level."""

    level: str
    body: str
    number: str
    decided_on: datetime.date
    exemplary: bool


class RegistrationAnswer(Schema):
    """One model in one year, as a line of the list."""

    code: str = Field(description=gettext_noop("The model's permanent code."))
    year: int
    title: str
    place: str
    registrant: str
    unit: UnitName
    kind: str
    subject: str
    field: str
    level: str
    novelty: str
    state: str
    exemplary: bool
    outcome: str
    recognitions: list[RecognitionAnswer]

    @staticmethod
    def resolve_code(registration: Any) -> str:
        """Return the code of the model."""
        return registration.model.code

    @staticmethod
    def resolve_recognitions(registration: Any) -> list:
        """Return the recognitions, fetched with the page."""
        return list(registration.recognitions.all())


class RegistrationInFull(RegistrationAnswer):
    """One model in one year, with what was promised and what came of it."""

    aim: str
    content: str
    method: str
    beneficiaries: str
    households: int | None = None
    participants: int | None = None
    partners: str
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    result_summary: str
    figures_before: str
    figures_after: str
    product: str
    money: int | None = Field(None, description=gettext_noop("In đồng."))
    money_from_people: int | None = Field(None, description=gettext_noop("In đồng."))
    working_days: int | None = None
    land_m2: Decimal | None = None
    difficulty: str
    lessons: str


class DecisionAnswer(Schema):
    """The decision that an award stands in."""

    id: int
    number: str
    signed_on: datetime.date
    signer: str
    signer_post: str
    state: str
    unit: UnitName


class AwardAnswer(Schema):
    """One award to one recipient. Corrected and revoked ones stay readable as such."""

    id: int
    form: str
    tier: str
    recipient_kind: str
    recipient_name: str
    achievement: str
    unit: UnitName
    year: int
    state: str
    certificate_number: int | None = None
    golden_book_number: int | None = None
    decision: DecisionAnswer
    model: str | None = Field(None, description=gettext_noop("Code of the model behind it."))
    dialogue: int | None = Field(None, description=gettext_noop("Id of the dialogue behind it."))

    @staticmethod
    def resolve_form(award: Any) -> str:
        """Return the name of the form."""
        return award.form.name

    @staticmethod
    def resolve_tier(award: Any) -> str:
        """Return the tier of the granting body."""
        return award.form.tier

    @staticmethod
    def resolve_model(award: Any) -> str | None:
        """Return the code of the model, where its registration is public."""
        return award.registration.model.code if award.registration and award.registration.is_public else None

    @staticmethod
    def resolve_dialogue(award: Any) -> int | None:
        """Return the id of the dialogue, where its results are published."""
        return award.dialogue_id if award.dialogue and award.dialogue.is_public else None


class ModelAnswer(Schema):
    """The lasting thing under its permanent code, with all published years, latest first."""

    code: str
    title: str
    unit: UnitName
    replicated_from: str | None = None
    replications: list[str]
    years: list[RegistrationInFull]
    awards: list[AwardAnswer]


class OpinionFigures(Schema):
    """What became of the opinions of a dialogue."""

    received: int
    answered_on_spot: int
    resolved: int
    in_progress: int
    outside_competence: int
    not_accepted: int
    overdue: int


class OpinionAnswer(Schema):
    """An opinion by its public text, which was published on purpose."""

    number: int
    field: str
    matter: str
    text: str
    answer: str
    status: str
    answered_on: datetime.date | None = None
    unit_in_charge: UnitName | None = None

    @staticmethod
    def resolve_number(opinion: Any) -> int:
        """Return its place among those of the dialogue."""
        return opinion.order

    @staticmethod
    def resolve_text(opinion: Any) -> str:
        """Return the public text, never the recorded one."""
        return opinion.public_text

    @staticmethod
    def resolve_answer(opinion: Any) -> str:
        """Return the public answer, never the recorded one."""
        return opinion.public_answer


class DialogueAnswer(Schema):
    """A dialogue whose results are published. ``summary_only``: of its opinions only totals are known."""

    id: int
    unit: UnitName
    kind: str
    form: str
    topic: str
    venue: str
    held_on: datetime.date
    chairs: list[str]
    attending: int | None = None
    spoke: int | None = None
    conclusion_number: str
    conclusion_date: datetime.date | None = None
    published_on: datetime.date
    summary_only: bool
    opinions: OpinionFigures
    public_opinions: list[OpinionAnswer]

    @staticmethod
    def resolve_opinions(dialogue: Any) -> dict[str, int]:
        """Return the figures, counted with the page."""
        return {
            "received": dialogue.received,
            "answered_on_spot": dialogue.on_spot,
            "resolved": dialogue.resolved,
            "in_progress": dialogue.in_progress,
            "outside_competence": dialogue.outside,
            "not_accepted": dialogue.not_accepted,
            "overdue": dialogue.overdue,
        }


class Page(Schema):
    """Part of a list; ``next`` is the cursor of the part behind it, null at the end."""

    next: str | None


class UnitPage(Page):
    """Units, in Vietnamese order."""

    items: list[UnitAnswer]


class RegistrationPage(Page):
    """Models by year, latest first."""

    items: list[RegistrationAnswer]


class DialoguePage(Page):
    """Dialogues, latest first."""

    items: list[DialogueAnswer]


class AwardPage(Page):
    """Awards, latest first."""

    items: list[AwardAnswer]
