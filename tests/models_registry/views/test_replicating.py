import pytest
from django.urls import reverse

from models_registry.models import CARRIED_FIELDS, Registration
from tests.models_registry.factories import CampaignFactory, RegistrationFactory, commune_people

pytestmark = pytest.mark.django_db


def address(registration):
    return reverse("models_registry:replicate", args=[registration.model.code])


@pytest.fixture
def people(client):
    commune, official, reviewer = commune_people()
    client.force_login(official)
    return commune, official, reviewer


def test_replicate_leads_to_the_form_where_what_was_carried_is_marked(client, people):
    source = RegistrationFactory(accepted=True)
    page = client.get(source.model.get_absolute_url())
    assert address(source) in page.content.decode()
    assert client.get(address(source)).status_code == 200

    answer = client.post(address(source), {"unit": people[0].pk, "campaign": CampaignFactory().pk})

    draft = Registration.objects.drafts().get()
    assert answer["Location"] == reverse("models_registry:edit", args=[draft.pk, "identity"])
    page = client.get(answer["Location"])
    form = page.context["form"]
    marked = {field.name for field in form if source.unit.full_name in str(field.help_text)}
    assert marked == set(CARRIED_FIELDS) & set(form.fields)
    assert page.content.decode().count(source.unit.full_name) == len(marked)
    assert "place" not in marked


def test_replicate_by_an_address_that_names_no_code_is_404(client, people):
    assert client.get("/desk/registrations/replicate/DVK-%00/").status_code == 404


def test_replicate_for_a_unit_that_is_not_the_own_one_is_refused(client, people):
    source = RegistrationFactory(accepted=True)
    page = client.post(address(source), {"unit": source.unit.pk, "campaign": CampaignFactory().pk})
    assert page.status_code == 422
    assert not Registration.objects.drafts().exists()


def test_replicate_without_an_open_campaign_says_so(client, people):
    campaign = CampaignFactory(year=2020)
    source = RegistrationFactory(accepted=True, campaign=campaign)
    type(campaign).objects.update(opened_on="2999-01-01")
    page = client.get(address(source))
    assert (page.context["has_campaign"], page.context["is_own"]) == (False, False)


def test_replicate_of_the_own_model_is_not_offered_but_said(client, people):
    own = RegistrationFactory(unit=people[0], accepted=True)
    assert address(own) not in client.get(own.model.get_absolute_url()).content.decode()
    assert client.get(address(own)).context["is_own"] is True
    page = client.post(address(own), {"unit": people[0].pk, "campaign": own.campaign.pk})
    assert page.status_code == 422


def test_model_page_offers_nothing_to_whoever_registers_nothing(client, people):
    source = RegistrationFactory(accepted=True)
    client.force_login(people[2])
    assert address(source) not in client.get(source.model.get_absolute_url()).content.decode()
    client.logout()
    assert address(source) not in client.get(source.model.get_absolute_url()).content.decode()
