"""Open data, read-only: published records and figures, without an account."""

from typing import Any

from django.urls import reverse
from ninja import NinjaAPI
from ninja.openapi.schema import OpenAPISchema

from mobilization.api import problems
from mobilization.api.endpoints import awards, dialogues, models, statistics, units
from mobilization.core.once import Once

_described: Once[OpenAPISchema] = Once(most=4)


class OpenData(NinjaAPI):
    """Ninja's own, inside the namespace of this app."""

    def get_openapi_schema(
        self, *, path_prefix: str | None = None, path_params: dict[str, Any] | None = None
    ) -> OpenAPISchema:
        """Return the description of everything, not to be changed: it is put together once for each place in the address."""
        root = self.get_root_path(path_params or {}) if path_prefix is None else path_prefix
        return _described.get(root, lambda: super(OpenData, self).get_openapi_schema(path_prefix=root))

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
