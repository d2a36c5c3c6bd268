"""Heads of tables that sort: a link that asks for the order, or for the other direction of it."""

from typing import Any

from django import template
from django.template.context import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

register = template.Library()

_ARROWS = {"ascending": "▲", "descending": "▼"}


@register.simple_tag(takes_context=True)
def column_head(context: Context, name: str, label: Any, css: str = "") -> SafeString:
    """Return the head ``<th>`` of a column: a link where the list offers the order ``name``, else the label alone.

    The address keeps the filter, and begins at the first page; ``aria-sort`` tells the order in force.
    """
    sorting, look = context.get("sorting"), format_html(' class="{}"', css) if css else ""
    if sorting is None or name not in sorting.orders:
        return format_html('<th scope="col"{}>{}</th>', look, label)
    direction, word = sorting.state_of(name)
    asked = context["request"].GET.copy()
    asked.pop("cursor", None)
    asked["order"] = word
    return format_html(
        '<th scope="col"{}{}><a class="sort" href="?{}" title="{}">{}{}</a></th>',
        look,
        format_html(' aria-sort="{}"', direction) if direction else "",
        asked.urlencode(),
        _("Sort by this column"),
        label,
        format_html(' <span aria-hidden="true">{}</span>', _ARROWS[direction]) if direction else "",
    )
