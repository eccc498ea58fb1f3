"""The core touches no framework, file, network, clock or randomness: only what this list names may be imported."""

import ast
from collections.abc import Iterator

import pytest

from tests.house.project import python

CORE = "src/guatu/core/"

STANDARD_LIBRARY = {
    "__future__", "abc", "array", "ast", "bisect", "calendar", "collections", "contextlib", "copy", "cmath", "dataclasses",
    "datetime", "decimal", "difflib", "enum", "fractions", "functools", "hashlib", "heapq", "itertools", "json", "math",
    "numbers", "operator", "re", "statistics", "string", "struct", "textwrap", "tomllib", "types", "typing", "unicodedata",
}  # fmt: skip

# A rule, a stage or a kind of pack is registered by being there: finding it needs these, and only there.
REGISTRIES = {"importlib", "pkgutil"}
REGISTRY_FILES = ("registry.py", "__init__.py")

# Computing libraries, and the domains that may use each ("" stands for all of the core).
LIBRARIES: dict[str, tuple[str, ...]] = {
    "msgspec": ("",),
    "re2": ("",),
    "ahocorasick_rs": ("",),
    "cn2an": ("",),
    "chinese_calendar": ("calendar/",),
    "numpy": ("measures/", "dispatch/", "grids/", "scoring/", "cases/"),
    "scipy": ("measures/", "dispatch/", "grids/"),
    "shapely": ("measures/", "grids/", "cases/"),
    "pyproj": ("measures/", "grids/"),
    "pyarrow": ("measures/",),
    "ibis": ("measures/",),
    "ortools": ("measures/", "dispatch/", "grids/"),
}

BANNED_CALLS = {"open", "input", "print", "exec", "eval", "compile", "__import__", "breakpoint"}
CLOCK = {"now", "today", "utcnow"}
CLOCK_OWNERS = {"date", "datetime"}


def findings(name: str, text: str) -> Iterator[str]:
    """What one file of the core does that the core may not do."""
    for node in ast.walk(ast.parse(text)):
        reason = _import_reason(name, node) or _call_reason(node)
        if reason:
            yield f"{name}:{getattr(node, 'lineno', 0)} {reason}"


def _import_reason(name: str, node: ast.AST) -> str | None:
    modules: list[str] = []
    if isinstance(node, ast.Import):
        modules = [alias.name for alias in node.names]
    elif isinstance(node, ast.ImportFrom):
        modules = [node.module or ""]
    for module in modules:
        if not _may_import(name, module):
            return f"imports {module}"
    return None


def _may_import(name: str, module: str) -> bool:
    top = module.split(".")[0]
    if top == "guatu":
        return module == "guatu.core" or module.startswith("guatu.core.")
    if top in STANDARD_LIBRARY:
        return True
    if top in REGISTRIES:
        return name.endswith(REGISTRY_FILES)
    return any(name.startswith(CORE + domain) for domain in LIBRARIES.get(top, ()))


def _call_reason(node: ast.AST) -> str | None:
    if not isinstance(node, ast.Call):
        return None
    called = node.func
    if isinstance(called, ast.Name) and called.id in BANNED_CALLS:
        return f"calls {called.id}()"
    if isinstance(called, ast.Attribute) and called.attr in CLOCK and _last_name(called.value) in CLOCK_OWNERS:
        return f"reads the clock: {_last_name(called.value)}.{called.attr}()"
    return None


def _last_name(node: ast.AST) -> str | None:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else None


def test_the_core_imports_and_calls_only_what_is_allowed() -> None:
    sources = python(CORE)
    assert sources
    assert [finding for name, text in sources.items() for finding in findings(name, text)] == []


@pytest.mark.parametrize(
    ("file", "line", "reason"),
    [
        ("plan/compiler.py", "import os", "imports os"),
        ("plan/compiler.py", "from pathlib import Path", "imports pathlib"),
        ("plan/compiler.py", "import django.db", "imports django.db"),
        ("plan/compiler.py", "import guatu.adapters.readers", "imports guatu.adapters.readers"),
        ("plan/compiler.py", "import numpy as np", "imports numpy"),
        ("plan/compiler.py", "import importlib", "imports importlib"),
        ("plan/compiler.py", "def f():\n    import random", "imports random"),
        ("kernel/money.py", "from chinese_calendar import is_workday", "imports chinese_calendar"),
        ("kernel/money.py", "text = open('a').read()", "calls open()"),
        ("kernel/money.py", "import datetime\nx = datetime.date.today()", "reads the clock: date.today()"),
        ("kernel/money.py", "from datetime import datetime\nx = datetime.now()", "reads the clock: datetime.now()"),
    ],
)
def test_what_the_core_may_not_do_is_found(file: str, line: str, reason: str) -> None:
    assert [finding.split(" ", 1)[1] for finding in findings(CORE + file, line)] == [reason]


@pytest.mark.parametrize(
    ("file", "line"),
    [
        ("measures/area.py", "import numpy as np"),
        ("calendar/working.py", "import chinese_calendar"),
        ("plan/lint/registry.py", "import pkgutil"),
        ("plan/clauses/amounts.py", "import re, re2"),
        ("plan/clauses/amounts.py", "import re\nx = re.compile('a')"),
        ("calendar/working.py", "from datetime import date\nx = date(2024, 1, 1).isoformat()"),
    ],
)
def test_what_the_core_may_do_is_not_reported(file: str, line: str) -> None:
    assert list(findings(CORE + file, line)) == []
