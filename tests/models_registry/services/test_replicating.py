import pytest

from mobilization.core.errors import DomainError
from models_registry.lineage import family_of
from models_registry.models import CARRIED_FIELDS, CONTENT_FIELDS, Registration
from models_registry.services.replicating import replicate
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


@pytest.fixture
def source():
    return RegistrationFactory(
        accepted=True, households=12, person_phone="0912345678", beneficiaries="Người dân thôn Đoài"
    )


def test_replicate_makes_a_linked_draft_with_what_is_published(source):
    commune, official, _reviewer = commune_people()
    draft = replicate(source.model, commune, CampaignFactory(), actor=official)
    assert (draft.state, draft.unit, draft.model.replicated_from, draft.novelty) == (
        "draft",
        commune,
        source.model,
        "new",
    )
    assert [getattr(draft, name) for name in CARRIED_FIELDS] == [
        getattr(source, name) for name in CARRIED_FIELDS
    ]
    others = set(CONTENT_FIELDS) - {*CARRIED_FIELDS, "novelty"}
    assert {getattr(draft, name) for name in others} <= {"", None}
    assert draft.model != source.model
    assert family_of(source.model) is None


def test_replicate_twice_is_one_draft(source):
    commune, official, _reviewer = commune_people()
    campaign = CampaignFactory()
    first = replicate(source.model, commune, campaign, actor=official)
    assert replicate(source.model, commune, campaign, actor=official) == first
    assert Registration.objects.drafts().count() == 1


def test_replicate_own_or_unpublished_model_is_refused(source):
    commune, official, _reviewer = commune_people()
    own = RegistrationFactory(unit=commune, accepted=True)
    hidden = RegistrationFactory(submitted=True)
    for model in (own.model, hidden.model):
        with pytest.raises(DomainError):
            replicate(model, commune, CampaignFactory(), actor=official)
    assert not Registration.objects.drafts().exists()
