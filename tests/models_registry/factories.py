"""Campaigns and registrations for tests: each state with just what brought it there."""

import datetime

import factory
from django.utils import timezone

from mobilization.accounts.states import Role
from models_registry.models import (
    Campaign,
    CampaignWindow,
    DecidingTier,
    Declaration,
    Extension,
    Proposal,
    Recognition,
    Registration,
    ReviewStep,
    SkilledModel,
)
from models_registry.states import Act, Level, ProposalState, Stage, State
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory, city

# What an act of the way to each state leaves behind, the first one from a draft.
_WAYS = {
    State.DRAFT: (),
    State.SUBMITTED: (Act.SUBMIT,),
    State.RETURNED: (Act.SUBMIT, Act.RETURN),
    State.WITHDRAWN: (Act.SUBMIT, Act.WITHDRAW),
    State.DECLINED: (Act.SUBMIT, Act.DECLINE),
    State.ACCEPTED: (Act.SUBMIT, Act.ACCEPT),
    State.REPORTED: (Act.SUBMIT, Act.ACCEPT, Act.REPORT),
    State.REPORT_RETURNED: (Act.SUBMIT, Act.ACCEPT, Act.REPORT, Act.RETURN_REPORT),
    State.RECOGNISED: (Act.SUBMIT, Act.ACCEPT, Act.REPORT, Act.RECOGNISE),
    State.NOT_RECOGNISED: (Act.SUBMIT, Act.ACCEPT, Act.REPORT, Act.REFUSE),
}
_STATE_AFTER = {
    Act.SUBMIT: State.SUBMITTED,
    Act.RETURN: State.RETURNED,
    Act.WITHDRAW: State.WITHDRAWN,
    Act.DECLINE: State.DECLINED,
    Act.ACCEPT: State.ACCEPTED,
    Act.REPORT: State.REPORTED,
    Act.RETURN_REPORT: State.REPORT_RETURNED,
    Act.RECOGNISE: State.RECOGNISED,
    Act.REFUSE: State.NOT_RECOGNISED,
}
_BY_REVIEWER = {Act.RETURN, Act.DECLINE, Act.ACCEPT, Act.RETURN_REPORT, Act.RECOGNISE, Act.REFUSE}


class CampaignFactory(factory.django.DjangoModelFactory):
    """The open campaign of this year, without windows: nothing is late, nothing closed."""

    class Meta:
        model = Campaign
        django_get_or_create = ("city", "year")

    city = factory.LazyFunction(city)
    year = factory.LazyFunction(lambda: timezone.localdate().year)
    title = factory.LazyAttribute(lambda campaign: f"Dân vận khéo năm {campaign.year}")
    guiding_number = "12-HD/BDVTU"
    guiding_date = factory.LazyAttribute(lambda campaign: datetime.date(campaign.year, 1, 2))
    opened_on = factory.LazyAttribute(lambda campaign: datetime.date(campaign.year, 1, 2))


class CampaignWindowFactory(factory.django.DjangoModelFactory):
    """A window that is open today and not due yet."""

    class Meta:
        model = CampaignWindow

    campaign = factory.SubFactory(CampaignFactory)
    stage = Stage.REGISTRATION
    level = Level.GRASSROOTS
    opens_on = factory.LazyFunction(lambda: timezone.localdate() - datetime.timedelta(days=10))
    due_on = factory.LazyAttribute(lambda window: window.opens_on + datetime.timedelta(days=20))
    closes_on = factory.LazyAttribute(lambda window: window.due_on + datetime.timedelta(days=10))


class ExtensionFactory(factory.django.DjangoModelFactory):
    """An extension in force; give ``unit``."""

    class Meta:
        model = Extension

    campaign = factory.SubFactory(CampaignFactory)
    stage = Stage.REGISTRATION
    until = factory.LazyFunction(lambda: timezone.localdate() + datetime.timedelta(days=5))
    reason = "Mưa lũ"
    granted_by = factory.SubFactory(UserFactory)


class SkilledModelFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = SkilledModel

    title = factory.Sequence(lambda number: f"Khéo trong vận động hiến đất {number}")
    unit = factory.LazyFunction(UnitFactory)


