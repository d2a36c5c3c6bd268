"""Drafts, results, files, campaigns."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from mobilization.accounts.states import Role
from mobilization.audit.models import AuditEntry
from mobilization.core.errors import Conflict, DomainError
from mobilization.units.models import ClosedYear
from models_registry import services
from models_registry.models import (
    MAX_ATTACHMENTS,
    Attachment,
    Campaign,
    Extension,
    Registration,
    SkilledModel,
)
from models_registry.states import State
from tests.accounts.factories import user_with
from tests.models_registry.factories import (
    CampaignFactory,
    ExtensionFactory,
    RegistrationFactory,
    SkilledModelFactory,
    city_staff,
    commune_people,
)
from tests.units.factories import UnitFactory, city, succeed

pytestmark = pytest.mark.django_db
AGREED = "Bà Nguyễn Thị Hoa đồng ý, ngày 02/03/2026"


def pdf(name: str = "minh-chung.pdf") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, b"%PDF-1.4 test %%EOF")


def acts(prefix: str = "registration.") -> list[str]:
    recorded = AuditEntry.objects.filter(act__startswith=prefix).order_by("pk")
    return list(recorded.values_list("act", flat=True))


@pytest.fixture
def people():
    return commune_people()


def draft_of(people, **fields) -> Registration:
    return RegistrationFactory(unit=people[0], by_official=people[1], **fields)


def test_start_registration_makes_a_model_with_a_code_and_a_draft(people):
    commune, official, _reviewer = people
    campaign = CampaignFactory()
    source = SkilledModelFactory()

    draft = services.start_registration(
        commune, campaign, {"title": "  Khéo trong hiến đất "}, actor=official, replicated_from=source
    )

    stored = Registration.objects.get(pk=draft.pk)
    assert (stored.state, stored.title, stored.year, stored.unit, stored.typed_by, stored.typists) == (
        "draft",
        "Khéo trong hiến đất",
        campaign.year,
        commune,
        official,
        [official.pk],
    )
    assert stored.novelty == "new"
    assert (stored.model.code[:4], stored.model.title, stored.model.replicated_from) == (
        "DVK-",
        "Khéo trong hiến đất",
        source,
    )
    assert acts() == ["registration.start"]


def test_start_registration_of_an_ended_unit_is_refused(people):
    succeed(people[0], UnitFactory(valid_from=timezone.localdate()), on=timezone.localdate())

    with pytest.raises(DomainError) as refusal:
        services.start_registration(people[0], CampaignFactory(), actor=people[1])

    assert refusal.value.code == "unit_ended"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"title": "x" * 301}, "title"),
        ({"title": "NUL \x00"}, "title"),
        ({"kind": "thing"}, "kind"),
        ({"households": -1}, "households"),
        ({"households": 10**12}, "households"),
        ({"starts_on": datetime.date(1, 1, 1)}, "starts_on"),
        ({"starts_on": datetime.date(2026, 2, 1), "ends_on": datetime.date(2026, 1, 1)}, "ends_on"),
        ({"aim": "x" * 10_001}, "aim"),
    ],
)
def test_start_registration_wrong_field_is_named_and_nothing_is_made(people, data, field):
    with pytest.raises(DomainError) as refusal:
        services.start_registration(people[0], CampaignFactory(), data, actor=people[1])

    assert set(refusal.value.fields) == {field}
    assert SkilledModel.objects.count() == 0


def test_save_draft_writes_what_changed_and_raises_the_version(people):
    draft = draft_of(people)
    colleague = user_with(Role.OFFICIAL, people[0])

    saved = services.save_draft(
        draft, {"title": "Tên mới", "aim": draft.aim}, actor=colleague, seen_version=1
    )

    assert (saved.title, saved.version, saved.typists, saved.changed_by) == (
        "Tên mới",
        2,
        sorted([people[1].pk, colleague.pk]),
        colleague,
    )
    saved.model.refresh_from_db()
    assert saved.model.title == "Tên mới"
    assert AuditEntry.objects.get(act="registration.save").data == {"fields": ["title"], "version": 2}


def test_save_draft_without_a_change_writes_nothing(people):
    draft = draft_of(people)

    assert services.save_draft(draft, {"title": draft.title}, actor=people[1]).version == 1
    assert acts() == []


def test_save_draft_over_somebody_elses_version_is_refused(people):
    draft = draft_of(people)
    services.save_draft(draft, {"title": "Của người khác"}, actor=people[1], seen_version=1)

    with pytest.raises(Conflict):
        services.save_draft(
            draft, {"title": "Của tôi"}, actor=user_with(Role.OFFICIAL, people[0]), seen_version=1
        )

    assert Registration.objects.get().title == "Của người khác"


@pytest.mark.parametrize(
    ("state", "field", "passes"),
    [
        (State.DRAFT, "aim", True),
        (State.RETURNED, "aim", True),
        (State.ACCEPTED, "aim", False),
        (State.ACCEPTED, "product", True),
        (State.REPORT_RETURNED, "product", True),
        (State.DRAFT, "product", False),
        (State.DRAFT, "state", False),
        (State.DRAFT, "unit", False),
        (State.SUBMITTED, "aim", False),
        (State.RECOGNISED, "product", False),
    ],
)
def test_save_draft_takes_the_fields_of_the_state_only(people, state, field, passes):
    registration = draft_of(people, state=state)

    if passes:
        assert getattr(services.save_draft(registration, {field: "Mới"}, actor=people[1]), field) == "Mới"
    else:
        with pytest.raises(DomainError):
            services.save_draft(registration, {field: "Mới"}, actor=people[1])


@pytest.mark.parametrize(
    ("state", "data"),
    [
        (State.RETURNED, {"field": "culture_society"}),
        (State.RETURNED, {"aim": "Mục tiêu khác"}),
        (State.ACCEPTED, {"result_summary": "Đã xong"}),
    ],
)
def test_save_draft_and_files_of_a_closed_year_are_refused(people, state, data):
    registration = draft_of(people, state=state)
    kept = services.attach(registration, pdf(), actor=people[1])
    ClosedYear.objects.create(city=city(), year=registration.year)

    for change in (
        lambda: services.save_draft(registration, data, actor=people[1]),
        lambda: services.attach(registration, pdf(), actor=people[1]),
        lambda: services.detach(kept, actor=people[1]),
    ):
        with pytest.raises(DomainError) as refusal:
            change()
        assert refusal.value.code == "year_closed"
    assert Registration.objects.get().version == registration.version
    assert Attachment.objects.get() == kept


def test_draft_of_a_closed_year_is_not_begun_and_stays_writable(people):
    draft = draft_of(people)
    ClosedYear.objects.create(city=city(), year=draft.year)

    with pytest.raises(DomainError) as refusal:
        services.start_registration(people[0], draft.campaign, actor=people[1])

    assert refusal.value.code == "year_closed"
    assert services.save_draft(draft, {"aim": "Mục tiêu khác"}, actor=people[1]).version == 2
    assert SkilledModel.objects.count() == 1


def test_save_draft_money_from_people_beyond_all_money_is_refused(people):
    accepted = draft_of(people, accepted=True)

    with pytest.raises(DomainError) as refusal:
        services.save_draft(accepted, {"money": 5, "money_from_people": 6}, actor=people[1])

    assert set(refusal.value.fields) == {"money_from_people"}


def test_discard_draft_takes_model_and_files_along(people, django_capture_on_commit_callbacks):
    draft = draft_of(people)
    attachment = services.attach(draft, pdf(), actor=people[1])
    stored = attachment.file.path

    with django_capture_on_commit_callbacks(execute=True):
        services.discard_draft(draft, actor=people[1])

    assert (Registration.objects.count(), SkilledModel.objects.count(), Attachment.objects.count()) == (
        0,
        0,
        0,
    )
    with pytest.raises(FileNotFoundError):
        open(stored, "rb")  # noqa: PTH123, SIM115
    assert AuditEntry.objects.filter(act="registration.discard").count() == 1


def test_discard_draft_of_a_renewed_model_keeps_the_model(people):
    before = draft_of(people, accepted=True)
    draft = draft_of(
        people, model=before.model, previous=before, novelty="maintained",
        campaign=CampaignFactory(year=before.year + 1),
    )  # fmt: skip

    services.discard_draft(draft, actor=people[1])

    assert SkilledModel.objects.get() == before.model


def test_discard_what_was_submitted_is_refused(people):
    with pytest.raises(Conflict):
        services.discard_draft(draft_of(people, submitted=True), actor=people[1])


def test_attach_and_detach_while_it_is_the_units_turn(people, django_capture_on_commit_callbacks):
    draft = draft_of(people)
    attachment = services.attach(
        draft, pdf(), actor=people[1], caption=" Ảnh ", is_public=True, consent_note=AGREED
    )
    assert (attachment.caption, attachment.content_type, attachment.is_public) == (
        "Ảnh",
        "application/pdf",
        True,
    )

    with django_capture_on_commit_callbacks(execute=True):
        services.detach(attachment, actor=people[1])

    assert Attachment.objects.count() == 0
    with pytest.raises(Conflict):
        services.attach(draft_of(people, submitted=True), pdf(), actor=people[1])


def test_attach_wrong_kind_or_one_too_many_is_refused(people):
    draft = draft_of(people)
    with pytest.raises(DomainError) as refusal:
        services.attach(draft, SimpleUploadedFile("a.pdf", b"MZ"), actor=people[1])
    assert set(refusal.value.fields) == {"file"}
    for number in range(MAX_ATTACHMENTS):
        services.attach(draft, pdf(f"{number}.pdf"), actor=people[1])

    with pytest.raises(DomainError):
        services.attach(draft, pdf(), actor=people[1])


def test_public_attachments_are_those_of_published_registrations(people):
    shown = services.attach(
        draft_of(people, accepted=True), pdf(), actor=people[1], is_public=True, consent_note=AGREED
    )
    services.attach(draft_of(people), pdf(), actor=people[1], is_public=True, consent_note=AGREED)
    services.attach(draft_of(people, accepted=True), pdf(), actor=people[1])

    assert list(Attachment.objects.public()) == [shown]


def test_save_campaign_changed_meanwhile_is_refused():
    staff = city_staff()
    campaign = services.save_campaign(CampaignFactory.build(city=staff.units_of()[0]), actor=staff)
    mine, theirs = Campaign.objects.get(), Campaign.objects.get()
    theirs.title = "Khác"
    services.save_campaign(theirs, actor=staff)

    with pytest.raises(Conflict):
        services.save_campaign(mine, actor=staff)

    assert acts("campaign.") == ["campaign.make", "campaign.change"]
    assert campaign.pk == mine.pk


def test_grant_extension_needs_a_reason_and_a_day_to_come():
    staff = city_staff()
    unit = UnitFactory()
    for wrong in ({"reason": " "}, {"until": datetime.date(2020, 1, 1)}):
        with pytest.raises(DomainError):
            services.grant_extension(
                ExtensionFactory.build(unit=unit, campaign=CampaignFactory(), granted_by=None, **wrong),
                actor=staff,
            )

    services.grant_extension(
        ExtensionFactory.build(unit=unit, campaign=CampaignFactory(), granted_by=None), actor=staff
    )

    assert Extension.objects.get().granted_by == staff
    assert acts("campaign.") == ["campaign.extend"]
