"""Filters of a list's address that take what people type as the forms take it."""

import django_filters as filters

from mobilization.core.forms import TextField, VietnameseDateField


class WordsFilter(filters.CharFilter):
    """Typed words."""

    field_class = TextField


class DateFilter(filters.DateFilter):
    """A date as people write it."""

    field_class = VietnameseDateField
