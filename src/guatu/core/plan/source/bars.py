"""Tables of Markdown: bars between cells become tabs, one for one, so that every later stage sees one kind of table.

A line that begins and ends with a bar is a row. So is one without them around a line of dashes and bars, as some write.
The line of dashes itself says nothing and becomes blanks.
"""

import re
from typing import Final

from guatu.core.kernel.regex import regex

_ROW: Final = regex(r"^[ \t]*\|.*\|[ \t]*$", re.MULTILINE)
_RULE: Final = regex(r"^[ \t]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
_BAR: Final = regex(r"(?<!\\)\|")


def without_bars(norm: str) -> str:
    """`norm` with tabs in place of the bars of its tables; of the same length."""
    if "|" not in norm:
        return norm
    lines = norm.split("\n")
    rules = [i for i, line in enumerate(lines) if _RULE.fullmatch(line)]
    for rule in rules:
        for i in _rows_around(lines, rule):
            lines[i] = _row(lines[i])
        lines[rule] = " " * len(lines[rule])
    return "\n".join(_row(line) if _ROW.fullmatch(line) else line for line in lines)


def _rows_around(lines: list[str], rule: int) -> list[int]:
    """The head above a line of dashes and the rows below it, as long as they have bars."""
    found = [rule - 1] if rule and "|" in lines[rule - 1] else []
    for i in range(rule + 1, len(lines)):
        if not _BAR.search(lines[i]):
            break
        found.append(i)
    return found


def _row(line: str) -> str:
    """The first and the last bar only frame the row."""
    body = line.strip()
    framed = list(_BAR.sub("\t", line))
    for at, has in ((line.find("|"), body.startswith("|")), (line.rfind("|"), body.endswith("|") and len(body) > 1)):
        if has:
            framed[at] = " "
    return "".join(framed)
