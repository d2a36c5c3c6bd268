import base64
import datetime
import json

import pytest
from django.contrib.auth import get_user_model

from mobilization.core.paging import BadCursor, KeysetPaginator
from tests.accounts.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def users():
    day = datetime.datetime(2026, 1, 1, tzinfo=datetime.UTC)
    # Three rows share each date, so that the order needs its second field.
    return get_user_model().objects.bulk_create(
        UserFactory.build(last_login=day + datetime.timedelta(number // 3)) for number in range(20)
    )


def paginator(order=("-last_login", "-pk"), per_page=6):
    return KeysetPaginator(get_user_model().objects.all(), order, per_page)


@pytest.mark.parametrize(
    "order", [("-last_login", "-pk"), ("last_login", "pk"), ("last_login", "-pk"), ("-pk",)]
)
@pytest.mark.parametrize("per_page", [1, 6, 20, 50])
def test_page_walk_there_and_back_sees_every_row_once(users, order, per_page):
    pages = paginator(order, per_page)
    page = pages.page()
    assert page.previous is None
    forth = [page]
    while page.next:
        page = pages.page(page.next)
        forth.append(page)
    expected = list(get_user_model().objects.order_by(*order))
    assert [row for each in forth for row in each] == expected
    back = [page]
    while page.previous:
        page = pages.page(page.previous)
        back.insert(0, page)
    assert [row for each in back for row in each] == expected


def test_page_rows_added_before_do_not_shift_the_next_page(users):
    pages = paginator(("-pk",))
    first = pages.page()
    UserFactory()
    assert [row.pk for row in pages.page(first.next)] == [row.pk for row in reversed(users)][6:12]


def cursor(*values):
    return base64.urlsafe_b64encode(json.dumps(list(values)).encode()).decode()


@pytest.mark.parametrize(
    "damaged",
    [
        "x", "////", "é", "W10", cursor(), cursor(0), cursor(0, 1), cursor(0, "2026-01-01", "x"), cursor(5, "a", 1),
        cursor(0, None, 1), cursor(0, "2026-01-01T00:00:00Z", 10**40), cursor(0, [1], 1), cursor(0, "a\x00", 1),
        cursor(0, 1e400, 1), "W" * 5000,
    ],
)  # fmt: skip
def test_page_damaged_cursor_shows_the_first_page_or_is_told(users, damaged):
    pages = paginator()
    assert pages.page(damaged).items == pages.page().items
    with pytest.raises(BadCursor):
        pages.page(damaged, strict=True)


@pytest.mark.parametrize("per_page", [1, 3])
def test_page_query_count_does_not_depend_on_rows(users, per_page, django_assert_num_queries):
    with django_assert_num_queries(1):
        paginator(per_page=per_page).page()
