import pytest

from mobilization.core.page_parts import Part, Parts


def part(name, number, *, shows=True):
    return Part(
        name, lambda _request, record: (f"{name}.html", {"of": record}) if shows else None, "aside", number
    )


def test_parts_stand_in_the_order_of_their_numbers_and_leave_out_what_shows_nothing():
    parts = Parts(("main", "aside"))
    for one in (part("b", 2), part("a", 1), part("c", 3, shows=False)):
        parts.register(one)

    assert parts.of(None, "x") == {
        "main": [],
        "aside": [{"template": "a.html", "of": "x"}, {"template": "b.html", "of": "x"}],
    }


def test_two_parts_of_one_name_refused():
    parts = Parts(("aside",))
    parts.register(part("a", 1))

    with pytest.raises(ValueError, match="a"):
        parts.register(part("a", 2))
