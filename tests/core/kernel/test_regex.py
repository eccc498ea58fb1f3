"""Patterns that are built when they are first used are those that `re` builds."""

import ast
import re
from importlib import import_module
from pathlib import Path
from pkgutil import walk_packages

import pytest

import guatu.core
from guatu.core.kernel import regex as module
from guatu.core.kernel.regex import build_all, regex


def test_a_pattern_is_built_once_and_at_the_first_use(monkeypatch: pytest.MonkeyPatch) -> None:
    built = []
    compile_ = re.compile
    monkeypatch.setattr(module.re, "compile", lambda *given: built.append(given) or compile_(*given))
    lazy = regex("(?P<n>[0-9]+)x", re.IGNORECASE)
    assert (lazy.pattern, built) == ("(?P<n>[0-9]+)x", [])
    assert [one["n"] for one in lazy.finditer("1x 22X 3y")] == ["1", "22"]
    assert lazy.search("a 7x") and lazy.match("7x") and lazy.fullmatch("7x") and not lazy.match("a")
    assert lazy.sub("-", "1x 2x") == "- -" and lazy.subn("-", "1x 2x") == ("- -", 2)
    assert lazy.split("a1xb") == ["a", "1", "b"] and lazy.findall("1x2x") == ["1", "2"]
    assert (lazy.groups, dict(lazy.groupindex)) == (1, {"n": 1})
    assert len(built) == 1
    with pytest.raises(AttributeError):
        lazy.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_every_pattern_of_the_core_can_be_built() -> None:
    for found in walk_packages(guatu.core.__path__, "guatu.core."):
        import_module(found.name)
    assert build_all() > 500


CALLED_WHERE_MODULES_BEGIN = ("source/anchored.py __init__", "outline/kinds.py _pattern")


def test_no_pattern_is_made_at_each_call() -> None:
    """Within functions only where a cache keeps what is made, and where a module calls them as it is loaded."""
    core = Path(guatu.core.__file__).parent
    made = []
    for file in sorted((core / "plan").rglob("*.py")):
        for function in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(function, ast.FunctionDef) and not any(
                "cache" in ast.unparse(one) for one in function.decorator_list
            ):
                calls = [
                    one for one in ast.walk(function) if isinstance(one, ast.Call) and ast.unparse(one.func) == "regex"
                ]
                made += [f"{file.relative_to(core / 'plan')} {function.name}"] if calls else []
    assert sorted(made) == sorted(CALLED_WHERE_MODULES_BEGIN)
