"""What a migration does to rows that were there before it."""

from importlib import import_module

import pytest
from django.db import connection

from awards.models import Award, AwardForm, Recipient
from awards.transitions import revoke
from tests.awards.factories import SIGNED, AwardFactory, issued

pytestmark = pytest.mark.django_db


def test_recipients_linked_decided_awards_get_theirs_and_keep_their_words(leader):
    first = issued(2)
    one, two = first.awards.order_by("pk")
    revoke(first, actor=leader, number="99/QĐ", signed_on=SIGNED, reason="Trùng", awards=[two])
    draft = AwardFactory(recipient_name=f"  {one.recipient_name.upper()} ", unit=one.unit)
    words = list(Award.objects.order_by("pk").values_list("recipient_name", "state"))
    Award.objects.update(recipient=None)
    Recipient.objects.all().delete()

    with connection.cursor() as cursor:
        cursor.execute(
            import_module("awards.migrations.0006_recipients_linked").FORWARD.replace("%", "%%"), []
        )

    assert list(Award.objects.order_by("pk").values_list("recipient_name", "state")) == words
    assert not Award.objects.filter(recipient=None).exists()
    draft.refresh_from_db()
    one.refresh_from_db()
    assert draft.recipient == one.recipient
    assert Recipient.objects.count() == 2
    assert AwardForm.objects.get(code="merit-city", valid_to=None).votes_share == 80
