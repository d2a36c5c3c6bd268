"""Pages whose form makes a record: a double click makes one, too."""

import uuid
from collections.abc import Callable
from typing import Any

from mobilization.accounts.services.sending import send_once


class SentOnceMixin:
    """A page with a form that makes a record. The template sends ``sending`` along (``components/sending.html``)."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the token of this page; a form that is shown again keeps its own."""
        return super().get_context_data(sending=self._token() or uuid.uuid4(), **kwargs)

    def write_once(self, write: Callable[[], str]) -> tuple[str, bool]:
        """Call ``write``, which returns where to go on, unless this page was sent before; return that and whether now."""
        token = self._token()
        return (write(), True) if token is None else send_once(self.request.user, token, write)

    def _token(self) -> uuid.UUID | None:
        try:
            return uuid.UUID(self.request.POST.get("sending", ""))
        except ValueError:
            return None
