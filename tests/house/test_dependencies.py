"""What the code imports is declared, and what is declared is imported: no package comes along by accident."""

import ast
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.house.project import ROOT, python

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
# These folders are loaded only by commands that say which extra is missing.
EXTRAS = ("src/guatu/web/", "src/guatu/engines/drg/", "src/guatu/adapters/batch/")


@cache
def declared(*extras: str) -> frozenset[str]:
    """Names of the dependencies, with those of the extras."""
    lines = [*PROJECT["dependencies"], *(line for extra in extras for line in PROJECT["optional-dependencies"][extra])]
    return frozenset(canonicalize_name(Requirement(line).name) for line in lines)


def imports(text: str) -> Iterator[tuple[str, bool]]:
    """Top-level packages that a file imports, and whether only when a function is called."""
    tree = ast.parse(text)
    inner = {
        id(node)
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef)
        for node in ast.walk(function)
    }
    for node in ast.walk(tree):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom):
            names = [node.module or ""]
        yield from ((name.split(".")[0], id(node) in inner) for name in names)


def foreign(name: str) -> bool:
    return name not in sys.stdlib_module_names and name not in ("guatu", "tests", "__future__")


@cache
def installed() -> dict[str, set[str]]:
    """Distributions by the packages that they install; looking through them all takes a second."""
    return {package: {canonicalize_name(name) for name in names} for package, names in packages_distributions().items()}


def distributions(module: str) -> set[str]:
    return installed().get(module, {canonicalize_name(module)})


def test_every_package_that_is_imported_is_declared() -> None:
    """Outside of the folders of extras, what is imported when a module is loaded must be there without any extra."""
    everything = declared(*PROJECT["optional-dependencies"])
    missing = set()
    for file, text in python("src/guatu/").items():
        for module, lazily in imports(text):
            allowed = everything if lazily or file.startswith(EXTRAS) else declared()
            if foreign(module) and not distributions(module) & allowed:
                missing.add(f"{file} imports {module}")
    assert sorted(missing) == []


def test_the_default_installation_carries_nothing_that_is_not_imported() -> None:
    files = (text for name, text in python("src/guatu/").items() if not name.startswith(EXTRAS))
    used = {name for text in files for module, _ in imports(text) for name in distributions(module)}
    assert sorted(declared() - used) == []
