"""What is made once for each key."""

from mobilization.core.once import Once


def test_once_makes_one_thing_for_each_key():
    once, made = Once(10), []

    def make():
        made.append(1)
        return len(made)

    assert [once.get(key, make) for key in ("a", "a", "b", "a")] == [1, 1, 2, 1]


def test_once_keeps_no_more_than_it_is_told():
    once = Once(3)
    for number in range(100):
        assert once.get(number, lambda number=number: str(number)) == str(number)
        assert len(once.kept) <= 3


def test_once_keeps_what_is_empty():
    once, made = Once(2), []
    for _visit in range(2):
        assert once.get("a", lambda: made.append(1) or ()) == ()
    assert len(made) == 1
