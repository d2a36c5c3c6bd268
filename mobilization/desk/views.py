"""The staff home."""

from typing import Any

from django.utils import timezone
from django.views.generic import TemplateView

from mobilization.desk.waiting import dates_ahead, sent_by, waiting_for


class HomeView(TemplateView):
    """What waits for me, what I sent and where it stands, dates ahead. The gate has let the user in already."""

    template_name = "desk/home.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Gather the three."""
        user, today = self.request.user, timezone.localdate()
        return super().get_context_data(
            waiting=waiting_for(user),
            sent=sent_by(user),
            dates=dates_ahead(user, today),
            today=today,
            **kwargs,
        )
