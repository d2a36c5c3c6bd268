"""Every act that the portal records reads like something, whichever app records it."""

import ast
from functools import cache
from pathlib import Path

import pytest

from mobilization.audit import acts

ROOT = Path(__file__).resolve().parents[2]
APPS = ("mobilization", "models_registry", "dialogues", "awards")
RECORDERS = {"record", "Record", "_record"}


@cache
def recorded_codes() -> set[str]:
    """Collect the act codes written as plain text in calls that record."""
    found = set()
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            text = path.read_text(encoding="utf-8")
            if "ecord(" not in text:
                continue
            for node in ast.walk(ast.parse(text)):
                if isinstance(node, ast.Call) and node.args and _name(node.func) in RECORDERS:
                    found |= {part.value for part in ast.walk(node.args[0]) if _is_code(part)}
    return found


def _name(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str) and "." in node.value.strip(".")


def test_recorded_codes_are_found():
    assert {"unit.open", "registration.start", "award.add"} <= recorded_codes()


@pytest.mark.parametrize("code", sorted(recorded_codes()))
def test_act_reads_like_something(code):
    assert acts.label_of(code) != code
