"""Dates as a calendar file (iCalendar, RFC 5545) that phones and office programs open."""

import hashlib
from collections.abc import Iterable

from django.utils import timezone

from mobilization.desk.dates import Date

LONGEST_LINE = 75
"""Octets of a line; a longer one goes on in the next, behind a blank (RFC 5545, 3.1)."""


def calendar(dates: Iterable[Date], host: str) -> str:
    """Return ``dates`` as whole days; ``host`` is the address of the portal, which makes their names its own."""
    stamp = f"{timezone.now():%Y%m%dT%H%M%SZ}"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Dan van kheo//Desk//VI"]
    for date in dates:
        name = hashlib.sha256(f"{date.on}|{date.title}|{date.url}".encode()).hexdigest()[:32]
        lines += [
            "BEGIN:VEVENT",
            f"UID:{name}@{host.partition('://')[2]}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{date.on:%Y%m%d}",
            f"SUMMARY:{_escaped(date.title)}",
            f"DESCRIPTION:{_escaped(date.note)}",
            *([f"URL:{host}{date.url}"] if date.url else []),
            "END:VEVENT",
        ]
    return "".join(f"{_folded(line)}\r\n" for line in [*lines, "END:VCALENDAR"])


def _escaped(text: str) -> str:
    for character in ("\\", ";", ","):
        text = text.replace(character, f"\\{character}")
    return " ".join(text.split())


def _folded(line: str) -> str:
    parts, part = [], ""
    for character in line:
        if len(f"{part}{character}".encode()) > LONGEST_LINE:
            parts.append(part)
            part = " "
        part += character
    return "\r\n".join([*parts, part])
