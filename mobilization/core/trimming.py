"""A style sheet of others without the rules for what we do not use: most of it, and every visitor would load it."""

from collections.abc import Collection, Iterator
from itertools import groupby, pairwise

import tinycss2
from tinycss2.ast import AtRule, FunctionBlock, Node, QualifiedRule

_COMMENT = "/*{}*/"


def trimmed(css: str, classes: Collection[str]) -> str:
    """Return ``css`` with those selectors only that name no class but ``classes``; elements and variables all stay.

    Whose work it is stays, at the end; other comments go, the name of a map with them.
    """
    nodes = tinycss2.parse_stylesheet(css)
    notices = [
        _COMMENT.format(node.value) for node in nodes if node.type == "comment" and node.value.startswith("!")
    ]
    return "".join([*_kept(nodes, frozenset(classes)), *notices])


def class_names(css: str) -> set[str]:
    """Return every class that the selectors of ``css`` name."""
    return _named_by_rules(tinycss2.parse_stylesheet(css))


def _named_by_rules(nodes: list[Node]) -> set[str]:
    found = set()
    for node in nodes:
        if isinstance(node, QualifiedRule):
            found |= _named(node.prelude)
        elif _holds_rules(node):
            found |= _named_by_rules(_inside(node))
    return found


def _kept(nodes: list[Node], classes: frozenset[str]) -> Iterator[str]:
    for node in nodes:
        if isinstance(node, QualifiedRule):
            selectors = [one for one in _selectors(node.prelude) if _named(one) <= classes]
            if selectors:
                words = ",".join(tinycss2.serialize(one).strip() for one in selectors)
                yield f"{words}{{{tinycss2.serialize(node.content)}}}"
        elif _holds_rules(node):
            inner = "".join(_kept(_inside(node), classes))
            if inner:
                yield f"@{node.at_keyword}{tinycss2.serialize(node.prelude)}{{{inner}}}"
        elif isinstance(node, AtRule):
            yield node.serialize()


def _holds_rules(node: Node) -> bool:
    return isinstance(node, AtRule) and node.lower_at_keyword == "media" and node.content is not None


def _inside(node: AtRule) -> list[Node]:
    return tinycss2.parse_rule_list(node.content)


def _selectors(prelude: list[Node]) -> list[list[Node]]:
    """Return the selectors between the commas; a comma inside a function is part of its selector."""
    return [list(part) for is_comma, part in groupby(prelude, lambda node: node == ",") if not is_comma]


def _named(selector: list[Node]) -> set[str]:
    """Return the classes that ``selector`` names, those inside functions as well: ``.a:not(.b)`` names both."""
    found = {name.value for dot, name in pairwise(selector) if dot == "." and name.type == "ident"}
    inner = (_named(node.arguments) for node in selector if isinstance(node, FunctionBlock))
    return found.union(*inner)
