"""What a reporter is shown before sending a figure, and the reviewer after. One check a file, registered by being
there.

A check is a module of this package with `KIND`, `LIMIT` (what its limit means, in both languages) and
`check(figure, limit) -> Iterator[dict]`, which yields the words of the message. Which checks hold for a figure, with
which limit and how severely, is data.
"""

from guatu.core.dispatch.checks.figure import CheckRow, Figure
from guatu.core.dispatch.checks.registry import Check, check_figure, check_rows, checks

__all__ = ["Check", "CheckRow", "Figure", "check_figure", "check_rows", "checks"]
