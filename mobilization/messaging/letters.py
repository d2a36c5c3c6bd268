"""The words in which a message, or a day's work, leaves the portal; in the language in force."""

from collections.abc import Iterable, Sequence
from urllib.parse import urljoin

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation
from django.utils.translation import ngettext

from mobilization.messaging.channels import Letter
from mobilization.messaging.models import Delivery, Message
from mobilization.messaging.todos import Todo

MOST_LISTED = 20


def letter_of(delivery: Delivery) -> Letter:
    """Return what ``delivery`` carries, in its recipient's language."""
    with translation.override(delivery.recipient.language):
        if delivery.digest_id:
            digest = delivery.digest
            return Letter(digest.subject, digest.body, absolute(reverse("desk:home")), _reference(delivery))
        message = delivery.message
        url = absolute(message.url) if message.url else ""
        text = render_to_string("messaging/mail/message.txt", {"message": message, "url": url, **_ways()})
        return Letter(message.subject, _tidy(text), url, _reference(delivery))


def digest_subject(number: int) -> str:
    """Return the subject of a daily e-mail about ``number`` things."""
    return ngettext(
        "%(number)d thing waits in the Skilled Mass Mobilization portal",
        "%(number)d things wait in the Skilled Mass Mobilization portal",
        number,
    ) % {"number": number}


def digest_body(user, waiting: Sequence[tuple[Todo, int]], messages: Sequence[Message]) -> str:
    """Return the text of a daily e-mail: what waits, grouped by act, then the messages, grouped by heading."""
    context = {
        "user": user,
        "todos": [
            {"label": todo.label, "count": count, "url": absolute(todo.address)} for todo, count in waiting
        ],
        "groups": list(_by_heading(messages)),
        "all_url": absolute(reverse("messaging:list")),
        **_ways(),
    }
    return _tidy(render_to_string("messaging/mail/digest.txt", context))


def absolute(path: str) -> str:
    """Return the whole address of a path of this portal."""
    return urljoin(settings.SITE_URL, path)


def _by_heading(messages: Sequence[Message]) -> Iterable[dict]:
    headings: dict[str, list[Message]] = {}
    for message in messages:
        headings.setdefault(message.group_label, []).append(message)
    for heading, under in headings.items():
        lines = [{"subject": one.subject, "url": absolute(one.url) if one.url else ""} for one in under]
        yield {"label": heading, "lines": lines[:MOST_LISTED], "more": max(0, len(lines) - MOST_LISTED)}


def _ways() -> dict[str, str]:
    return {"choices_url": absolute(reverse("messaging:choices"))}


def _reference(delivery: Delivery) -> str:
    return f"delivery-{delivery.pk}-{delivery.made_at:%Y%m%d%H%M%S}"


def _tidy(text: str) -> str:
    """Return ``text`` without blanks at the ends of lines and with one empty line at most in a row."""
    tidy: list[str] = []
    for line in (line.rstrip() for line in text.strip().splitlines()):
        if line or (tidy and tidy[-1]):
            tidy.append(line)
    return "\n".join(tidy) + "\n"
