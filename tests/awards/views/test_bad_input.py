"""Anything at all in lists and forms of nominations and recipients is answered, never with an error of ours."""

import pytest
from django import forms
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from awards.models import AwardForm
from tests.accounts.factories import PositionFactory
from tests.awards.factories import NominationFactory, RecipientFactory, examined, form_on, submitted
from tests.telling import in_one, spread, taken_by, together

pytestmark = pytest.mark.django_db

NASTY = (
    "\x00",
    "a\x00b",
    "\u202eabc",
    "a" * 20_000,
    "9" * 40,
    "-1",
    "31/12/9999",
    "00/00/0000",
    "NaN",
)
PASSABLE = ("e\u0301👩‍👩‍👧‍👦", "\u200b", "0", "31/12/2100")


def local(commune, make, **fields):
    recipient = RecipientFactory(unit=commune, name="Tổ dân phố số 5")
    found = make(recipient=recipient, form=form_on("commune", timezone.localdate()), **fields)
    return found[0] if isinstance(found, list) else found


def merging(commune):
    kept = RecipientFactory(unit=commune, name="Tổ dân phố số 5")
    RecipientFactory(unit=commune, name="Tổ dân phố số 6")
    return kept


FORMS = {
    "nomination_create": lambda _commune: None,
    "nomination_edit": lambda commune: local(commune, NominationFactory),
    "nomination_withdraw": lambda commune: local(commune, submitted),
    "nomination_return": lambda commune: local(commune, submitted),
    "nomination_approve": lambda commune: local(commune, examined, votes=(1, 9)),
    "nomination_decline": lambda commune: local(commune, examined),
    "recipient_edit": lambda commune: RecipientFactory(unit=commune),
    "recipient_merge": merging,
    "catalogue_successor": lambda _commune: AwardForm.objects.filter(valid_to=None).first(),
    "catalogue_add": lambda _commune: None,
}


@pytest.fixture
def everywhere(client, staff, commune):
    PositionFactory(user=staff, role="official", unit=commune)
    client.force_login(staff)
    return client


@pytest.mark.parametrize("name", ["nominations", "recipients", "examinations"])
def test_list_answers_any_value_of_any_filter(everywhere, name):
    NominationFactory()
    page = everywhere.get(reverse(f"awards:{name}"))
    filters = page.context["filter"].form if "filter" in page.context else forms.Form()
    fields = [*filters.fields, "cursor", "per_page", "order", "columns", "nothing"]
    for query in together(filters, fields, (*NASTY, *PASSABLE)):
        answer = everywhere.get(reverse(f"awards:{name}"), encoded(query))
        assert answer.status_code < 500, query


@pytest.mark.parametrize("name", FORMS)
def test_form_answers_any_value_of_any_field(everywhere, commune, name):
    row = FORMS[name](commune)
    address = reverse(f"awards:{name}", args=[row.pk] if row else [])
    form = everywhere.get(address).context["form"]
    right = {field: form[field].value() for field in form.fields}
    right = {field: value for field, value in right.items() if value not in (None, "")}
    for answer in spread(form, form.fields, NASTY, in_one):
        assert send(everywhere, address, encoded(answer)) < 500, answer
    for field in form.fields:
        for value in taken_by(form, field, PASSABLE):
            assert send(everywhere, address, right | {field: value}) < 500, (field, value)


def encoded(values):
    return {name: value.encode("utf-8", "replace") for name, value in values.items()}


def send(client, address, values):
    with transaction.atomic():
        answer = client.post(address, values)
        transaction.set_rollback(True)
    return answer.status_code
