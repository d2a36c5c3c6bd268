import pytest
from django.core.cache import cache
from django.test import RequestFactory
from redis.exceptions import ConnectionError as CacheAway

from mobilization.core.throttling import Throttle, client_address

THREE = Throttle("test", limit=3, seconds=60)


@pytest.fixture(autouse=True)
def _forgotten():
    cache.clear()


def request(address="203.0.113.7", forwarded=""):
    headers = {"x-forwarded-for": forwarded} if forwarded else {}
    return RequestFactory().get("/", REMOTE_ADDR=address, headers=headers)


def test_throttle_counts_each_address_for_itself():
    for _time in range(3):
        assert not THREE.is_over(request())
        THREE.count(request())

    assert THREE.is_over(request())
    assert not THREE.is_over(request("203.0.113.8"))


def test_throttle_of_another_name_counts_apart():
    for _time in range(3):
        THREE.count(request())

    assert not Throttle("other", limit=3, seconds=60).is_over(request())


def test_throttle_without_the_cache_lets_everybody_in(monkeypatch):
    class Away:
        def get(self, *_args):
            raise CacheAway

        add = incr = get

    monkeypatch.setattr("mobilization.core.throttling.cache", Away())

    THREE.count(request())
    assert not THREE.is_over(request())


@pytest.mark.parametrize(
    ("proxies", "address", "forwarded", "found"),
    [
        (0, "203.0.113.7", "198.51.100.1", "203.0.113.7"),
        (1, "10.0.0.2", "198.51.100.1", "198.51.100.1"),
        (1, "10.0.0.2", "1.2.3.4, 198.51.100.1", "198.51.100.1"),
        (2, "10.0.0.2", "1.2.3.4, 198.51.100.1, 10.0.0.9", "198.51.100.1"),
        (1, "10.0.0.2", "", "10.0.0.2"),
        (1, "10.0.0.2", "rubbish", "unknown"),
        (0, "", "", "unknown"),
        (0, "2001:db8:1:2:3:4:5:6", "", "2001:db8:1:2::"),
        (0, "2001:db8:1:2:ffff::1", "", "2001:db8:1:2::"),
        (0, "::ffff:203.0.113.7", "", "203.0.113.7"),
        (0, "fe80::1%eth0", "", "fe80::"),
    ],
)
def test_client_address_believes_own_proxies_only(settings, proxies, address, forwarded, found):
    settings.TRUSTED_PROXIES = proxies

    assert client_address(request(address, forwarded)) == found
