"""A pattern with an anchor finds what the pattern alone finds, wherever it stands."""

import importlib
import pkgutil
import re
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import guatu.core.plan
from guatu.core.plan.source.anchored import Anchored
from tests.house.project import ROOT

TEXTS = [path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "spec" / "plans").glob("*.txt"))]


def anchored() -> Iterator[tuple[str, Anchored]]:
    for module in pkgutil.walk_packages(guatu.core.plan.__path__, "guatu.core.plan."):
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, Anchored):
                yield f"{module.name.removeprefix('guatu.core.plan.')}.{name}", value


ALL = dict(anchored())


def alone(pattern: Anchored, text: str, start: int, end: int) -> list[tuple[int, int]]:
    return [match.span() for match in pattern.pattern.finditer(text, start, end)]


def test_there_are_some() -> None:
    assert len({id(one) for one in ALL.values()}) >= 5


@pytest.mark.parametrize("name", ALL)
def test_it_finds_what_the_pattern_alone_finds_in_plans(name: str) -> None:
    for text in TEXTS:
        assert [m.span() for m in ALL[name].finditer(text)] == alone(ALL[name], text, 0, len(text))


@pytest.mark.parametrize("name", ALL)
@settings(max_examples=30)
@given(data=st.data())
def test_it_finds_what_the_pattern_alone_finds_in_any_text(name: str, data: st.DataObject) -> None:
    pattern = ALL[name]
    # Pieces of the pattern itself come near to what it looks for.
    own = re.findall(r"[\u4e00-\u9fff]+|[^\u4e00-\u9fff\\]", pattern.pattern.pattern)
    pieces = [*sorted(set(own)), "\n", "2026", "30"]
    near = st.one_of(st.sampled_from(pieces), st.from_regex(pattern.pattern.pattern))
    text = "".join(data.draw(st.lists(near, max_size=6)))
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    assert [m.span() for m in pattern.finditer(text, start, end)] == alone(pattern, text, start, end)


def test_its_other_ways_are_those_of_the_pattern() -> None:
    letters = Anchored("[ab](?=[0-9])", "(?:a|b)[0-9]+")
    assert letters.search("xa1b22") is not None and letters.search("ab") is None
    assert letters.match("a1b22", 2) is not None and letters.match("a1", 1) is None
    assert letters.without("xa1-b22y") == "x-y"
