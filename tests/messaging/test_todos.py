"""What waits: asked, never stored; nobody is asked about what cannot concern him."""

import pytest

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.messaging import todos
from mobilization.messaging.todos import MOST_READ, SHOWN, Item, Todo, Waiting
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory

pytestmark = pytest.mark.django_db


def people(**more) -> Todo:
    """Declare a to-do made of a queryset: greet everybody else."""
    rows = lambda user: User.objects.exclude(pk=user.pk).order_by("pk")  # noqa: E731
    todo = Todo(
        "greet", "Greet", "test", "jobs:list", rows, lambda row: Item(row.full_name, "/desk/"), **more
    )
    todos.register(todo)
    return todo


def test_count_items_and_oldest_take_a_statement_each(django_assert_num_queries):
    user, first, _second = UserFactory.create_batch(3)
    todo = people()
    with django_assert_num_queries(3):
        found = (todo.count(user), len(todo.items(user)), todo.oldest(user).title)
    assert found == (2, 2, first.full_name)


def test_who_lacks_the_permission_has_nothing_and_the_database_is_not_asked(django_assert_num_queries):
    user = user_with(Role.OFFICIAL, UnitFactory())
    assert user.positions_in_force()
    todo = people(perm="audit.view_entries")
    with django_assert_num_queries(0):
        assert (todo.count(user), todo.items(user), todo.oldest(user)) == (0, [], None)
        assert (todos.waiting_for(user), list(todos.counts(user))) == ([], [])


def test_waiting_shows_the_first_and_says_when_there_may_be_more():
    items = [Item(str(number), "/desk/") for number in range(MOST_READ)]
    assert [item.title for item in Waiting(people(), items).shown] == [str(n) for n in range(SHOWN)]
    assert Waiting(people, items).is_cut
    assert not Waiting(people, items[1:]).is_cut


def test_address_carries_the_filter_of_the_list():
    assert people(query="state=done").address == "/desk/jobs/?state=done"


def test_two_todos_with_one_code_are_refused():
    people()
    with pytest.raises(ValueError, match="greet"):
        people()
