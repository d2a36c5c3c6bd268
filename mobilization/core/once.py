"""What is made once for each of few cases, and kept in the process."""

from collections.abc import Callable, Hashable
from typing import Generic, TypeVar

Made = TypeVar("Made")


class Once(Generic[Made]):
    """Keeps what was made for each key, at most ``most`` of them; then it begins anew.

    The key names all that the result depends on. What changes while the process runs is part of the key, or does not
    belong here.
    """

    def __init__(self, most: int) -> None:
        self.most = most
        self.kept: dict[Hashable, Made] = {}

    def get(self, key: Hashable, make: Callable[[], Made]) -> Made:
        """Return what is kept for ``key``, or what ``make`` makes of it now."""
        found = self.kept.get(key)
        if found is None:
            found = make()
            if len(self.kept) >= self.most:
                self.kept.clear()
            self.kept[key] = found
        return found
