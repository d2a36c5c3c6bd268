"""The cache in Redis, asked by one client instead of a new one for each key."""

from typing import Any

from django.core.cache.backends import redis


class _KeptClients(redis.RedisCacheClient):
    """Django makes a client for every key that is asked for, which takes longer than the answer; clients are shared."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._clients: dict[Any, Any] = {}

    def get_client(self, key: str | None = None, *, write: bool = False) -> Any:
        """Return the client of the server that is to be asked; for each command it takes a connection out of its pool."""
        pool = self._get_connection_pool(write)
        client = self._clients.get(pool)
        if client is None:
            client = self._clients.setdefault(pool, self._client(connection_pool=pool))
        return client


class RedisCache(redis.RedisCache):
    """Django's cache in Redis; ``LOCATION`` and ``OPTIONS`` are its own."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params)
        self._class = _KeptClients
