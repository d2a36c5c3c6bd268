"""Style sheets of others, without what we do not use."""

import re
from pathlib import Path

import pytest
import tinycss2
from django.conf import settings
from django.contrib.staticfiles import finders

from mobilization.core.finders import NpmFinder
from mobilization.core.trimming import class_names, trimmed

SHEET = "bootstrap/dist/css/bootstrap.min.css"
CLASS_OF_TEMPLATE = re.compile(r'class="([^"]*)"')
CLASS_OF_CODE = re.compile(r'(?:css_class=|"class": )"([^"]*)"')
BUILT_OF_PARTS = {"alert-"}
"""Names of which the page writes only the beginning by itself; what they become is named in the settings."""


def whole() -> str:
    return Path(finders.find(f"npm/{SHEET}")).read_text(encoding="utf-8")


def named(pattern: re.Pattern, *paths: Path) -> set[str]:
    texts = (match for path in paths for match in pattern.findall(path.read_text(encoding="utf-8")))
    return {word for text in texts for word in re.findall(r"[A-Za-z][\w-]*", text)}


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".a{x:1}.b{x:2}", ".a{x:1}"),
        (".a,.b:hover,p{x:1}", ".a,p{x:1}"),
        (".a .b{x:1}p .a{x:2}", "p .a{x:2}"),
        (".a:not(.a,p)>p{x:1}.a:not(.b,p){x:2}", ".a:not(.a,p)>p{x:1}"),
        ("@media (min-width:1px){.b{x:1}}@media print{.a{x:1}.b{x:2}}", "@media print{.a{x:1}}"),
        ("@keyframes k{0%{x:1}to{x:2}}.b{x:1}", "@keyframes k{0%{x:1}to{x:2}}"),
        ('p{b:url("}.b{")}.b{x:"\\"}"}.a{x:1}', 'p{b:url("}.b{")}.a{x:1}'),
        ("/*! whose */.a{x:1}/*# map */", ".a{x:1}/*! whose */"),
        ("", ""),
    ],
)
def test_trimmed_keeps_selectors_of_named_classes_and_of_elements(css, kept):
    assert trimmed(css, {"a"}) == kept


def test_trimmed_with_every_class_named_is_the_whole_sheet():
    css = whole()
    bare = re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL).strip()
    again = tinycss2.serialize(tinycss2.parse_stylesheet(bare))
    assert trimmed(css, class_names(css)).startswith(again)


def test_collected_sheet_is_trimmed_and_says_whose_it_is():
    found = dict(NpmFinder().list([]))
    css = found[SHEET].open(SHEET).read().decode()
    assert class_names(css) == settings.NPM_CLASSES["bootstrap"]
    assert "Licensed under MIT" in css
    assert "sourceMappingURL" not in css
    assert ".rtl." not in css
    right_to_left = SHEET.replace(".min", ".rtl.min")
    assert class_names(css) >= class_names(found[right_to_left].open(right_to_left).read().decode())


def test_every_class_of_bootstrap_that_pages_name_is_served():
    root = settings.BASE_DIR
    templates = (root / "templates").rglob("*.html")
    sources = [
        path
        for room in ("mobilization", "models_registry", "dialogues", "awards")
        for path in (root / room).rglob("*.py")
    ]
    used = named(CLASS_OF_TEMPLATE, *templates) | named(CLASS_OF_CODE, *sources)
    assert len(used & settings.NPM_CLASSES["bootstrap"]) > 40
    assert used & class_names(whole()) - settings.NPM_CLASSES["bootstrap"] == set()


def test_no_class_that_is_served_is_unknown_to_bootstrap():
    assert settings.NPM_CLASSES["bootstrap"] - class_names(whole()) == set()


def test_names_of_classes_are_written_whole():
    """A name put together of parts would be found by nobody who looks for what is used."""
    beginnings = {name.rpartition("-")[0] + "-" for name in class_names(whole()) if "-" in name}
    texts = (
        text
        for path in (settings.BASE_DIR / "templates").rglob("*.html")
        for text in CLASS_OF_TEMPLATE.findall(path.read_text(encoding="utf-8"))
    )
    parts = {part for text in texts for part in re.findall(r"([A-Za-z][\w-]*-)\{\{", text)}
    assert parts & beginnings == BUILT_OF_PARTS
