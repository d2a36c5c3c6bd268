import pytest
from django.db.models import Value

from mobilization.accounts import at_hand


@pytest.fixture(autouse=True)
def _nothing_else(monkeypatch):
    monkeypatch.setattr(at_hand, "_wanted", {})


def test_wanted_are_all_that_were_asked_for_made_when_they_are_needed():
    at_hand.want("one", lambda: Value(1))
    at_hand.want("two", lambda: Value(2))
    assert at_hand.wanted() == {"one": Value(1), "two": Value(2)}


def test_want_of_a_name_that_is_taken_is_refused_but_not_the_same_twice():
    def make():
        return Value(1)

    at_hand.want("one", make)
    at_hand.want("one", make)
    with pytest.raises(ValueError, match="one"):
        at_hand.want("one", lambda: Value(2))
