"""What stands above the rows of a list: heads that sort, and links to orders, numbers of rows and files.

Each link keeps the filter and begins at the first page. They are written here and not by a template, which would copy
the address once for each.
"""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import Context
from django.utils.html import format_html, format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

OF_ONE_PAGE = ("cursor", "counts")
"""Parameters of an address that say nothing of the list as a whole."""
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
def column_heads(context: Context, num: str = "") -> SafeString:
    """Return the heads of the columns that are shown, of a ``StaffListMixin``'s context; those named in ``num`` hold numbers."""
    numeric = num.split()
    heads = (
        column_head(context, name, label, "num" if name in numeric else "")
        for name, label in context["columns"].items()
        if name in context["shown"]
    )
    return format_html_join("", "{}", ((head,) for head in heads))


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


def _asked(request: HttpRequest) -> dict[str, list[str]]:
    return {name: values for name, values in request.GET.lists() if name not in OF_ONE_PAGE}


def _address(asked: dict[str, list[str]], **changed: Any) -> str:
    return f"?{urlencode(asked | changed, doseq=True)}"


def _current(is_it: Any) -> SafeString | str:
    return format_html(' aria-current="{}"', "true") if is_it else ""


def _arrow(direction: str) -> SafeString | str:
    return format_html(' <span aria-hidden="true">{}</span>', _ARROWS[direction]) if direction else ""
