"""A style sheet of others without the rules for what we do not use: most of it, and every visitor would load it."""

import re
from collections.abc import Collection, Iterator

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
_BETWEEN_SELECTORS = re.compile(r",(?![^(]*\))")


def trimmed(css: str, classes: Collection[str]) -> str:
    """Return ``css`` with those selectors only that name no class but ``classes``; elements and variables all stay.

    Written for minified sheets: rules, ``@media`` and ``@keyframes``. Whose work it is stays, at the end; other comments
    go, the name of a map with them.
    """
    notices = [comment for comment in _COMMENT.findall(css) if comment.startswith("/*!")]
    return "".join([*_kept(_COMMENT.sub("", css), frozenset(classes)), *notices])


def class_names(css: str) -> set[str]:
    """Return every class that the selectors of ``css`` name."""
    found = set()
    for head, body in _rules(_COMMENT.sub("", css)):
        found |= class_names(body) if head.startswith("@media") else set(_CLASS.findall(head))
    return found


def _kept(css: str, classes: frozenset[str]) -> Iterator[str]:
    for head, body in _rules(css):
        if head.startswith("@media"):
            inner = "".join(_kept(body, classes))
            if inner:
                yield f"{head}{{{inner}}}"
        elif head.startswith("@"):
            yield f"{head}{{{body}}}"
        else:
            selectors = [
                one for one in _BETWEEN_SELECTORS.split(head) if classes.issuperset(_CLASS.findall(one))
            ]
            if selectors:
                yield f"{','.join(selectors)}{{{body}}}"


def _rules(css: str) -> Iterator[tuple[str, str]]:
    """Yield what stands before each outermost pair of braces, and what stands inside; braces in strings are letters."""
    depth, begin, opened, quote = 0, 0, 0, ""
    places = iter(re.finditer(r"\\.|[\"'{}]", css, re.DOTALL))
    for found in places:
        sign = found[0]
        if quote:
            quote = "" if sign == quote else quote
        elif sign in "\"'":
            quote = sign
        elif sign == "{":
            opened = opened if depth else found.end()
            depth += 1
        elif sign == "}":
            depth -= 1
            if not depth:
                yield css[begin : opened - 1].strip(), css[opened : found.start()]
                begin = found.end()
