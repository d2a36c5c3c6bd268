"""The long staff lists: each shows just the columns that one asks for, and keeps filters under a name."""

import re

import pytest
from django.urls import get_resolver, reverse

from mobilization.accounts.states import Role
from mobilization.audit import log
from mobilization.core.lists import OwnListMixin, list_view
from tests.access import all_names
from tests.accounts.factories import UserFactory, user_with
from tests.appraisal.factories import CouncilSessionFactory
from tests.awards.factories import AwardFactory, NominationFactory, RecipientFactory, examined, issued
from tests.dialogues.factories import DialogueFactory
from tests.jobs.factories import JobFactory
from tests.models_registry.factories import RegistrationFactory
from tests.publication.factories import PendingDecisionFactory
from tests.units.factories import city

pytestmark = pytest.mark.django_db

MATRIX = "models_registry:units"


ROWS = {
    "accounts:list": UserFactory,
    "appraisal:sessions": lambda: CouncilSessionFactory(unit=city(), level="city"),
    "audit:list": lambda: log.record("audit.export", actor=UserFactory(), target=None),
    "awards:books": issued,
    "awards:candidates": lambda: RegistrationFactory(recognised=True),
    "awards:certificates": issued,
    "awards:examinations": examined,
    "awards:list": AwardFactory,
    "awards:nominations": NominationFactory,
    "awards:recipients": RecipientFactory,
    "awards:yearly": issued,
    "dialogues:list": DialogueFactory,
    "jobs:list": JobFactory,
    "models_registry:list": lambda: RegistrationFactory(submitted=True),
    "models_registry:queue": lambda: RegistrationFactory(submitted=True, level="city"),
    "publication:pending": PendingDecisionFactory,
    "units:list": city,
}
NOT_FILLED = {"desk:sent", "messaging:outbox", "publication:list", MATRIX}
"""They need a chain of acts, or have rows of their own making: tried beside their other tests."""


def with_columns():
    return {name for name in all_names(get_resolver()) if (view := list_view(name)) and view.columns}


def test_every_list_with_columns_is_tried():
    assert with_columns() == set(ROWS) | NOT_FILLED
    assert issubclass(list_view(MATRIX), OwnListMixin)


@pytest.mark.parametrize("name", sorted(ROWS))
def test_list_shows_the_columns_of_the_address_in_heads_and_cells(client, name):
    client.force_login(user_with(Role.CITY_STAFF, city()))
    if client.get(reverse(name)).status_code == 404:
        client.force_login(user_with(Role.ADMINISTRATOR, city()))
    ROWS[name]()
    view = list_view(name)
    for columns in (list(view.columns), list(view.columns)[1:2]):
        page = client.get(reverse(name), {"columns": ",".join(columns)})
        assert page.context["object_list"], name
        table = page.content.decode().split('<table class="table-list')[-1].split("</table>")[0]
        first = table.split("<tbody>")[1].split("</tr>")[0]
        labels = re.findall(r'data-label="([^"]*)"', first)
        assert len(labels) == len(columns), labels
        heads = re.findall(r"<th scope=\"col\"", table.split("</thead>")[0])
        assert len(heads) >= len(columns) + 1
