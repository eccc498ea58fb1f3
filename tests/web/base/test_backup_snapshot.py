"""The copy of a SQLite database that is being written: every transaction committed before it is in it, and none is torn."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from guatu.web.base.backup.sqlite import copy_database

COPIES = 10
PADDING = "x" * 3000


@pytest.fixture
def live(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """A database with a write-ahead log that nobody has folded into the file yet, as under a server."""
    with closing(sqlite3.connect(tmp_path / "live.sqlite3", isolation_level=None, check_same_thread=False)) as found:
        found.execute("PRAGMA journal_mode = WAL")
        found.execute("CREATE TABLE report (number INTEGER, text TEXT)")
        found.execute("CREATE TABLE line (number INTEGER)")
        yield found


def report(live: sqlite3.Connection, number: int) -> None:
    """A report and its audit line in one transaction."""
    live.execute("BEGIN IMMEDIATE")
    live.execute("INSERT INTO report VALUES (?, ?)", (number, PADDING))
    live.execute("INSERT INTO line VALUES (?)", (number,))
    live.execute("COMMIT")


def found_in(path: Path) -> tuple[int, int, str]:
    with closing(sqlite3.connect(path)) as copy:
        reports, lines = (copy.execute(f"SELECT COUNT(*) FROM {name}").fetchone()[0] for name in ("report", "line"))
        return reports, lines, copy.execute("PRAGMA integrity_check").fetchone()[0]


def test_what_lies_in_the_write_ahead_log_is_in_the_copy(live: sqlite3.Connection, tmp_path: Path) -> None:
    for number in range(3):
        report(live, number)
    copy_database(tmp_path / "live.sqlite3", tmp_path / "copy.sqlite3")
    assert found_in(tmp_path / "copy.sqlite3") == (3, 3, "ok")
    assert sorted(path.name for path in tmp_path.glob("copy*")) == ["copy.sqlite3"], "one file, without a log beside it"


def test_no_copy_under_load_is_torn_or_lacks_what_was_committed_before_it(
    live: sqlite3.Connection, tmp_path: Path
) -> None:
    committed, stop = [0], threading.Event()

    def write() -> None:
        while not stop.is_set():
            report(live, committed[0])
            committed[0] += 1

    writer = threading.Thread(target=write)
    writer.start()
    try:
        taken = []
        for number in range(COPIES):
            while committed[0] < 50 * (number + 1):
                stop.wait(0.005)
            before = committed[0]
            copy_database(tmp_path / "live.sqlite3", tmp_path / f"{number}.sqlite3")
            taken.append((number, before))
    finally:
        stop.set()
        writer.join()
    for number, before in taken:
        reports, lines, whole = found_in(tmp_path / f"{number}.sqlite3")
        assert (lines, whole) == (reports, "ok")
        assert reports >= before
