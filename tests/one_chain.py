"""All browsers of the tests ask one chain of middlewares, as all visitors of one process of the portal do.

Django's test client builds the chain anew for each browser, which takes as long as many a page that it then asks for.
"""

from django.core.signals import setting_changed
from django.test.client import ClientHandler

#: What every test has of its own; no middleware reads it when it is made.
EACH_TESTS_OWN = frozenset({"MEDIA_ROOT", "EMAIL_BACKEND"})

_build = ClientHandler.load_middleware
_built: dict[str, object] = {}


def share() -> None:
    """Let every browser made from now on ask the chain that the first one built, until a setting changes."""
    ClientHandler.load_middleware = _take_over
    setting_changed.connect(_forget)


def _take_over(handler: ClientHandler, is_async: bool = False) -> None:
    if not _built:
        before = set(vars(handler))
        _build(handler, is_async)
        _built.update({name: part for name, part in vars(handler).items() if name not in before})
    vars(handler).update(_built)


def _forget(*, setting: str, **_kwargs: object) -> None:
    if setting not in EACH_TESTS_OWN:
        _built.clear()
