"""What README and CONTRIBUTING name is there: papers that lie are worse than none."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PAPERS = ("README.md", "CONTRIBUTING.md")
#: Things in backticks that look like a path inside the repository: `tests/access/`, `mobilization/api/schemas.py`.
PATH = re.compile(r"`([a-z_][\w.-]*(?:/[\w.-]+)*/?)`")
#: From where a name may be meant.
ROOMS = (".", "mobilization", "templates")
MADE_BY_THE_PORTAL = {"var/"}


def named_paths(paper):
    text = (ROOT / paper).read_text(encoding="utf-8")
    return sorted({name for name in PATH.findall(text) if "/" in name} - MADE_BY_THE_PORTAL)


@pytest.mark.parametrize("paper", PAPERS)
def test_paper_names_only_what_is_there(paper):
    names = named_paths(paper)
    assert names
    missing = [name for name in names if not any((ROOT / room / name).exists() for room in ROOMS)]
    assert missing == []


def test_contributing_has_the_layers_of_the_contract():
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]
    layers = next(contract for contract in contracts if contract["id"] == "apps")["layers"]
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").split("```")[1]
    apps = [re.findall(r"\w+", layer.replace("mobilization.", "")) for layer in layers]
    lines = [
        re.findall(r"\w+", line.split("   ")[0].replace("mobilization.", ""))
        for line in told.strip().splitlines()
    ]
    assert lines == apps
