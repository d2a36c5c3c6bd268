"""Every list that can be taken away as a file: both formats, and the log knows who took it by which filters."""

import pytest
from django.urls import get_resolver, reverse

from mobilization.accounts.states import Role
from mobilization.audit import acts
from mobilization.audit.exporting import FORMATS, ExportMixin
from mobilization.audit.models import AuditEntry
from mobilization.core.lists import list_view
from tests.access import all_names
from tests.accounts.factories import user_with
from tests.units.factories import city

LISTS = sorted(
    name for name in all_names(get_resolver()) if issubclass(list_view(name) or object, ExportMixin)
)


def test_lists_are_found():
    assert {"accounts:list", "audit:list", "jobs:list", "messaging:list", "models_registry:list"} <= set(
        LISTS
    )


@pytest.mark.django_db
@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", LISTS)
def test_export_answers_a_file_and_names_the_filters(client, name, kind):
    view = list_view(name)
    staff = user_with(Role.CITY_STAFF, city())
    client.force_login(staff)
    answer = client.get(reverse(name), {"export": kind, "q": "Nguyễn Văn An"})
    if answer.status_code == 404:
        client.force_login(user_with(Role.ADMINISTRATOR, city()))
        answer = client.get(reverse(name), {"export": kind, "q": "Nguyễn Văn An"})
    content = b"".join(answer.streaming_content)
    assert content.startswith(b"PK" if kind == "xlsx" else b"\xef\xbb\xbf")
    entry = AuditEntry.objects.of_act(view.export_act).get()
    assert "Nguyễn" not in str(entry.data)
    assert entry.data["format"] == kind


@pytest.mark.parametrize("name", LISTS)
def test_export_reads_like_something_in_the_log(name):
    code = list_view(name).export_act
    assert acts.label_of(code) != code
