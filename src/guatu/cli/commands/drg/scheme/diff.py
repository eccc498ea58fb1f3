"""guatu drg scheme diff: what two schemes have different."""

import json
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import click

from guatu.cli.commands.drg import _shared
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say
from guatu.cli.shell import Command

if TYPE_CHECKING:
    from guatu.engines.drg.scheme.difference import Difference
    from guatu.engines.drg.scheme.rows import Tables

MESSAGES = {
    **_shared.MESSAGES,
    "drg.scheme.diff.short": ("比较两个分组方案", "Compare two grouping schemes"),
    "drg.scheme.diff.help": (
        "比较两个分组方案：逐表逐行列出新增（+）、删除（-）、改动（~）。城市方案先与它的基础方案合并。",
        "Compare two grouping schemes: rows added (+), removed (-) and changed (~), table by table. A city's variant is"
        " laid over its base first.",
    ),
    "drg.scheme.diff.format": ("text 或 json。", "text or json."),
    "drg.scheme.diff.sum": (
        "新增 {added}，删除 {removed}，改动 {changed}",
        "{added} added, {removed} removed, {changed} changed",
    ),
}
_SIGNS = {"added": "+", "removed": "-", "changed": "~"}


def build(say: Say) -> click.Command:
    params = [
        click.Argument(["old"], metavar="OLD"),
        click.Argument(["new"], metavar="NEW"),
        click.Option(
            ["--format", "shown"], type=click.Choice(["text", "json"]), default="text", metavar="text|json",
            help=say("drg.scheme.diff.format"),
        ),
    ]  # fmt: skip
    return Command("diff", say, partial(run, say), params, key="drg.scheme.diff")


def run(say: Say, old: str, new: str, shown: str) -> int:
    from guatu.engines.drg.scheme.difference import differences

    found = list(differences(_tables(old, say), _tables(new, say)))
    counts = {change: sum(one.change == change for one in found) for change in _SIGNS}
    if shown == "json":
        rows = [
            {
                "table": one.table,
                "key": list(one.key),
                "change": one.change,
                "cells": [list(cell) for cell in one.cells],
            }
            for one in found
        ]
        print(json.dumps({"counts": counts, "rows": rows}, ensure_ascii=False, indent=1))
        return Exit.OK
    for one in found:
        print(_line(one))
    print(say("drg.scheme.diff.sum", **counts))
    return Exit.OK


def _line(one: "Difference") -> str:
    cells = "  ".join(
        f"{column}: {old} -> {new}" if one.change == "changed" else f"{column}: {old or new}"
        for column, old, new in one.cells
    )
    return f"{_SIGNS[one.change]} {one.table}  {' '.join(one.key)}  {cells}".rstrip()


def _tables(folder: str, say: Say) -> "Tables":
    from guatu.engines.drg.scheme.loader import tables_of

    _, tables = tables_of(Path(folder))
    errors = [finding for finding in tables.findings if finding.severity == "error"]
    if errors:
        lines = [_shared.finding_line(Path(folder), finding, say) for finding in errors]
        raise Stop(Exit.INPUT, "\n".join(lines))
    return tables
