"""Reasons stand where a reader would ask for them: comments per lines of code, over all and in each part of the product.

Counted are lines of code (without blank lines, comments and docstrings) and lines with a comment, whole or behind code.
Words to tools (`noqa`, `type: ignore`, `fmt: skip`) are none, and what a function is for is told beside the reasons.
"""

import math
import tomllib
from collections import Counter

from tests.house.project import ROOT, code_lines, comment_lines, purpose_lines, python

LIMITS = tomllib.loads((ROOT / "tests/house/limits.toml").read_text(encoding="utf-8"))
# What the house wants: four lines of reasons in a hundred lines of code.
WANTED = 25
# Of all lines, blank ones too: comments and the docstrings of modules and types.
SAID_IN_A_HUNDRED = 4
ALL = "src"


def part_of(name: str) -> str:
    """`web/grids` of `src/guatu/web/grids/words.py`; a file beside the parts belongs to the folder that they are in."""
    return "/".join(name.split("/")[2:-1][:2]) or ALL


def code_for_a_comment() -> dict[str, int]:
    """Lines of code for each line of comment, rounded up, of all and of each part."""
    code, comments = Counter[str](), Counter[str]()
    for name, text in python("src/").items():
        for part in (ALL, part_of(name)):
            code[part] += len(code_lines(text))
            comments[part] += len(comment_lines(text))
    return {part: math.ceil(lines / max(1, comments[part])) for part, lines in code.items() if part and lines}


def test_reasons_do_not_grow_rarer() -> None:
    measured = code_for_a_comment()
    held = LIMITS["code_for_a_comment"]
    rare = [f"{part}: {n} lines of code a comment" for part, n in measured.items() if n > held.get(part, WANTED)]
    assert rare == []


def test_reasons_and_what_modules_and_types_are_for_make_four_lines_in_a_hundred() -> None:
    sources = python("src/").values()
    said = sum(len(comment_lines(text) | purpose_lines(text)) for text in sources)
    lines = sum(len(text.splitlines()) for text in sources)
    assert 100 * said >= SAID_IN_A_HUNDRED * lines, f"{said} of {lines}"


def test_words_to_tools_and_docstrings_are_no_reasons() -> None:
    text = (
        '"""What it is."""\n# Why.\na = 1  # why\nb = 2  # noqa: E501\nc = 3  # type: ignore[misc]  # why\nd = "# no"\n'
    )
    assert comment_lines(text) == {2, 3, 5}
