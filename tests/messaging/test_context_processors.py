"""The head of a staff page tells how many messages wait: of whoever is signed in without asking again."""

import pytest
from django.test import RequestFactory

from mobilization.accounts.backends import AccountBackend
from mobilization.messaging import services
from mobilization.messaging.context_processors import MOST_COUNTED, UNREAD, messaging
from mobilization.messaging.models import Message
from mobilization.messaging.services import Draft
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


def told(user):
    request = RequestFactory().get("/desk/")
    request.user = user
    return dict(messaging(request)["unread_messages"])


@pytest.mark.parametrize("number", [0, 2, MOST_COUNTED - 1, MOST_COUNTED, MOST_COUNTED + 1])
def test_messaging_counts_the_unread_of_whoever_is_signed_in_however_they_were_read(
    django_assert_num_queries, number
):
    user, other = UserFactory(), UserFactory()
    services.send_many(
        [*(Draft("test.news", user) for _message in range(number + 1)), Draft("test.news", other)]
    )
    services.mark_read(Message.objects.of(user).first(), user=user)
    signed_in = AccountBackend().get_user(user.pk)
    assert UNREAD in signed_in.at_hand
    with django_assert_num_queries(0):
        known = told(signed_in)
    assert known == told(user)
    assert known == {"count": min(number, MOST_COUNTED - 1), "more": number >= MOST_COUNTED}
