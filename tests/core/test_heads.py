"""Heads that sort, and the links above a list: each keeps the filter and begins at the first page."""

import re

from django.template import Context, Template
from django.test import RequestFactory
from django.utils.translation import override

from mobilization.core.lists import Order, Sorting

ORDERS = {"year": Order("Năm", ("-year", "-id")), "title": Order("<Tên>", ("title", "id"))}


def shown(text: str, address: str, **values) -> str:
    request = RequestFactory().get(address)
    sorting = Sorting(ORDERS, ("-year", "-id"))
    context = {"request": request, "sorting": sorting, "page_sizes": (25, 50), "per_page": 25}
    return Template("{% load heads %}" + text).render(Context(context | values))


def links(html: str) -> list[str]:
    return [link.replace("&amp;", "&") for link in re.findall(r'href="([^"]*)"', html)]


def test_list_links_keep_the_filter_and_leave_the_place():
    html = shown("{% list_links %}", "/?q=hien+dat&state=a&state=b&cursor=x&counts=1")
    assert links(html) == [
        "?q=hien+dat&state=a&state=b&order=-year",
        "?q=hien+dat&state=a&state=b&order=title",
        "?q=hien+dat&state=a&state=b&per_page=25",
        "?q=hien+dat&state=a&state=b&per_page=50",
    ]


def test_list_links_mark_what_is_in_force_and_escape_words():
    html = shown("{% list_links %}", "/")
    assert html.count('aria-current="true"') == 2
    assert "▼" in html
    assert "&lt;Tên&gt;" in html


def test_list_links_lead_to_files_of_all_rows_where_there_are_some():
    html = shown("{% list_links %}", "/?q=a&per_page=50", export_formats=("xlsx", "csv"))
    assert links(html)[-2:] == ["?q=a&export=xlsx", "?q=a&export=csv"]


def test_list_links_without_orders_offer_none():
    html = shown("{% list_links %}", "/", sorting=Sorting({}, ("-pk",)))
    assert links(html) == ["?per_page=25", "?per_page=50"]


def test_column_head_asks_for_the_other_direction():
    html = shown('{% column_head "year" "Năm" "num" %}', "/?q=a&cursor=x")
    assert links(html) == ["?q=a&order=-year"]
    assert 'aria-sort="descending"' in html


def test_column_head_without_such_an_order_is_a_word():
    assert shown('{% column_head "place" "Nơi" %}', "/") == '<th scope="col">Nơi</th>'


def test_row_of_heads_is_that_of_each_head():
    heads = [("year", "Năm", "num"), ("", "Nơi", ""), ("title", "Tên", "")]
    for address in ("/", "/?q=a", "/?q=b", "/?q=a"):
        one_by_one = "".join(
            shown(f'{{% column_head "{name}" "{label}" "{css}" %}}', address) for name, label, css in heads
        )
        assert shown("{% row_of_heads heads %}", address, heads=heads) == one_by_one


def test_row_of_heads_shown_again_tells_the_order_of_its_own_page():
    heads, text = [("year", "Năm", ""), ("title", "Tên", "")], "{% row_of_heads heads %}"
    newest = shown(text, "/", heads=heads)
    by_title = shown(text, "/", heads=heads, sorting=Sorting(ORDERS, ("title", "id")))
    with override("en"):
        in_english = shown(text, "/", heads=heads)
    assert shown(text, "/", heads=heads) == newest
    assert [links(html) for html in (newest, by_title)] == [
        ["?order=-year", "?order=title"],
        ["?order=year", "?order=-title"],
    ]
    assert "Sort by this column" in in_english


def test_list_links_shown_again_are_those_of_their_own_address():
    wide = "/?q=" + "a" * 300
    for address, values in (("/", {}), ("/?q=a", {}), ("/", {"per_page": 50}), (wide, {}), ("/", {})):
        html = shown("{% list_links %}", address, **values)
        asked = address.removeprefix("/").removeprefix("?")
        assert links(html)[-1] == f"?{asked}{'&' if asked else ''}per_page=50"
        assert html.index('aria-current="true"') > 0
        marked = re.findall(r'aria-current="true">([^<]*)<', html)
        assert marked[-1] == str(values.get("per_page", 25))
