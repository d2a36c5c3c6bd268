"""The ways out of the portal. ``settings.MESSAGE_CHANNELS`` names them: code → dotted path of a class.

A channel has no state of its own and is made anew for each run. CONTRIBUTING.md shows how one is added.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.module_loading import import_string

if TYPE_CHECKING:
    from mobilization.accounts.models import User


@dataclass(frozen=True)
class Letter:
    """What is told, in the language of the recipient: a subject of one line, plain text, the address it leads to."""

    subject: str
    text: str
    url: str = ""
    reference: str = ""
    """The same for every attempt to send the same letter."""


class Channel(Protocol):
    """A way to reach somebody outside of the portal."""

    label: str
    carries_digest: bool
    """Whether the long daily text goes this way too."""

    def address(self, user: "User") -> str:
        """Return where ``user`` is reached this way; empty where he is not. Asks the database for nothing."""

    def send(self, letter: Letter, address: str) -> None:
        """Hand ``letter`` over. Any exception is a failure, kept with the delivery and tried again later."""


class EmailChannel:
    """By e-mail, through Django's mail settings; plain text."""

    label = "E-mail"
    carries_digest = True

    def address(self, user: "User") -> str:
        """Return the address by which the user signs in."""
        return user.email

    def send(self, letter: Letter, address: str) -> None:
        """Send one mail. The Message-ID is the letter's, so a mail server can tell a second copy."""
        domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip("> ") or "localhost"
        headers = {"Auto-Submitted": "auto-generated"}
        if letter.reference:
            headers["Message-ID"] = f"<{letter.reference}@{domain}>"
        EmailMessage(letter.subject, letter.text, to=[address], headers=headers).send()


def channel(code: str) -> Channel:
    """Return the channel; raises ``LookupError`` for one that the settings do not name (any more)."""
    try:
        return import_string(settings.MESSAGE_CHANNELS[code])()
    except KeyError:
        raise LookupError(f"No channel is called {code}") from None


def channels() -> dict[str, Channel]:
    """Return all channels by code."""
    return {code: channel(code) for code in settings.MESSAGE_CHANNELS}


def label_of(code: str) -> str:
    """Return the name of a channel for people; the code of one that is gone since."""
    return str(channel(code).label) if code in settings.MESSAGE_CHANNELS else code
