"""What a file comes to: cases that are new, those that are here already, and what is wrong with the rest."""

from __future__ import annotations

import datetime
from dataclasses import dataclass, field
from typing import Any

from guatu.web.base.language import language
from guatu.web.cases.actions.open_case import OpenCase
from guatu.web.cases.library import class_name
from guatu.web.kit.sheets import CellError

MOST_SHOWN = 200


@dataclass(frozen=True)
class New:
    """A case to be made of a row."""

    row: int
    number: str
    case: OpenCase
    reported_at: datetime.datetime | None = None
    more: Any = None
    """The patch, where it is one."""


@dataclass(frozen=True)
class Same:
    row: int
    case: int


@dataclass(frozen=True)
class Likely:
    """A row that may be the same matter as an open case, or as another row."""

    row: int
    why: str
    case: int | None = None


@dataclass
class Wanted:
    rows: int = 0
    new: list[New] = field(default_factory=list)
    same: list[Same] = field(default_factory=list)
    errors: list[CellError] = field(default_factory=list)
    warnings: list[CellError] = field(default_factory=list)
    likely: list[Likely] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    shapes: list[dict[str, Any]] = field(default_factory=list)

    def fail(self, row: int, column: object, value: object, message: object) -> None:
        self.errors.append(CellError(row, str(column), str(value)[:60], str(message)))

    def bad_rows(self) -> int:
        return len({error.row for error in self.errors})

    def as_json(self) -> dict[str, Any]:
        """What the page shows before anything is written."""
        return {
            "rows": self.rows,
            "new": len(self.new),
            "same": len(self.same),
            "bad_rows": self.bad_rows(),
            "errors": [error.as_json() for error in sorted(self.errors, key=lambda one: one.row)],
            "warnings": [one.as_json() for one in sorted(self.warnings, key=lambda one: one.row)],
            "likely": [[one.row, one.why, one.case] for one in self.likely[:MOST_SHOWN]],
            "likely_count": len(self.likely),
            "sample": [_shown(one) for one in self.new[:MOST_SHOWN]],
            "same_cases": [[one.row, one.case] for one in self.same[:MOST_SHOWN]],
            "unknown": self.unknown,
            "shapes": self.shapes,
        }


def _shown(new: New) -> dict[str, Any]:
    case = new.case
    place = case.address or (f"{case.lon:.6f}, {case.lat:.6f}" if case.lon is not None and case.lat is not None else "")
    name = class_name(case.pack, case.class_code, language()) if case.class_code else ""
    return {"row": new.row, "class": f"{case.class_code} {name}", "text": case.text[:120], "place": place}
