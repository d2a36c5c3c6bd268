"""What stands beside a figure on public pages."""

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from mobilization.core.templatetags.portal import number
from mobilization.statistics.readers import Number

register = template.Library()


@register.filter
def adjusted(value: Number) -> str | SafeString:
    """Return what stands beside a sealed number that became another one after the closing; nothing beside others."""
    if not value.difference:
        return ""
    told = _("adjusted after closing: %(number)s") % {"number": number(value.today)}
    return format_html(
        '<span class="adjusted" title="{}"><span aria-hidden="true">→ {}</span>'
        '<span class="visually-hidden">, {}</span></span>',
        told,
        number(value.today),
        told,
    )
