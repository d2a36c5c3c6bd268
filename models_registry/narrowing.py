"""What the staff lists can be narrowed to beside search, year and state: place, marks, whose work, files."""

import datetime
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.forms import Form
from django.http import HttpRequest
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from mobilization.accounts.models import User
from mobilization.accounts.scopes import scope_units
from mobilization.core.once import Once
from mobilization.core.templatetags.filtering import arranged, field_parts, filter_field
from mobilization.units.filters import UnitChoiceFilter
from mobilization.units.forms import unit_label
from mobilization.units.models import Unit
from models_registry.models import Attachment
from models_registry.querysets import READERS
from models_registry.states import Novelty, Outcome, Subject


class Blank(NamedTuple):
    """The fields of a filter that is not in use: each of them, and all as the list shows them."""

    parts: dict[str, SafeString]
    whole: SafeString

    @classmethod
    def of(cls, form: Form) -> "Blank":
        """Write the fields of ``form``."""
        parts = field_parts(form)
        return cls(parts, arranged(parts, form.more_names, is_open=False))


class Asked(NamedTuple):
    """The fields of a filter with what is asked, and whether that makes sense."""

    is_valid: bool
    fields: SafeString


_blank: Once[Blank] = Once(256)
_asked: Once[Asked] = Once(512)

ALL = _("All")
NONE_YET = "none"


def _with_files(found: QuerySet) -> QuerySet:
    return found.filter(Exists(Attachment.objects.filter(registration=OuterRef("pk"))))


def _without_files(found: QuerySet) -> QuerySet:
    return found.filter(~Exists(Attachment.objects.filter(registration=OuterRef("pk"))))


_MARKS: dict[str, Callable[[QuerySet], QuerySet]] = {
    "late": lambda found: found.late(),
    "in_time": lambda found: found.filter(late=False, report_late=False),
    "recognised": lambda found: found.recognised(),
    "exemplary": lambda found: found.exemplary(),
    "with": _with_files,
    "without": _without_files,
}


def _reached(request: Any) -> QuerySet[Unit]:
    """Return the units that the reader may narrow a list to: those in force that he reads."""
    return scope_units(request.user, *READERS).in_force()


class NarrowingFilterSet(django_filters.FilterSet):
    """Filters that stand folded below the usual ones (``more``); each works on rows that are scoped already."""

    more = ("under", "novelty", "subject", "timing", "distinction", "outcome", "files", "mine")
    plain = frozenset({"novelty", "subject", "timing", "distinction", "outcome", "files", "mine"})
    """Filters that ask the same all day: their conditions hold nothing but the reader, the day and the choice."""

    under = UnitChoiceFilter(label=_("Unit and all below it"), queryset=_reached, method="by_place")
    novelty = django_filters.ChoiceFilter(
        label=_("New or maintained"), choices=Novelty.choices, empty_label=ALL
    )
    subject = django_filters.ChoiceFilter(label=_("Subject"), choices=Subject.choices, empty_label=ALL)
    timing = django_filters.ChoiceFilter(
        label=_("In time"),
        choices=[("late", _("Submitted or reported late")), ("in_time", _("In time"))],
        empty_label=ALL,
        method="by_mark",
    )
    distinction = django_filters.ChoiceFilter(
        label=_("Recognition"),
        choices=[("recognised", _("Recognised")), ("exemplary", _("Exemplary"))],
        empty_label=ALL,
        method="by_mark",
    )
    outcome = django_filters.ChoiceFilter(
        label=_("Outcome of the year"),
        choices=[(NONE_YET, _("None yet")), *Outcome.choices],
        empty_label=ALL,
        method="by_outcome",
    )
    files = django_filters.ChoiceFilter(
        label=_("Evidence files"),
        choices=[("with", _("With files")), ("without", _("Without files"))],
        empty_label=ALL,
        method="by_mark",
    )
    mine = django_filters.ChoiceFilter(
        label=_("Whose work"),
        choices=[("typed", _("Typed or submitted by me")), ("assigned", _("Assigned to me"))],
        empty_label=ALL,
        method="by_hands",
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        offered = suggestions(self.request.user)
        if len(offered) > 1:
            self.form.fields["under"].widget.choices = offered
        else:
            del self.form.fields["under"]
        self.form.more_names = [name for name in self.more if name in self.form.fields]
        self.form.more_in_use = any(self.data.get(name) for name in self.form.more_names)

    @classmethod
    def blank(cls, request: HttpRequest) -> "Blank":
        """Return the fields as they stand while nothing is asked: the same for all who read the same units today."""
        return _blank.get(cls._key(request), lambda: Blank.of(cls({}, request=request).form))

    @classmethod
    def asked(cls, request: HttpRequest, narrowed: tuple[tuple[str, str], ...]) -> Asked:
        """Return the fields as they stand while ``request`` asks for ``narrowed``, ``plain`` filters, and nothing else."""

        def make() -> Asked:
            one = cls(request.GET, request=request)
            return Asked(one.is_valid(), one.fields())

        return _asked.get((*cls._key(request), narrowed), make)

    @classmethod
    def _key(cls, request: HttpRequest) -> tuple:
        return cls, get_language(), _held(request.user), timezone.localdate()

    def fields(self) -> SafeString:
        """Return the fields with what is asked: those in use are written, the others kept as they are."""
        form, blank = self.form, self.blank(self.request)
        in_use = {name: filter_field(form[name]) for name in form.fields if self.data.get(name)}
        return arranged(blank.parts | in_use, form.more_names, is_open=form.more_in_use)

    def by_place(self, queryset: QuerySet, name: str, value: Unit) -> QuerySet:
        """Narrow to what was filed under the unit, below it, or under units that went into one of them."""
        return queryset.filter(unit__in=Unit.objects.meant_by(value))

    def by_mark(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to what bears the mark."""
        return _MARKS[value](queryset)

    def by_outcome(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to one outcome of the year, or to what lacks one."""
        return queryset.without_outcome() if value == NONE_YET else queryset.filter(outcome=value)

    def by_hands(self, queryset: QuerySet, name: str, value: str) -> QuerySet:
        """Narrow to the reader's own typing, or to what was put into his hands to review."""
        user = self.request.user
        return queryset.typed_by(user) if value == "typed" else queryset.assigned_to(user)


def suggestions(user: User) -> Sequence[tuple[int, str]]:
    """Return the units in force that ``user`` reads, as they are written in a choice.

    Kept for the day: a list is opened all day long, and its units would weigh more than its rows.
    """
    held = _held(user)
    return _suggestions(held, timezone.localdate()) if held else ()


def _held(user: User) -> tuple[int, ...]:
    return tuple(sorted(unit.pk for unit in user.units_of(*READERS)))


@lru_cache(maxsize=256)
def _suggestions(held: tuple[int, ...], _day: datetime.date) -> tuple[tuple[int, str], ...]:
    units = (
        Unit.objects.answered_for_by(*Unit.objects.filter(pk__in=held)).in_force().order_by("sort_key", "pk")
    )
    return tuple((unit.pk, unit_label(unit)) for unit in units)
