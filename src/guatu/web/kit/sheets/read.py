"""Reading a filled-in spreadsheet: every cell that cannot be taken is listed, with its row and column."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from guatu.adapters.readers import ReadError
from guatu.adapters.readers.base.places import cell_name
from guatu.adapters.tables import TEXTS, WORKBOOKS, Asked, read_cells
from guatu.core.fields.normal import compared
from guatu.web.base.language import joined
from guatu.web.base.problems import Invalid, Problem
from guatu.web.base.reading import not_read
from guatu.web.kit.field import Field

MOST_ROWS = 20_000
HEAD_WITHIN = 10
"""The line of heads is among so many first lines: above it there may be a title."""
MOST_COLUMNS = 200
MOST_LINES = 50_000
"""Lines of the sheet, empty ones and notes among them."""
_QUOTED = ("'=", "'+", "'-", "'@")
_REMARK = re.compile(r"\([^()]*\)$")
"""What stands in brackets behind a head: 姓名(必填)."""
_TEXT_FORMULA = re.compile(r"=\s*[-+(\w]")


@dataclass(frozen=True)
class CellError:
    """What is wrong, where: `row` is the line number of the spreadsheet, `column` the label ("" for the whole row)."""

    row: int
    column: str
    value: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "value": self.value, "message": self.message}


@dataclass(frozen=True)
class SheetRow:
    """A line with what could be read of it; empty cells are absent. `cells` is the line as it stood, for the
    error list."""

    number: int
    values: dict[str, Any]
    cells: tuple[Any, ...] = ()


@dataclass
class Sheet:
    """All lines, those with errors too; `unknown` are heads that belong to no column."""

    heads: list[str]
    rows: list[SheetRow]
    places: dict[str, int] = field(default_factory=dict)
    """Keys of the columns that are there, filled or not, and where each stands in a line, from 0."""
    errors: list[CellError] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    def bad_rows(self) -> set[int]:
        return {error.row for error in self.errors}

    def written(self, row: SheetRow, key: str) -> str:
        """A cell as it stands in the line, for whoever has to find it there."""
        at = self.places.get(key, len(row.cells))
        return str(row.cells[at]) if at < len(row.cells) else ""


def read_sheet(
    data: bytes,
    name: str,
    columns: Sequence[Field],
    most: int = MOST_ROWS,
    *,
    texts: bool = False,
    alive: Callable[[], None] | None = None,
) -> Sheet:
    """The first visible sheet of an xlsx file, or a csv file where `texts` is so.

    Raises:
        Invalid: at `file`, where the file as a whole cannot be taken: not xlsx, damaged, protected, unpacking to more
            than the limits, without the heads of required columns, without or with too many lines.
    """
    try:
        values, formulas = _cells(data, name, texts, alive)
    except ReadError as error:
        raise not_read(error) from error
    sheet = sheet_of(values, formulas, columns, most)
    if not sheet.rows:
        raise Invalid(_("表头下没有内容,请填写后再上传。"), field="file", code="sheet.empty")
    return sheet


def sheet_of(
    values: list[list[Any]], formulas: frozenset[tuple[int, int]], columns: Sequence[Field], most: int
) -> Sheet:
    """The lines below the heads, of which there may be none. Raises `Invalid` at `file` as `read_sheet`."""
    at, heads, places = _find_heads(values, [column.bound() for column in columns])
    standing = {column.name: n for n, column in places.items()}
    sheet = Sheet([_plain_head(cell) for cell in heads], [], standing)
    sheet.unknown = [head for n, head in enumerate(sheet.heads) if head and n not in places]
    lines = [(n, line) for n, line in enumerate(values[at + 1 :], at + 2) if any(_filled(cell) for cell in line)]
    if len(lines) > most:
        said = _("共 %(found)d 行,一次最多 %(most)d 行,请拆分后分别上传。") % {"found": len(lines), "most": most}
        raise Invalid(said, field="file", code="sheet.too-long")
    for number, line in lines:
        sheet.rows.append(_row(number, line, places, formulas, sheet.errors))
    return sheet


def sheet_of_rows(rows: Sequence[Mapping[str, Any]], columns: Sequence[Field]) -> Sheet:
    """Lines that come by no file, by the names of their columns; the first has the number 1."""
    places = dict(enumerate(column.bound() for column in columns))
    sheet = Sheet([str(column.label) for column in columns], [], {column.name: n for n, column in places.items()})
    for number, row in enumerate(rows, 1):
        cells = [row.get(column.name, "") for column in columns]
        sheet.rows.append(_row(number, cells, places, frozenset(), sheet.errors))
    return sheet


def _cells(
    data: bytes, name: str, texts: bool, alive: Callable[[], None] | None
) -> tuple[list[list[Any]], frozenset[tuple[int, int]]]:
    """Values of the first visible sheet from its cell A1 on, and the cells (row, column, from 1) that are formulas.

    In a text those are formulas that a spreadsheet would take for some. The apostrophe that our own exports put before
    such a text is taken off: it comes back as it was.
    """
    suffixes = (*WORKBOOKS, *TEXTS) if texts else WORKBOOKS
    cells = read_cells(data, Asked(name, MOST_LINES, MOST_COLUMNS), suffixes, alive=alive)
    if Path(name).suffix.lower() not in TEXTS:
        return cells.rows, cells.formulas
    rows = cells.rows
    formulas = {(r, c) for r, row in enumerate(rows, 1) for c, cell in enumerate(row, 1) if _TEXT_FORMULA.match(cell)}
    return [[cell[1:] if cell[:2] in _QUOTED else cell for cell in row] for row in rows], frozenset(formulas)


def _find_heads(values: list[list[Any]], columns: Sequence[Field]) -> tuple[int, list[Any], dict[int, Field]]:
    """The last line of the heads, the heads, and the column that stands at each place.

    Heads of two lines, where some are merged over both, are read as one line: what the lower one leaves empty stands in
    the upper one.
    """
    by_label = _labels(columns)
    best: tuple[int, list[Any], dict[int, Field]] = (0, values[0] if values else [], {})
    above: list[Any] = []
    for at, line in enumerate(values[:HEAD_WITHIN]):
        for heads in (line, _over(above, line)):
            places = _places(heads, by_label)
            if len(places) > len(best[2]):
                best = (at, heads, places)
        above = line
    missing = [str(c.label) for c in columns if c.required and c not in best[2].values()]
    if missing:
        raise Invalid(
            _("没有找到必填的列:%(missing)s。请用下载的模板填写,不要改动表头。") % {"missing": joined(missing)},
            field="file",
            code="sheet.heads",
        )
    return best


def _places(heads: Sequence[Any], by_label: Mapping[str, Field]) -> dict[int, Field]:
    found: dict[int, Field] = {}
    for n, cell in enumerate(heads):
        column = by_label.get(_key(cell)) or by_label.get(_REMARK.sub("", _key(cell)))
        if column is not None and column not in found.values():
            found[n] = column
    return found


def _over(above: list[Any], line: list[Any]) -> list[Any]:
    """A line of heads with those of the line above it where it has none."""
    wide = max(len(above), len(line))
    pairs = zip(above + [""] * (wide - len(above)), line + [""] * (wide - len(line)), strict=True)
    return [low if _filled(low) else high for high, low in pairs]


def _labels(columns: Sequence[Field]) -> dict[str, Field]:
    """Columns by their label in every language, by their key, and by the other words for them."""
    from django.conf import settings
    from django.utils import translation

    found = {_key(head): column for column in columns for head in column.heads}
    found |= {_key(column.name): column for column in columns}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            found |= {_key(column.label): column for column in columns}
    found.pop("", None)
    return found


def _key(head: Any) -> str:
    """A head to be compared: 姓 名* and 姓名 are one."""
    return compared(_plain_head(str(head))).lower().rstrip(":") if _filled(head) else ""


def _plain_head(cell: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"[*＊]", "", str(cell))).strip() if _filled(cell) else ""


def _row(
    number: int,
    line: list[Any],
    places: dict[int, Field],
    formulas: frozenset[tuple[int, int]],
    errors: list[CellError],
) -> SheetRow:
    values: dict[str, Any] = {}
    for n, column in places.items():
        cell = line[n] if n < len(line) else ""
        try:
            if (number, n + 1) in formulas:
                raise Invalid(
                    _("单元格 %(cell)s 是公式。请复制后用“选择性粘贴—数值”换成结果。")
                    % {"cell": cell_name(n + 1, number)}
                )
            if _filled(cell):
                values[column.name] = column.read(cell)
            elif column.required:
                raise Invalid(_("不能为空。"))
        except Problem as problem:
            errors.append(CellError(number, str(column.label), str(cell)[:60], str(problem.message)))
    return SheetRow(number, values, tuple(line))


def _filled(cell: Any) -> bool:
    return cell is not None and (not isinstance(cell, str) or bool(cell.strip()))
