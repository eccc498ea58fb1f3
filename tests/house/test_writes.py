"""Rows are written by actions and by nothing else: there permission, change and audit line are one transaction."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.house.project import python

WEB = "src/guatu/web/"
# What writes under the actions, or for nobody. A folder stands for all in it.
BENEATH = {
    "base/backup/": "reads and restores a whole database, before there is a server",
    "base/clock.py": "the mark of the last run by the day, which no user makes",
    "base/files.py": "the row of an uploaded file, which an action stores",
    "base/housekeeping.py": "deletes what has had its time; it is nobody's work",
    "base/jobs.py": "the queue: leases and ends of jobs, which a worker writes",
    "base/models.py": "a new password ends all tokens, by whatever way it was set",
    "base/prepared.py": "the statements that actions hand their rows to",
    "base/signals.py": "audit lines of what allauth does on our behalf",
    "base/slowdowns.py": "counts of failed logins, of users whom nobody knows yet",
    "base/tokens.py": "when a token was last used",
    "example/": "the invented county, which a command loads into an empty database",
}
METHODS = {"save", "create", "delete", "bulk_create", "bulk_update", "get_or_create", "update_or_create", "execute"}
PREPARED = {"insert", "update"}
"""Of base.prepared: statements without a queryset."""


def writes(text: str) -> Iterator[tuple[int, str]]:
    """Lines that write rows, with what they call."""
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ImportFrom) and node.module == "guatu.web.base.prepared":
            yield from ((node.lineno, alias.name) for alias in node.names if alias.name in PREPARED)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and _writes(node, node.func):
            yield node.lineno, ast.unparse(node.func)


def _writes(call: ast.Call, function: ast.Attribute) -> bool:
    names = {function.attr, function.attr.removeprefix("a")}
    if "update" in names:
        # A dictionary, a set or a digest is given what it takes in; a queryset is given names of fields.
        return not call.args
    return bool(names & METHODS) and ast.unparse(function.value) != "super()"


def outside_actions() -> dict[str, list[tuple[int, str]]]:
    found = {}
    for name, text in python(WEB).items():
        file = name.removeprefix(WEB)
        if "/actions/" not in file and "/management/commands/" not in file:
            found[file] = list(writes(text))
    return {file: places for file, places in found.items() if places}


def home_of(file: str) -> str:
    return next((home for home in BENEATH if file == home or (home.endswith("/") and file.startswith(home))), "")


def test_nothing_outside_actions_writes() -> None:
    strange = {file: places for file, places in outside_actions().items() if not home_of(file)}
    assert strange == {}, "an action writes it: permission, change and audit line in one transaction"


def test_what_is_said_to_write_beneath_the_actions_does() -> None:
    assert {home_of(file) for file in outside_actions()} >= set(BENEATH)


@pytest.mark.parametrize(
    "line",
    [
        "Task.objects.create(title=title)",
        "Task.objects.filter(pk=1).update(state='open')",
        "Task.objects.filter(pk=1).update(**values)",
        "task.save(update_fields=['state'])",
        "task.delete()",
        "Task.objects.bulk_create(tasks)",
        "Task.objects.get_or_create(pk=1)",
        "await task.asave()",
        "cursor.execute('UPDATE ledger_task SET state = 1')",
        "from guatu.web.base.prepared import Prepared, insert",
    ],
)
def test_a_write_is_seen(line: str) -> None:
    assert list(writes(line))


@pytest.mark.parametrize("line", ["found.update({1: 2})", "digest.update(piece)", "super().save(*args)", "create(1)"])
def test_what_writes_no_row_is_none(line: str) -> None:
    assert not list(writes(line))
