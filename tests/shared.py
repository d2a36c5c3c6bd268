"""What a whole file of tests shares: made once, each test's own changes taken back after it, all of it at the end."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction


@contextmanager
def for_a_whole_file(blocker) -> Iterator[None]:
    """Keep what a module's fixture writes until its end; ``blocker`` is pytest-django's. Not for real transactions."""
    with blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)
