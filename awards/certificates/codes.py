"""The codes by which anyone can look a certificate up: beyond guessing, and hard to misread on paper."""

import secrets

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that are taken for each other in print: 0 and o, 1, i and l."""
LENGTH = 20
"""20 of 31 letters are 99 bits. Certificates of earlier years have codes of 16, which stay good."""
LONGEST = 24
GROUP = 4
_BETWEEN = frozenset(" \t\r\n-_.\u00a0\u00ad\u2010\u2011\u2012\u2013\u2014\u2212\u200b")


def new_code() -> str:
    """Return a random code, as it is stored."""
    return "".join(secrets.choice(LETTERS) for _place in range(LENGTH))


def read(typed: str) -> str:
    """Return the code that somebody typed or scanned, as it is stored: case, blanks and dashes do not matter.

    What cannot be a code (other letters, too long) gives the empty text, which no certificate has.
    """
    code = "".join(letter for letter in typed[: 4 * LONGEST] if letter not in _BETWEEN).lower()
    is_code = code.isascii() and code.isalnum() and len(code) <= LONGEST and len(typed) <= 4 * LONGEST
    return code if is_code else ""


def grouped(code: str) -> str:
    """Return a stored code as it is printed: capitals, in groups of four."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP)).upper()
