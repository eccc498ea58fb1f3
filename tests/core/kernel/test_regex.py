"""Patterns that are built when they are first used are those that `re` builds."""

import gc
import re
from importlib import import_module
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


def test_patterns_that_nobody_holds_are_not_kept() -> None:
    gc.collect()
    before = build_all()
    held = regex("a")
    assert build_all() == before + 1 and held.search("a")
    del held
    gc.collect()
    assert build_all() == before
