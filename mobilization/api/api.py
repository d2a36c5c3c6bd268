"""Open data, read-only: published records and figures, without an account."""

from typing import Any

from django.urls import reverse
from ninja import NinjaAPI

from mobilization.api import problems
from mobilization.api.endpoints import awards, dialogues, models, statistics, units


class OpenData(NinjaAPI):
    """Ninja's own, inside the namespace of this app."""

    def get_root_path(self, path_params: dict[str, Any]) -> str:
        """Return the address under which everything stands."""
        return reverse(f"api:{self.urls_namespace}:api-root", kwargs=path_params)


api = OpenData(
    title="Dân vận khéo: open data",
    version="1",
    description="Published data of the emulation movement, read-only. Lists answer `items` and `next`.",
    urls_namespace="v1",
    # Our own page shows the description: ninja's loads its program from elsewhere.
    docs_url=None,
)
problems.install(api)
for room in (units, models, dialogues, awards, statistics):
    api.add_router("", room.router)