class RegistrationFactory(factory.django.DjangoModelFactory):
    """A complete registration in ``state`` (a trait for each: ``accepted=True``), with the steps that led there.

    ``by_official`` and ``by_reviewer`` name who acted; without them somebody new did, who holds no position.
    """

    class Meta:
        model = Registration
        exclude = ("by_official", "by_reviewer", "acts")
        skip_postgeneration_save = True

    class Params:
        submitted = factory.Trait(state=State.SUBMITTED)
        returned = factory.Trait(state=State.RETURNED)
        withdrawn = factory.Trait(state=State.WITHDRAWN)
        declined = factory.Trait(state=State.DECLINED)
        accepted = factory.Trait(state=State.ACCEPTED)
        reported = factory.Trait(state=State.REPORTED)
        report_returned = factory.Trait(state=State.REPORT_RETURNED)
        recognised = factory.Trait(state=State.RECOGNISED)
        not_recognised = factory.Trait(state=State.NOT_RECOGNISED)

    state = State.DRAFT
    by_official = factory.SubFactory(UserFactory)
    by_reviewer = factory.SubFactory(UserFactory)
    acts = factory.LazyAttribute(lambda self: _WAYS[self.state])

    campaign = factory.SubFactory(CampaignFactory)
    year = factory.SelfAttribute("campaign.year")
    unit = factory.LazyFunction(UnitFactory)
    model = factory.SubFactory(
        SkilledModelFactory, unit=factory.SelfAttribute("..unit"), title=factory.SelfAttribute("..title")
    )
    title = factory.Sequence(lambda number: f"Khéo trong vận động hiến đất mở đường số {number}")
    place = "Thôn Đoài"
    registrant = "Chi hội Phụ nữ thôn Đoài"
    kind = "model"
    subject = "collective"
    field = "economy"
    level = Level.GRASSROOTS
    novelty = "new"
    aim = "Mở rộng đường liên thôn"
    method = "Họp dân, bàn bạc công khai"
    starts_on = factory.LazyAttribute(lambda self: datetime.date(self.year, 1, 15))
    person_name = "Nguyễn Văn An"
    person_phone = "0900000000"

    typed_by = factory.SelfAttribute("by_official")
    typists = factory.LazyAttribute(lambda self: [self.by_official.pk])
    submitted_by = factory.LazyAttribute(lambda self: self.by_official if self.acts else None)
    submitted_at = factory.LazyAttribute(lambda self: timezone.now() if self.acts else None)
    reported_at = factory.LazyAttribute(lambda self: timezone.now() if Act.REPORT in self.acts else None)
    result_summary = factory.LazyAttribute(
        lambda self: "Mở được 2 km đường" if Act.REPORT in self.acts else ""
    )
    returned_by = factory.LazyAttribute(
        lambda self: self.by_reviewer if self.state in State.SENT_BACK else None
    )
    rounds = factory.LazyAttribute(lambda self: int(self.state in State.SENT_BACK))
    version = factory.LazyAttribute(lambda self: 1 + len(self.acts))
    changed_by = factory.SelfAttribute("by_official")

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        registration = super()._create(model_class, *args, **kwargs)
        return Registration.objects.select_related("unit__heir", "campaign", "model").get(pk=registration.pk)

    @classmethod
    def _build_steps(cls, registration: Registration, reviewer) -> None:
        state = State.DRAFT
        for version, act in enumerate(_WAYS[registration.state], start=2):
            after = _STATE_AFTER[act]
            ReviewStep.objects.create(
                registration=registration,
                act=act,
                from_state=state,
                to_state=after,
                actor=reviewer if act in _BY_REVIEWER else registration.typed_by,
                reason="Vì thiếu" if act in Act.NEED_REASON else "",
                version=version,
            )
            state = after

    @factory.post_generation
    def steps(self, create, extracted, **kwargs):
        """Write the steps; ``steps=None`` keeps them, any other value leaves them out."""
        if create and extracted is None and _WAYS[self.state]:
            RegistrationFactory._build_steps(self, self.returned_by or UserFactory())

    @factory.post_generation
    def recognition(self, create, extracted, **kwargs):
        """A recognised one has its decision at its own level; ``recognition=False`` leaves it out."""
        if create and extracted is None and self.state == State.RECOGNISED:
            RecognitionFactory(registration=self, level=self.level, exemplary=self.exemplary)


class RecognitionFactory(factory.django.DjangoModelFactory):
    class Meta:
        model = Recognition

    registration = factory.SubFactory(RegistrationFactory, recognised=True, recognition=False)
    level = Level.GRASSROOTS
    body = "Đảng ủy xã Thử"
    number = "12-QĐ/ĐU"
    decided_on = factory.LazyFunction(timezone.localdate)


class ProposalFactory(factory.django.DjangoModelFactory):
    """A pending proposal to the intermediate level; marks its registration as well."""

    class Meta:
        model = Proposal

    registration = factory.SubFactory(
        RegistrationFactory, recognised=True, proposed_to=factory.SelfAttribute("..level")
    )
    level = Level.INTERMEDIATE
    state = ProposalState.PENDING
    proposed_by = factory.SubFactory(UserFactory)


class DeclarationFactory(factory.django.DjangoModelFactory):
    """No relation; with ``is_related=True`` there is one."""

    class Meta:
        model = Declaration

    registration = factory.SubFactory(RegistrationFactory, reported=True)
    reviewer = factory.SubFactory(UserFactory)
    is_related = False
    relation = factory.LazyAttribute(lambda self: "Em trai của chủ nhiệm" if self.is_related else "")


def commune_people(**unit) -> tuple:
    """Return a new commune, its official, its reviewer."""
    commune = UnitFactory(**unit)
    return commune, user_with(Role.OFFICIAL, commune), user_with(Role.REVIEWER, commune)


def city_staff() -> object:
    """Return somebody of the city's staff."""
    return user_with(Role.CITY_STAFF, city())


def load_deciding_tiers() -> None:
    """Write the shipped rules again where a test with real transactions has emptied the tables."""
    from importlib import import_module  # noqa: PLC0415 -- a migration's name is no identifier

    from django.apps import apps  # noqa: PLC0415 -- as above

    if not DecidingTier.objects.exists():
        import_module("models_registry.migrations.0002_year_and_tiers").load_rules(apps, None)
