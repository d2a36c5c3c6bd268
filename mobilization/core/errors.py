"""What a rule of the domain says when it refuses.

Acts and services raise these; views, the API, commands and jobs turn them into words for people. Nothing between
the two catches them.
"""

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext_lazy as _

NOT_SEEN = _(
    "The page did not tell which version of the record you saw. Compare what you typed with the record as it is now, "
    "then save again."
)


class DomainError(Exception):
    """A rule was broken by what was asked.

    ``message`` is a whole, translated sentence for the person who asked; ``code`` is a short stable word for tests and
    the API; ``fields`` maps a form field to the sentences that belong to it.
    """

    def __init__(
        self,
        message: str = "",
        *,
        code: str = "refused",
        fields: Mapping[str, Sequence[str]] | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
        self.fields = {name: list(sentences) for name, sentences in (fields or {}).items()}

    def __str__(self) -> str:
        if self.message:
            return str(self.message)
        return " ".join(str(sentence) for sentences in self.fields.values() for sentence in sentences)


class Conflict(DomainError):
    """Somebody else acted first; the message says who did what, and when."""

    def __init__(self, message: str = "", *, code: str = "conflict", **rest: object) -> None:
        super().__init__(message, code=code, **rest)


class NotAllowed(DomainError):
    """The facts forbid this actor to do this, whatever the role (own work is never reviewed by oneself)."""

    def __init__(self, message: str = "", *, code: str = "not_allowed", **rest: object) -> None:
        super().__init__(message, code=code, **rest)


def version_seen(version: int | None) -> int:
    """Return the version that stood before the eyes of whoever changes a record.

    Raises ``Conflict`` where none is told: what was typed over an unknown version may undo what others wrote.
    """
    if version is None:
        raise Conflict(str(NOT_SEEN), code="stale")
    return version
