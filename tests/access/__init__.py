"""Who may open what: the words in which the table of ``test_access.py`` is written; its rows lie beside, by app."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from mobilization.accounts.models import User
from mobilization.accounts.states import Role
from mobilization.units.models import Unit
from tests.accounts.factories import UserFactory, user_with
from tests.units.factories import UnitFactory, city

# "official" and "reviewer" work at the commune whose records the table asks for, "neighbour" is an official of
# another one. The roles of the city are held at the city.
VISITORS = ("anonymous", "no_position", "official", "neighbour", "reviewer", *sorted(Role.CITY), "auditor")
WITH_POSITION = frozenset(VISITORS) - {"anonymous", "no_position"}
GATE = {"anonymous": "login", "no_position": "no position"}


class World:
    """The commune, its neighbour, and one user for each visitor, signed in; the rows make the records they need."""

    @cached_property
    def commune(self) -> Unit:
        return UnitFactory()

    @cached_property
    def users(self) -> dict[str, User | None]:
        at = dict.fromkeys(Role.LOCAL, self.commune) | dict.fromkeys({*Role.CITY, "auditor"}, city())
        users = {role: user_with(role, unit) for role, unit in at.items()}
        return users | {
            "anonymous": None,
            "no_position": UserFactory(),
            "neighbour": user_with(Role.OFFICIAL, UnitFactory()),
        }

    @cached_property
    def cookies(self) -> dict[str, dict]:
        """Each visitor's cookies: to sign in takes as long as to open a page."""
        return {visitor: dict(_signed_in(user).cookies) for visitor, user in self.users.items()}


@dataclass(frozen=True)
class Row:
    """One address and what each visitor gets there: "200", "404", "405", "login", "no position", "redirect"."""

    name: str
    answers: dict[str, str]
    kwargs: Callable[[World], dict] = field(default=lambda _world: {})
    query: str = ""

    def __str__(self) -> str:
        return self.name


def public(name: str, kwargs: Callable | None = None, answer: str = "200") -> Row:
    """Return the row of a page for everybody."""
    return _row(name, dict.fromkeys(VISITORS, answer), kwargs)


def staff(
    name: str, who: str, kwargs: Callable | None = None, *, answer: str = "200", query: str = ""
) -> Row:
    """Return the row of a staff page that the visitors in ``who`` may open; for the others it does not exist."""
    may = set(who.split()) if who != "all" else WITH_POSITION
    assert may <= WITH_POSITION, may - WITH_POSITION
    return _row(name, GATE | {v: answer if v in may else "404" for v in WITH_POSITION}, kwargs, query)


def signed_in(name: str, kwargs: Callable | None = None, answer: str = "200") -> Row:
    """Return the row of a page for everybody with an account, also without a position."""
    return _row(name, dict.fromkeys(VISITORS, answer) | {"anonymous": "login"}, kwargs)


def post_only(name: str, kwargs: Callable) -> Row:
    """Return the row of an act, which nobody carries out by opening its address."""
    return _row(name, GATE | dict.fromkeys(WITH_POSITION, "405"), kwargs)


def _row(name: str, answers: dict[str, str], kwargs: Callable | None, query: str = "") -> Row:
    return Row(name, answers, kwargs or (lambda _world: {}), query)


def answers(row: Row, world: World) -> dict[str, str]:
    """Open the address as each visitor and return what each gets."""
    address = reverse(row.name, kwargs=row.kwargs(world)) + row.query
    return {visitor: _answer(address, world.cookies[visitor]) for visitor in VISITORS}


def _signed_in(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


def _answer(address: str, cookies: dict) -> str:
    client = Client()
    client.cookies.update(cookies)
    response = client.get(address)
    if response.status_code != 302:
        return str(response.status_code)
    if response["Location"].startswith(reverse("account_login")):
        return "login"
    return "no position" if response["Location"] == reverse("accounts:no_position") else "redirect"


def all_names(resolver: URLResolver | None = None, namespace: str = "") -> set[str]:
    """Return the names of all addresses of the portal; one without a name by its pattern."""
    names: set[str] = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if isinstance(entry, URLPattern):
            names.add(f"{namespace}{entry.name or entry.pattern}")
        else:
            names |= all_names(entry, f"{namespace}{entry.namespace}:" if entry.namespace else namespace)
    return names
