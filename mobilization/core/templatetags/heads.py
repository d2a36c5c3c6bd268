"""What stands above the rows of a list: heads that sort, and links to orders, numbers of rows and files.

Each link keeps the filter and begins at the first page. They are written here and not by a template, which would copy
the address once for each; and for the same list and the same address they are written once.
"""

from collections.abc import Callable, Hashable, Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from mobilization.core.once import Once

register = template.Library()

OF_ONE_PAGE = ("cursor", "counts")
"""Parameters of an address that say nothing of the list as a whole."""
LONGEST_KEPT = 200
"""Longer addresses are rarely asked for twice."""
_heads: Once[SafeString] = Once(512)
_links: Once[SafeString] = Once(512)
_ARROWS = {"ascending": "▲", "descending": "▼"}
_GROUP = '<p class="mb-0">{} {}</p>'
_LINK = '<a class="me-2" href="{}"{}>{}{}</a> '


@register.simple_tag(takes_context=True)
def column_head(context: Context, name: str, label: Any, css: str = "") -> SafeString:
    """Return the head ``<th>`` of a column: a link where the list offers the order ``name``, else the label alone.

    ``aria-sort`` tells the order in force.
    """
    sorting, look = context.get("sorting"), format_html(' class="{}"', css) if css else ""
    if sorting is None or name not in sorting.orders:
        return format_html('<th scope="col"{}>{}</th>', look, label)
    direction, word = sorting.state_of(name)
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="{}" title="{}">{}{}</a></th>',
        look,
        format_html(' aria-sort="{}"', direction) if direction else "",
        _address(_asked(context["request"]), order=word),
        _("Sort by this column"),
        label,
        _arrow(direction),
    )


@register.simple_tag(takes_context=True)
def row_of_heads(context: Context, heads: Iterable[tuple[str, Any, str]]) -> SafeString:
    """Return the heads of the columns ``heads``, each as ``column_head`` takes it: order, label, look."""
    heads = tuple((name, str(label), css) for name, label, css in heads)

    def written() -> SafeString:
        return format_html_join("", "{}", ((column_head(context, *head),) for head in heads))

    return _once(_heads, context, heads, written)


@register.simple_tag(takes_context=True)
def column_heads(context: Context, num: str = "") -> SafeString:
    """Return the heads of the columns that are shown, of a ``StaffListMixin``'s context; those named in ``num`` hold numbers."""
    numeric, columns = num.split(), context["columns"]
    shown = (name for name in columns if name in context["shown"])
    return row_of_heads(context, [(name, columns[name], "num" if name in numeric else "") for name in shown])


@register.simple_block_tag(takes_context=True)
def cell(context: Context, content: str, name: str, css: str = "") -> SafeString | str:
    """Return the cell of the column ``name`` around ``content``; nothing where the column is not shown."""
    if name not in context["shown"]:
        return ""
    look = format_html(' class="{}"', css) if css else ""
    return format_html('<td{} data-label="{}">{}</td>', look, context["columns"][name], content)


@register.simple_tag(takes_context=True)
def list_links(context: Context) -> SafeString:
    """Return the orders that a list offers, the numbers of rows of a page, and the files of all its rows.

    Of a ``StaffListMixin``'s context: ``sorting``, ``page_sizes``, ``per_page``; ``export_formats`` where there are.
    """
    shown = (tuple(context["page_sizes"]), context["per_page"], tuple(context.get("export_formats") or ()))
    return _once(_links, context, shown, lambda: _written_links(context))


def _written_links(context: Context) -> SafeString:
    asked, groups = _asked(context["request"]), []
    if context["sorting"].orders:
        orders = (
            (_address(asked, order=word), _current(direction), label, _arrow(direction))
            for word, label, direction in context["sorting"].choices()
        )
        groups.append((_("Order:"), format_html_join("", _LINK, orders)))
    sizes = (
        (_address(asked, per_page=size), _current(size == context["per_page"]), size, "")
        for size in context["page_sizes"]
    )
    groups.append((_("Rows:"), format_html_join("", _LINK, sizes)))
    if context.get("export_formats"):
        whole, words = {name: asked[name] for name in asked if name != "per_page"}, _("Download %(format)s")
        files = (
            (_address(whole, export=kind), "", words % {"format": kind.upper()}, "")
            for kind in context["export_formats"]
        )
        groups.append((_("All rows:"), format_html_join("", _LINK, files)))
    return format_html_join("", _GROUP, groups)


def _once(
    kept: Once[SafeString], context: Context, shown: Hashable, write: Callable[[], SafeString]
) -> SafeString:
    """Return what ``write`` writes of ``shown``: as it is kept, for the same language, orders and short address."""
    request, sorting = context["request"], context.get("sorting")
    if len(request.META.get("QUERY_STRING", "")) > LONGEST_KEPT:
        return write()
    orders = (
        tuple((name, str(order.label), order.fields) for name, order in sorting.orders.items())
        if sorting
        else ()
    )
    asked = tuple((name, tuple(values)) for name, values in _asked(request).items())
    return kept.get((get_language(), shown, orders, sorting and sorting.current, asked), write)


def _asked(request: HttpRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.GET.lists() if name not in OF_ONE_PAGE}


def _address(asked: dict[str, list[str]], **changed: Any) -> str:
    return f"?{urlencode(asked | changed, doseq=True)}"


def _current(is_it: Any) -> SafeString | str:
    return format_html(' aria-current="{}"', "true") if is_it else ""


def _arrow(direction: str) -> SafeString | str:
    return format_html(' <span aria-hidden="true">{}</span>', _ARROWS[direction]) if direction else ""
