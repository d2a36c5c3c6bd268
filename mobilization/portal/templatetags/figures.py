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
    return format_html(
        '<span class="adjusted" title="{}"><span aria-hidden="true">→ {}</span>'
        '<span class="visually-hidden">, {}</span></span>',
        _told(value),
        number(value.today),
        _told(value),
    )


@register.filter
def adjusted_words(value: Number) -> str:
    """Return the same in words only, for what is read out or shown on pointing."""
    return f", {_told(value)}" if value.difference else ""


def _told(value: Number) -> str:
    return _("adjusted after closing: %(number)s") % {"number": number(value.today)}
