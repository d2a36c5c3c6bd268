"""Pages asked for as a browser would, through all middleware, without the network."""

from collections.abc import Callable

from django.test import Client

OK = 200


def page(address: str, client: Client | None = None) -> Callable[[], bytes]:
    """Return a function that fetches ``address`` and stops the benchmark where the answer is not a page."""
    client = client or Client()

    def fetch() -> bytes:
        answer = client.get(address)
        if answer.status_code != OK:
            raise SystemExit(f"{address} answered {answer.status_code}")
        return b"".join(answer.streaming_content) if answer.streaming else answer.content

    return fetch
