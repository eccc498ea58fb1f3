"""How the tables of a plan's text were understood: those that a person has to look at come first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from guatu.web.ledger.models import PlanVersion

KINDS = {
    "tasks": _("任务表"),
    "figures": _("数据表"),
    "scoring": _("评分表"),
    "contacts": _("联系人表"),
    "other": _("没有读成任务"),
}


@dataclass(frozen=True)
class TableLine:
    """A table of the text: `number` counts from 1 for people, `index` from 0 for the compiler."""

    index: int
    line: int
    kind: str
    rows: int
    tasks: int
    unread: int
    guessed: bool
    columns: tuple[tuple[int, str, bool], ...]
    """Index, head, and whether it is the one of the tasks."""

    @property
    def number(self) -> int:
        return self.index + 1

    @property
    def words(self) -> Any:
        return KINDS.get(self.kind, self.kind)

    @property
    def unsure(self) -> bool:
        """Whether somebody should look at it before the ledger is believed."""
        return self.guessed or self.unread > 0


def read_tables(version: PlanVersion) -> list[TableLine]:
    """All tables of a version, those to be looked at first; none where it was compiled before tables were told."""
    found = [_line(index, one, version.text) for index, one in enumerate((version.compiled or {}).get("tables", ()))]
    return sorted(found, key=lambda line: (not line.unsure, line.index))


def _line(index: int, table: dict[str, Any], text: str) -> TableLine:
    chosen = table["task_column"]
    return TableLine(
        index,
        text.count("\n", 0, table["span"][0]) + 1,
        table["kind"],
        table["rows"],
        table["as_task"],
        table["unread"],
        table["guessed"],
        tuple((at, column["head"], at == chosen) for at, column in enumerate(table["columns"])),
    )
