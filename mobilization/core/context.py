"""What one request (or one job) carries along without being handed from call to call: its id.

The id joins the lines of the log, the audit entries of one click and the answer's header.
"""

from contextlib import contextmanager
from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """Return the id of the request or job that runs now, or an empty text outside of both."""
    return _request_id.get()


@contextmanager
def request_context(identifier: str):
    """Run the block under ``identifier``."""
    token = _request_id.set(identifier)
    try:
        yield
    finally:
        _request_id.reset(token)
