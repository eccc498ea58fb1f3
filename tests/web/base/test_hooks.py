"""What apps add to each other is all there when it is looked at, and costs nothing before."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

from django.apps import apps

import guatu.web
from guatu.web.base import hooks
from guatu.web.base.hooks import Hooks

WEB = Path(guatu.web.__file__).parent
# What pages need and a command does not: each takes as long as the rest of Django.
HEAVY = ("numpy", "shapely", "xlsxwriter", "docx", "pyarrow", "ninja", "guatu.adapters.readers")


def modules() -> Iterator[tuple[str, ast.Module]]:
    for path in sorted(WEB.rglob("*.py")):
        name = ".".join(("guatu", "web", *path.relative_to(WEB).with_suffix("").parts))
        yield name, ast.parse(path.read_text(encoding="utf-8"))


def hung_on(tree: ast.Module) -> bool:
    """Whether something is hung up when a module is imported: by a name that stands for the `add` of a `Hooks`."""
    names: dict[str, Any] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and str(node.module).startswith("guatu.web."):
            module = import_module(str(node.module))
            names |= {alias.asname or alias.name: getattr(module, alias.name, None) for alias in node.names}
    for node in tree.body:
        called = [one.func for one in ast.walk(node) if isinstance(one, ast.Call)] if isinstance(node, ast.Expr) else []
        for one in (*called, *getattr(node, "decorator_list", ())):
            path = ast.unparse(one).split("(")[0].split(".")
            found = names.get(path[0])
            for part in path[1:]:
                found = getattr(found, part, None)
            if getattr(found, "__func__", None) is Hooks.add:
                return True
    return False


def test_every_module_that_hangs_something_up_is_named_by_its_app() -> None:
    named = {f"{config.name}.{one}" for config in apps.get_app_configs() for one in getattr(config, "hooks", ())}
    hanging = {name for name, tree in modules() if hung_on(tree)}
    assert hanging <= named, "name it in `hooks` of apps.py, or nobody will see what it adds"
    assert len(hanging) > 8


def test_whoever_looks_first_finds_all() -> None:
    from guatu.web.base.files import _readers

    # Another test may have imported one of them before, and so stand before the apps below it.
    owners = Counter(one.__module__.split(".")[2] for one in _readers)
    assert owners == {"ledger": 1, "dispatch": 2, "cases": 1, "drg": 1, "public": 1}


def test_what_is_hung_up_twice_hangs_once_and_the_last_answers() -> None:
    place: Hooks[str] = Hooks()
    assert place.last() is None
    assert [place.add(one) for one in ("low", "high", "low")] == ["low", "high", "low"]
    assert list(place) == ["low", "high"] and place.last() == "high"


def test_a_process_starts_without_what_pages_need() -> None:
    program = f"import django, sys; django.setup(); print([one for one in {HEAVY!r} if one in sys.modules])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
    assert hooks.load.cache_info().maxsize is None  # once a process
