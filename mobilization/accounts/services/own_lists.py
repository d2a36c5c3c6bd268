"""What a person keeps of the lists: filters under a name, the one a list begins with, columns."""

from collections.abc import Sequence

from django.db import IntegrityError, transaction
from django.db.models import QuerySet, Value
from django.utils.translation import gettext as _

from mobilization.accounts.models import ListColumns, SavedFilter, User
from mobilization.accounts.models.own_lists import LONGEST_QUERY
from mobilization.audit import log
from mobilization.core.errors import DomainError
from mobilization.core.lists import Kept
from mobilization.core.statements import Statement

MOST = 20
"""So many filters of one list."""


def kept(person: User, page: str, *, has_columns: bool) -> Kept:
    """Return what ``person`` keeps of the list ``page``; one statement."""
    rows = _KEPT.rows(person=person.pk, page=page)
    columns = next((row.columns for row in rows if row.columns), ()) if has_columns else ()
    return Kept([row for row in rows if not row.columns], tuple(columns))


def _kept(person: int, page: str) -> QuerySet:
    filters = SavedFilter.objects.filter(person=person, page=page).annotate(columns=Value([], _LIST))
    columns = ListColumns.objects.filter(person=person, page=page)
    none = {"name": Value(""), "query": Value(""), "is_start": Value(value=False), "position": Value(0)}
    names = ("name", "query", "is_start", "position", "id", "columns")
    columns = columns.annotate(**none).values_list(*names)
    return filters.values_list(*names).union(columns, all=True).order_by("position", "id")


_LIST = ListColumns._meta.get_field("columns")
_KEPT = Statement(_kept, person=int, page=str)


def save_filter(person: User, page: str, *, name: str, query: str) -> SavedFilter:
    """Keep ``query`` under ``name``; what that name meant before is replaced.

    ``query`` holds nothing but filters of the list. Raises ``DomainError`` for an empty or a too long one, and where
    ``MOST`` are kept already.
    """
    if not query:
        raise DomainError(_("No filter is set. Choose a filter first, then save it."), code="no_filter")
    if len(query) > LONGEST_QUERY:
        raise DomainError(_("This filter is too long to be kept."), code="too_long")
    with transaction.atomic():
        own = _locked(person, page)
        found = own.filter(name=name).first()
        if found is None and own.count() >= MOST:
            most = _("At most %(most)d filters of one list can be kept. Remove one first.") % {"most": MOST}
            raise DomainError(most, code="too_many")
        if found is None:
            last = own.order_by("-position").values_list("position", flat=True).first()
            found = SavedFilter(person=person, page=page, name=name, position=(last or 0) + 1)
        found.query = query
        found.save()
        _record("list.save_filter", person, page)
    return found


def rename_filter(saved: SavedFilter, name: str) -> None:
    """Call it ``name``. Raises ``DomainError`` where another filter of the list is called so."""
    saved.name = name
    try:
        with transaction.atomic():
            saved.save(update_fields=["name"])
            _record("list.rename_filter", saved.person, saved.page)
    except IntegrityError:
        taken = _("Another filter of this list has this name.")
        raise DomainError("", code="name_taken", fields={"name": [taken]}) from None


def remove_filter(saved: SavedFilter) -> None:
    """Forget it; the list itself stays as it is."""
    with transaction.atomic():
        saved.delete()
        _record("list.remove_filter", saved.person, saved.page)


def choose_start(saved: SavedFilter, *, is_start: bool) -> None:
    """Let its list begin with it, or no longer."""
    with transaction.atomic():
        own = _locked(saved.person, saved.page)
        own.filter(is_start=True).update(is_start=False)
        if is_start:
            own.filter(pk=saved.pk).update(is_start=True)
        _record("list.choose_start", saved.person, saved.page)


def choose_columns(person: User, page: str, columns: Sequence[str]) -> None:
    """Let the list show ``columns`` (known ones) from now on; its usual ones where none is left."""
    with transaction.atomic():
        if columns:
            ListColumns.objects.update_or_create(
                person=person, page=page, defaults={"columns": list(columns)}
            )
        else:
            ListColumns.objects.filter(person=person, page=page).delete()
        _record("list.choose_columns", person, page)


def _locked(person: User, page: str):
    # Of two clicks at once the second one waits, and counts what the first one left.
    User.objects.select_for_update(no_key=True).get(pk=person.pk)
    return SavedFilter.objects.filter(person=person, page=page)


def _record(act: str, person: User, page: str) -> None:
    log.record(act, actor=person, target=None, data={"list": page})
