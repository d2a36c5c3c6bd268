"""The staff home."""

from typing import Any

from django.views.generic import TemplateView

from mobilization.desk.work import dates_ahead, sent_by
from mobilization.messaging.todos import waiting_for


class HomeView(TemplateView):
    """What waits for me, what I sent, which dates are ahead. The gate has asked for a position."""

    template_name = "desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Add the three parts."""
        user = self.request.user
        return super().get_context_data(
            groups=waiting_for(user), sent=sent_by(user), dates=dates_ahead(user), **kwargs
        )
