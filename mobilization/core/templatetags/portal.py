"""What templates say in the language of the page: numbers, money, dates, icons, found words."""

import datetime
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache
from typing import Any

from django import template
from django.templatetags.static import static
from django.utils import timezone
from django.utils.formats import get_format
from django.utils.html import conditional_escape, format_html, format_html_join
from django.utils.numberformat import format as format_number
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from mobilization.core.text import fold, nfc

register = template.Library()

_THOUSANDS = 3
_MONTHS_WITH_ZERO = 2
_DASH = "–"


@register.filter
def number(value: float | Decimal | None, places: int | None = None) -> str:
    """Return 1.234.567,8 (or 1,234,567.8 in English); a dash for no value, the value itself if it is no number."""
    if value is None or value == "":
        return _DASH
    if isinstance(value, bool) or not isinstance(value, int | float | Decimal):
        return str(value)
    return format_number(
        value,
        get_format("DECIMAL_SEPARATOR"),
        places,
        grouping=_THOUSANDS,
        thousand_sep=get_format("THOUSAND_SEPARATOR"),
        force_grouping=True,
    )


@register.filter
def money(value: int | None) -> str:
    """Return an amount of money as "2.340.000 đồng"; a dash for none."""
    if value is None or value == "":
        return _DASH
    return _("%(amount)s VND") % {"amount": number(value)}


@register.filter
def share(value: float | None, places: int = 1) -> str:
    """Return a share of 1 as "12,5 %"."""
    return _DASH if value is None else f"{number(round(value * 100, places), places)}\u00a0%"


@register.filter
def date_vi(value: datetime.date | None) -> str | SafeString:
    """Return a date as a ``<time>`` element that reads 22/11/2026, in every language."""
    if not value:
        return _DASH
    day = _local(value)
    return format_html('<time datetime="{}">{}</time>', f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}")


@register.filter
def last_day(valid_to: datetime.date | None) -> datetime.date | None:
    """Return the last day of a life whose end is the first day after it."""
    return valid_to and valid_to - datetime.timedelta(days=1)


@register.filter
def datetime_vi(value: datetime.datetime | None) -> str | SafeString:
    """Return a moment as a ``<time>`` element that reads 22/11/2026 14:05, in the portal's time zone."""
    if not value:
        return _DASH
    moment = _local(value)
    machine = moment.isoformat(timespec="minutes")
    return format_html('<time datetime="{}">{}</time>', machine, f"{moment:%d/%m/%Y %H:%M}")


@register.filter
def date_long(value: datetime.date | None) -> str:
    """Return "ngày 05 tháng 02 năm 2026": zero before days under 10 and before months 1 and 2 (Decree 30/2020)."""
    if not value:
        return _DASH
    day = _local(value)
    month = f"{day.month:02d}" if day.month <= _MONTHS_WITH_ZERO else str(day.month)
    words = {"day": f"{day.day:02d}", "month": month, "year": day.year}
    return _("day %(day)s month %(month)s year %(year)s") % words


@register.filter
def highlight(text: str, words: str) -> str | SafeString:
    """Mark in ``text`` each of the searched ``words``, found as the search finds them: without case and accents."""
    text = nfc(str(text or ""))
    if not words:
        return text
    wanted = [folded for word in fold(str(words or "")).split() if (folded := word.strip("\"'.,;:!?()"))]
    plain = "".join(_one_letter(letter) for letter in text)
    hits = [False] * len(text)
    for word in wanted:
        start = plain.find(word)
        while start != -1:
            if start == 0 or not plain[start - 1].isalnum():
                hits[start : start + len(word)] = [True] * len(word)
            start = plain.find(word, start + 1)
    if not any(hits):
        return text
    return mark_safe("".join(_runs(text, hits)))  # noqa: S308 -- every run is escaped


@register.simple_tag
@lru_cache(maxsize=256)
def icon(name: str) -> SafeString:
    """Return the icon ``name`` of ``static/img/icons.svg``; it decorates and is not read aloud."""
    source = static("img/icons.svg")
    return format_html(
        '<svg class="icon" aria-hidden="true" focusable="false"><use href="{}#{}"/></svg>', source, name
    )


@register.simple_tag
def options(choices: Iterable[tuple[Any, Any]], chosen: Any = "") -> SafeString:
    """Return the ``<option>`` elements of ``choices``; hundreds of them cost what a template takes for ten."""
    pairs = tuple((str(value), str(label)) for value, label in choices)
    return _options(pairs, str(chosen if chosen is not None else ""))


@lru_cache(maxsize=256)
def _options(pairs: tuple[tuple[str, str], ...], chosen: str) -> SafeString:
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        ((value, mark_safe(" selected") if value == chosen else "", label) for value, label in pairs),
    )


@register.filter
def get(mapping: dict[Any, Any], key: Any) -> Any:
    """Return ``mapping[key]``, or None."""
    return mapping.get(key)


def _local(value: datetime.date) -> datetime.date:
    """Return ``value`` in the portal's time zone when it is a moment that knows its own."""
    if isinstance(value, datetime.datetime) and timezone.is_aware(value):
        return timezone.localtime(value)
    return value


@lru_cache(maxsize=4096)
def _one_letter(letter: str) -> str:
    """Return the folded letter, kept at length one so that positions stay those of the text."""
    folded = fold(letter)
    return folded if len(folded) == 1 else letter


def _runs(text: str, hits: list[bool]) -> list[str]:
    runs, start = [], 0
    for position in range(1, len(text) + 1):
        if position == len(text) or hits[position] != hits[start]:
            run = conditional_escape(text[start:position])
            runs.append(f"<mark>{run}</mark>" if hits[start] else str(run))
            start = position
    return runs
