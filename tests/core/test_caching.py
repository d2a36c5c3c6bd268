from django.core.cache import cache
from django.core.cache.backends.redis import RedisCacheClient

from mobilization.core.caching import RedisCache


def test_cache_answers_what_was_kept_and_nothing_else():
    cache.set("tests:kept", {"a": ["ơ", 1]}, 60)
    assert cache.get("tests:kept") == {"a": ["ơ", 1]}
    cache.delete("tests:kept")
    assert cache.get("tests:kept", "nothing") == "nothing"


def test_get_client_for_many_keys_is_made_once(settings):
    store = RedisCache(settings.REDIS_URL, {})._cache
    assert isinstance(store, RedisCacheClient)
    clients = {id(store.get_client(f"key {number}", write=number % 2 == 0)) for number in range(9)}
    assert len(clients) == 1


def test_get_client_of_several_servers_writes_to_the_first_and_reads_from_the_others():
    store = RedisCache("redis://first:1;redis://second:1;redis://third:1", {})._cache

    def server(client):
        return client.connection_pool.connection_kwargs["host"]

    assert server(store.get_client("key", write=True)) == "first"
    assert {server(store.get_client("key")) for _attempt in range(99)} == {"second", "third"}
