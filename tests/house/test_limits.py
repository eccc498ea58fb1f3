"""Files and functions stay small, nothing is written twice, and the limits themselves only tighten."""

import ast
import subprocess
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from tests.house.duplicates import duplicate_lines
from tests.house.project import ROOT, code_lines, percentile, product, python, texts

pytestmark = pytest.mark.slow
LIMITS_FILE = "tests/house/limits.toml"
LIMITS = tomllib.loads((ROOT / LIMITS_FILE).read_text(encoding="utf-8"))


@cache
def lengths_of_functions() -> list[tuple[int, str]]:
    return list(_lengths_of_functions())


def _lengths_of_functions() -> Iterator[tuple[int, str]]:
    for name, text in product().items():
        lines = code_lines(text)
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = sum(1 for line in range(node.lineno, (node.end_lineno or 0) + 1) if line in lines)
                yield length, f"{name}:{node.lineno} {node.name}"


def lengths_of_files(of: dict[str, str]) -> list[tuple[int, str]]:
    return [(len(text.splitlines()), name) for name, text in of.items()]


def too_long(measured: list[tuple[int, str]], most: int) -> list[str]:
    return [
        f"{length} lines (at most {most}): {name}" for length, name in sorted(measured, reverse=True) if length > most
    ]


def test_no_source_file_exceeds_its_limit() -> None:
    assert too_long(lengths_of_files(product()), LIMITS["source_file"]["max"]) == []


def test_nearly_all_source_files_are_short() -> None:
    assert percentile([n for n, _ in lengths_of_files(product())], 0.95) <= LIMITS["source_file"]["p95"]


def test_no_test_file_exceeds_its_limit() -> None:
    assert too_long(lengths_of_files(python("tests/")), LIMITS["test_file"]["max"]) == []


def test_no_function_exceeds_its_limit() -> None:
    longest = too_long(lengths_of_functions(), LIMITS["function"]["max"])
    assert longest == []


def test_nearly_all_functions_are_short() -> None:
    measured = lengths_of_functions()
    longest = "\n".join(
        f"{length} {name}" for length, name in sorted(measured, reverse=True)[: len(measured) // 20 or 1]
    )
    assert percentile([n for n, _ in measured], 0.95) <= LIMITS["function"]["p95"], longest


def test_complexity_is_held_by_the_linter_and_nobody_opts_out() -> None:
    ruff = tomllib.loads(texts()["pyproject.toml"])["tool"]["ruff"]["lint"]
    assert ruff["mccabe"]["max-complexity"] <= LIMITS["complexity"]["max"]
    assert "C90" in ruff["select"] and "C901" not in ruff["ignore"]
    assert not [path for path, codes in ruff["per-file-ignores"].items() if {"C90", "C901"} & set(codes)]
    waiver = "noqa: " + "C901"
    assert not [name for name, text in product().items() if waiver in text]


def test_hardly_a_line_is_written_twice() -> None:
    total = sum(len(code_lines(text)) for text in product().values())
    places = duplicate_lines(product())
    share = 100 * sum(len(lines) for lines in places.values()) / max(1, total)
    shown = "\n".join(f"{name}: lines {min(lines)} to {max(lines)}" for name, lines in places.items())
    assert share < LIMITS["duplicates"]["percent"], f"{share:.2f} % of {total} lines\n{shown}"


def test_a_run_of_eight_equal_lines_is_seen_as_duplicate_and_seven_are_not() -> None:
    run = "\n".join(f"value_{n} = compute({n})" for n in range(8))
    seven = "\n".join(run.splitlines()[:7])
    assert duplicate_lines({"a.py": run, "b.py": f"# another place\n{run}\n"}) == {
        "a.py": set(range(1, 9)),
        "b.py": set(range(2, 10)),
    }
    assert duplicate_lines({"a.py": seven, "b.py": seven}) == {}


def test_limits_have_only_tightened() -> None:
    versions = earlier_limits()
    if not versions:
        pytest.skip("no git history of the limits here · 此处没有限值文件的 git 历史")
    for earlier in versions:
        for group, values in earlier.items():
            for key, value in values.items():
                assert LIMITS[group][key] <= value, f"[{group}] {key} was {value} before"


def earlier_limits() -> list[dict[str, dict[str, int]]]:
    """The limits as each commit of the history left them."""
    try:
        commits = git("log", "--format=%H", "--", LIMITS_FILE).split()
    except (OSError, subprocess.CalledProcessError):
        return []
    return [tomllib.loads(git("show", f"{commit}:{LIMITS_FILE}")) for commit in commits]


def git(*arguments: str) -> str:
    command = ["git", "-C", str(ROOT), *arguments]
    return subprocess.run(command, capture_output=True, check=True).stdout.decode()


def test_no_line_of_a_template_is_longer_than_one_thing_said() -> None:
    most = LIMITS["line"]["max"]
    found = [
        f"{name}:{number}"
        for name, text in texts().items()
        if name.startswith("src/") and name.endswith(".html")
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > most
    ]
    assert found == []


def test_hardly_a_line_of_code_is_longer_and_they_grow_fewer() -> None:
    most = LIMITS["line"]["max"]
    found = [
        f"{name}:{number}"
        for name, text in python("src/").items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > most
    ]
    assert len(found) <= LIMITS["line"]["python_over"], found
