"""The import rules name every web app and every module of its API: what they do not name they do not hold."""

import tomllib
from typing import Any

from tests.house.project import python, texts

WEB = "src/guatu/web/"
# They have no layers of their own: the server before Django, the settings, the invented county.
PLAIN = {"serving", "project", "example"}


def layers() -> dict[str, Any]:
    contracts = tomllib.loads(texts()["pyproject.toml"])["tool"]["importlinter"]["contracts"]
    (found,) = (one for one in contracts if "guatu.web.ledger" in one.get("containers", ()))
    return dict(found)


def modules() -> dict[str, set[str]]:
    """By app, the names of what lies in its folder."""
    found: dict[str, set[str]] = {}
    for name in python(WEB):
        app, _slash, rest = name.removeprefix(WEB).partition("/")
        if rest:
            found.setdefault(app, set()).add(rest.partition("/")[0].removesuffix(".py"))
    return found


def test_every_web_app_is_held_in_layers() -> None:
    assert {one.removeprefix("guatu.web.") for one in layers()["containers"]} == set(modules()) - PLAIN


def test_every_module_of_the_api_has_its_layer() -> None:
    named = {name.strip("() ") for layer in layers()["layers"] for name in layer.replace("|", ":").split(":")}
    apis = {module for names in modules().values() for module in names if module.startswith("api")}
    assert apis == {name for name in named if name.startswith("api")}
