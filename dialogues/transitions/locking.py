"""What every act begins and ends with."""

import datetime
from collections.abc import Mapping
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils import formats, timezone
from django.utils.translation import gettext as _

from mobilization.core.errors import Conflict, DomainError

Record = TypeVar("Record", bound=Model)


def lock(queryset: QuerySet[Record], seen: Record, seen_version: int | None) -> Record:
    """Return the row of ``seen``, locked until the transaction ends.

    Raises ``Conflict``, telling who did what, if it is no longer at ``seen_version`` (without one: at the version that
    ``seen`` was read at).
    """
    current = queryset.select_for_update(of=("self",)).get(pk=seen.pk)
    if current.version != (seen.version if seen_version is None else seen_version):
        raise conflict(current)
    return current


def conflict(current: Model) -> Conflict:
    """Return the refusal for whoever came second."""
    last = current.steps.select_related("actor").order_by("-version", "-id").first()
    if last is None:
        return Conflict(_("This was changed in the meantime. Please look at it again."), code="stale")
    return Conflict(
        _("%(actor)s was first: “%(act)s” on %(time)s. Please look at it again.")
        % {
            "actor": last.actor.full_name,
            "act": last.get_act_display(),
            "time": formats.date_format(timezone.localtime(last.at), "SHORT_DATETIME_FORMAT"),
        },
        code="stale",
    )


def apply(current: Model, facts: Mapping[str, Any]) -> list[str]:
    """Set ``facts`` on the row and return the names of those that differ from what it held."""
    changed = [name for name, value in facts.items() if getattr(current, name) != value]
    for name in changed:
        setattr(current, name, facts[name])
    return changed


def given(**facts: Any) -> dict[str, Any]:
    """Return those ``facts`` that were given: neither None nor empty."""
    return {name: value for name, value in facts.items() if value not in {None, ""}}


def refuse_invalid(error: ValidationError) -> DomainError:
    """Return the refusal that says, field by field, what is wrong."""
    return DomainError(
        "", code="invalid", fields={name: list(texts) for name, texts in error.message_dict.items()}
    )


def words_needed(words: str, field: str, sentence: str) -> str:
    """Return ``words`` without outer blanks; raises ``DomainError`` at ``field`` where nothing is left."""
    words = words.strip()
    if not words:
        raise DomainError("", code="words_needed", fields={field: [sentence]})
    return words


def past_day(value: datetime.date | None, default: datetime.date | None = None) -> datetime.date:
    """Return ``value``, else ``default``, else today."""
    return value or default or timezone.localdate()
