"""The portal with the other sides beside it, as granian serves it to the benchmark."""

from tests.bench.__main__ import lay_out

lay_out()

from django.core.wsgi import get_wsgi_application  # noqa: E402 -- only once the settings are laid out

application = get_wsgi_application()
