"""A domain app asks another by its selectors, changes it by its actions and takes no tool from it.

What two apps need lies in `web/kit` (pages), `web/base` (requests, rows) or `core`. Models of another app are counted:
each import is a place that breaks when the owner changes its tables, and in a view it passes by the owner's rights.
"""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from tests.house.project import ROOT, python, texts

WEB = "src/guatu/web/"
LIMITS = tomllib.loads((ROOT / "tests/house/limits.toml").read_text(encoding="utf-8"))["models_of_others"]
# Apps that are no domain: everybody may take their tools, or they stand above all and are taken by nobody.
COMMON = {"base", "kit", "serving", "project", "example"}
OPEN = {"selectors", "actions", "models"}
ROOMS = {
    "cases.history": "where a case stands by its events: what evaluations count",
    "cases.library": "the packs that are loaded, with their classes and flows: files, not rows",
    "cases.panels": "where other apps register what they show of a case",
    "cases.position": "in which place and grid a position lies; where grids register",
    "cases.routing": "where the app that keeps the duty list registers its answer",
    "cases.told": "where the app that keeps notices registers how it tells a unit",
    "directory.hooks": "where other apps register what hangs on a unit, and what a reorganisation moves",
    "directory.references": "fields of any app's forms and sheets that hold a unit or a place",
    "ledger.extensions": "where other apps register columns and panels of the ledger",
}
"""What an app says to others beside its selectors and actions: modules made for them."""


class Import(NamedTuple):
    file: str
    """From the folder of the web apps."""
    app: str
    """The other app."""
    part: str
    """What lies in its folder: `models`, `selectors`, a module."""
    name: str


def imports_of(file: str, text: str) -> Iterator[Import]:
    """What a file of a domain app takes from another domain app."""
    own = file.partition("/")[0]
    for node in ast.walk(ast.parse(text)):
        for module, name in _taken(node):
            parts = [*module.split("."), *([name] if name else [])]
            if parts[:2] != ["guatu", "web"] or len(parts) < 4 or parts[2] in COMMON | {own}:
                continue
            yield Import(file, parts[2], parts[3], name)


def _taken(node: ast.AST) -> Iterator[tuple[str, str]]:
    if isinstance(node, ast.ImportFrom):
        yield from ((node.module or "", alias.name) for alias in node.names)
    elif isinstance(node, ast.Import):
        yield from ((alias.name, "") for alias in node.names)


def domain() -> dict[str, str]:
    """Files of domain apps by their path from the folder of the web apps."""
    found = {name.removeprefix(WEB): text for name, text in python(WEB).items()}
    return {name: text for name, text in found.items() if "/" in name and name.partition("/")[0] not in COMMON}


def imports() -> list[Import]:
    return [one for file, text in domain().items() for one in imports_of(file, text)]


def tools(found: list[Import]) -> list[str]:
    return [
        f"{one.file} takes {one.name} from {one.app}.{one.part}"
        for one in found
        if one.part not in OPEN and f"{one.app}.{one.part}" not in ROOMS
    ]


def test_an_app_takes_no_tool_from_another() -> None:
    instead = "move it to web/kit, web/base or core; what answers a question about the owner's rows is its selector"
    assert tools(imports()) == [], instead


def test_a_room_that_nobody_enters_is_no_room() -> None:
    assert {f"{one.app}.{one.part}" for one in imports()} >= set(ROOMS)


@pytest.mark.parametrize(
    "line",
    [
        "from guatu.web.cases.views.common import degrees",
        "from guatu.web.cases.views import common",
        "from guatu.web.cases import wording",
        "import guatu.web.cases.wording",
    ],
)
def test_a_tool_of_another_app_is_seen_however_it_is_imported(line: str) -> None:
    assert tools(list(imports_of("grids/views/lists.py", line)))
    assert not tools(list(imports_of("cases/views/lists.py", line)))


PARTS_OF_OTHERS = {"patrol.html: cases": "the form of a case on the telephone: its place with the map, its problem"}
TEMPLATE = re.compile(r"""\{%\s*(?:include|extends)\s+["'](\w+)/""")


def test_a_template_is_put_together_of_its_own_app_and_the_common_ones() -> None:
    strange = {
        f"{name.rsplit('/', 1)[-1]}: {other}"
        for name, text in texts().items()
        if name.startswith(WEB) and name.endswith(".html")
        for other in TEMPLATE.findall(text)
        if other not in (name.removeprefix(WEB).partition("/")[0], "base", "kit") and (ROOT / WEB / other).is_dir()
    }
    assert strange == set(PARTS_OF_OTHERS)


def models_of_others() -> list[str]:
    return [f"{one.file}: {one.app}.{one.name}" for one in imports() if one.part == "models"]


def test_models_of_other_apps_are_imported_ever_less() -> None:
    found = models_of_others()
    assert len(found) <= LIMITS["all"], "\n".join(found)


def test_views_import_models_of_other_apps_ever_less() -> None:
    found = [one for one in models_of_others() if "/views/" in one or re.match(r"\w+/api", one)]
    assert len(found) <= LIMITS["views"], "\n".join(found)
