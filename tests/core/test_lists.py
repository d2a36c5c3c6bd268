"""Orders and addresses of the lists of the staff pages."""

from types import SimpleNamespace

import pytest
from django.http import QueryDict
from django.template import Context, Template
from django.test import RequestFactory

from mobilization.core.lists import Kept, Order, Sorting, StaffListMixin, clean_query

ORDERS = {"year": Order("Year", ("-year", "-id")), "title": Order("Title", ("title", "id"))}


@pytest.mark.parametrize(
    ("current", "name", "state"),
    [
        (("-year", "-id"), "year", ("descending", "-year")),
        (("year", "id"), "year", ("ascending", "year")),
        (("year", "id"), "title", ("", "title")),
        (("title", "id"), "title", ("ascending", "-title")),
    ],
)
def test_state_of_an_order_tells_the_direction_and_the_next_word(current, name, state):
    assert Sorting(ORDERS, current).state_of(name) == state


@pytest.mark.parametrize(
    ("asked", "kept"),
    [
        ("b=2&a=1", "a=1&b=2"),
        ("a=1&a=2&cursor=x", "a=1&a=2"),
        ("a=+&b=", ""),
        (f"a={'x' * 201}&b=1", "b=1"),
        ("a=%00", "a=%00"),
    ],
)
def test_clean_query_keeps_known_names_that_say_something(asked, kept):
    assert clean_query(QueryDict(asked), ["a", "b"]) == kept


def test_start_is_the_one_filter_that_is_marked():
    usual, marked = SimpleNamespace(is_start=False), SimpleNamespace(is_start=True)
    assert Kept([usual, marked]).start is marked
    assert Kept([usual]).start is None


def head(query, name):
    request = RequestFactory().get("/", QueryDict(query).dict())
    context = Context(
        {"request": request, "sorting": Sorting(ORDERS, ("-year", "-id")), "name": name, "label": "<i>"}
    )
    return Template("{% load heads %}{% column_head name label %}").render(context)


def test_column_head_in_force_tells_its_direction_and_asks_for_the_other():
    shown = head("q=a&cursor=x", "year")
    assert 'aria-sort="descending"' in shown
    assert "?q=a&amp;order=-year" in shown
    assert "cursor" not in shown
    assert "<i>" not in shown


def test_column_head_without_an_order_is_the_label_alone():
    assert head("", "unit") == '<th scope="col">&lt;i&gt;</th>'


def table(shown):
    context = Context(
        {
            "request": RequestFactory().get("/"),
            "sorting": Sorting(ORDERS, ("-year", "-id")),
            "columns": {"year": "Year", "unit": "<Unit>", "sum": "Sum"},
            "shown": dict.fromkeys(shown, True),
            "unit": "<b>",
        }
    )
    cells = "{% cell 'unit' %}{{ unit }}{% endcell %}{% cell 'sum' css='num' %}7{% endcell %}"
    return Template("{% load heads %}{% column_heads num='sum' %}|" + cells).render(context)


def test_column_heads_and_cells_of_what_is_shown_and_no_more():
    heads, cells = table(["unit", "sum"]).split("|")
    assert heads == '<th scope="col">&lt;Unit&gt;</th><th scope="col" class="num">Sum</th>'
    assert cells == '<td data-label="&lt;Unit&gt;">&lt;b&gt;</td><td class="num" data-label="Sum">7</td>'
    assert "?order=-year" in table(["year"])
    assert "<td" not in table(["year"])


def test_kept_parameters_name_order_and_columns_where_there_are_some():
    class Plain(StaffListMixin):
        more_parameters = ("mine",)

    class Rich(Plain):
        orders, columns = ORDERS, {"unit": "Unit"}

    assert Plain.kept_parameters() == ["mine", "per_page"]
    assert Rich.kept_parameters() == ["mine", "columns", "order", "per_page"]
