"""Rows are cut off in few places, each of which says how many there are: nothing is cut before it is filtered.

What is looked for are slices of querysets, of `list(...)` and `sorted(...)`, and of names that rows usually bear. A page is
Django's `Paginator`, `base.keyset` or `base.paging`; a part that is shown says so by `base.shown`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "guatu" / "web"
HOMES = {"kit/keyset.py", "kit/paging.py", "base/shown.py"}
METHODS = {
    "all",
    "filter",
    "exclude",
    "order_by",
    "values",
    "values_list",
    "select_related",
    "defer",
    "only",
    "distinct",
}
NAMES = {
    "rows",
    "found",
    "hits",
    "cases",
    "items",
    "lines",
    "errors",
    "shown",
    "reports",
    "tasks",
    "pks",
    "ids",
    "pairs",
}
# By file and what is cut: why nothing is lost by it.
RIGHT = {
    "base/housekeeping.py": "what is cleared, in parts until nothing is left",
    "base/puzzles.py": "bytes of a digest",
    "base/settings_table.py": "the value in force, one row",
    "base/slowdowns.py": "a table that is kept small forgets what slows nobody down first",
    "cases/flow_limits.py": "a row of the table is put in another place",
    "cases/selectors/flow_versions.py": "the version before the last of the page, one row",
    "cases/selectors/open311.py": "a page as GeoReport has it, with the count of all and the way to the next",
    "directory/selectors/tree.py": "the name in force, one row",
    "kit/offered.py": "a page of a list, with the count of all and the way to the next",
    "kit/importing/pages.py": "errors on the page; all of them are in the file, and their number is said",
    "dispatch/selectors/period_facts.py": "the periods of a course, by design the last ones",
    "dispatch/selectors/light_pages.py": "the last thirteen periods of one light",
    "dispatch/selectors/reopening.py": "names in a message, which says how many there are",
    "dispatch/selectors/report_lists.py": "the reason of the last return, one row",
    "dispatch/views/reviews.py": "the last six lights of one task",
    "dispatch/selectors/acts.py": "the last periods and orders of one task and unit, as the facts of one act",
    "dispatch/selectors/steps.py": "the last event of a climb, one row",
    "example/notices.py": "some of each kind, for the example county",
    "dispatch/selectors/wall.py": "pages of the screen on the wall, one after the other, the last with the number left out",
    "drg/words.py": "findings in a message, which says how many more",
    "example/supervision.py": "of the invented county, some reports have a problem",
    "intake/views/intake.py": "of a job's result; the numbers beside it count all",
    "ledger/sheet_heads.py": "the head of a file",
    "public/actions/put_up_release.py": "in a message; the page shows all of them",
    "public/notices.py": "faults in a message, which says how many more",
    "public/views/feeds.py": "the latest, as feeds have them; as many addresses as a map of a site may hold",
    "public/views/open.py": "the latest, with a way to all",
    "ledger/views/checks.py": "with the number of all, and a way to them",
}


def cuts(path: Path) -> Iterator[tuple[int, str]]:
    """Lines with a slice of what may be rows, with an upper end."""
    text = path.read_text(encoding="utf-8")
    for node in ast.walk(ast.parse(text)):
        cut = isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice) and node.slice.upper is not None
        if cut and _rows(node.value):
            yield node.lineno, ast.unparse(node)


def _rows(value: ast.expr) -> bool:
    if isinstance(value, ast.Call):
        function = value.func
        if isinstance(function, ast.Attribute):
            return function.attr in METHODS
        return isinstance(function, ast.Name) and function.id in ("list", "sorted")
    if isinstance(value, ast.Subscript) and isinstance(value.slice, ast.Constant):
        return value.slice.value in NAMES
    name = value.attr if isinstance(value, ast.Attribute) else value.id if isinstance(value, ast.Name) else ""
    return name in NAMES


def found() -> dict[str, list[tuple[int, str]]]:
    files = {
        path.relative_to(WEB).as_posix(): path for path in sorted(WEB.rglob("*.py")) if "migrations" not in path.parts
    }
    return {name: list(cuts(path)) for name, path in files.items() if name not in HOMES}


def test_rows_are_cut_off_only_where_nothing_is_lost() -> None:
    unknown = {name: places for name, places in found().items() if places and name not in RIGHT}
    assert not unknown, (
        f"{unknown}: rows are cut off here. Filter and sort them first, then page them (Paginator, base.keyset,"
        " base.paging) or show the first with their number (base.shown); if nothing is lost, say why in RIGHT."
    )


def test_what_is_said_to_be_right_is_there() -> None:
    here = found()
    assert {name for name in RIGHT if not here.get(name)} == set()
