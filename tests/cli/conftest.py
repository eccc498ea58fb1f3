"""Calls of the program inside the test process."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from guatu.cli.main import main

PLAN = """青禾县2025年绿化实施方案

一、总体要求
坚持适地适树、建管并重。

二、重点任务
（一）补植行道树
1.补植国槐。栽植国槐300株，成活率不低于90%，2025年6月底前完成。（牵头单位：县林业局；责任单位：县住建局）
2.建设公园。新建公园3处。2025年9月底前完成。（责任单位：县住建局）
"""
FAULTY = PLAN.replace("新建公园3处", "新建公园xx处").replace("2.建设", "3.建设")


@dataclass
class Called:
    """What a call left behind."""

    code: int
    out: str
    err: str


Call = Callable[..., Called]


@pytest.fixture
def call(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Call:
    """Runs `guatu ARGUMENTS` in Chinese unless it is told otherwise."""
    for name in ("GUATU_LANG", "LC_ALL", "LC_MESSAGES", "LANG", "GUATU_DEBUG"):
        monkeypatch.delenv(name, raising=False)

    def run(*arguments: object) -> Called:
        capfd.readouterr()
        code = main.run([str(argument) for argument in arguments])
        sys.stdout.flush()
        seen = capfd.readouterr()
        assert "Traceback" not in seen.err
        return Called(code, seen.out, seen.err)

    return run


@pytest.fixture
def plan(tmp_path: Path) -> Path:
    path = tmp_path / "plan.txt"
    path.write_text(PLAN, encoding="utf-8")
    return path


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    path = tmp_path / "faulty.txt"
    path.write_text(FAULTY, encoding="utf-8")
    return path


@pytest.fixture
def examples(root: Path) -> Path:
    """The folder of the example plans."""
    return root / "examples" / "plans"
