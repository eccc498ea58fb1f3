"""SQLite: the database copied by its online backup, page by page, within one read transaction.

Copying the file misses what lies in the write-ahead log beside it; VACUUM INTO is as right, but builds every index
anew. Writers go on meanwhile: with a write-ahead log a reader stops nobody.
"""

from __future__ import annotations

import gzip
import shutil
import sqlite3
import zlib
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from django.db import DatabaseError, connection, connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.utils.translation import gettext as _

from guatu.web.base.backup.container import PIECE
from guatu.web.base.backup.manifest import Manifest, Table, differs
from guatu.web.base.backup.problems import BackupError
from guatu.web.base.backup.snapshot import FILES_NAMED, MIGRATIONS, Snapshot, packed, unpack

MEMBER = "database/guatu.sqlite3.gz"
_TABLES = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite~_%' ESCAPE '~' ORDER BY name"


class SQLite:
    def take(self, work: Path) -> Snapshot:
        source = Path(connection.settings_dict["NAME"])
        if not source.exists():
            raise BackupError(_("%(folder)s 里没有数据库。请用 --data 指明数据文件夹。") % {"folder": source.parent})
        found, copy = Snapshot(work), work / "copy.sqlite3"
        copy_database(source, copy)
        with closing(sqlite3.connect(copy)) as database:
            found.tables = {name: Table(count) for name, count in _counts(database)}
            if "django_migrations" not in found.tables:
                raise BackupError(_("%(folder)s 里的数据库还是空的,没有可备份的内容。") % {"folder": source.parent})
            found.migrations = tuple((app, name) for app, name in database.execute(MIGRATIONS))
            found.name_files(database.execute(FILES_NAMED))
        found.members[MEMBER] = work / "copy.gz"
        with copy.open("rb") as plain, packed(found.members[MEMBER]) as out:
            shutil.copyfileobj(plain, out, PIECE)
        copy.unlink()
        return found

    def check(self, work: Path, manifest: Manifest) -> None:
        copy = work / "check.sqlite3"
        self._unpack(work, copy)
        try:
            _check(copy, manifest)
        finally:
            copy.unlink()

    def load(self, work: Path, manifest: Manifest) -> tuple[str, ...]:
        target = Path(connection.settings_dict["NAME"])
        connection.close()
        self._unpack(work, target)
        target.chmod(0o600)
        _check(target, manifest)
        return ()

    def _unpack(self, work: Path, target: Path) -> None:
        try:
            unpack(work / MEMBER, target)
        except (gzip.BadGzipFile, EOFError, zlib.error, FileNotFoundError) as error:
            raise BackupError(_("备份中的数据库打不开(%(name)s)。请换一份备份。") % {"name": MEMBER}) from error


def copy_database(source: Path, target: Path) -> None:
    """Everything committed before the call; the copy is one file, whole without a log beside it."""
    address = f"{source.as_uri()}?mode=rw"
    with closing(sqlite3.connect(address, uri=True, timeout=60)) as live, closing(sqlite3.connect(target)) as copy:
        copy.execute("PRAGMA synchronous = OFF")  # the archive is what must reach the disk
        live.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")


def _counts(database: sqlite3.Connection) -> Iterator[tuple[str, int]]:
    for (name,) in database.execute(_TABLES).fetchall():
        yield name, _count(database, name)


def _count(database: Any, table: str) -> int:
    quoted = table.replace('"', '""')
    return int(database.execute(f'SELECT COUNT(*) FROM "{quoted}"').fetchone()[0])


@contextmanager
def _opened(path: Path) -> Iterator[Any]:
    """A cursor on a copy, by a connection like the county's: indexes may use functions that Django brings."""
    kept = connections["default"].settings_dict
    copy: BaseDatabaseWrapper = type(connections["default"])({**kept, "NAME": path, "OPTIONS": {}}, "backup")
    try:
        with copy.cursor() as cursor:
            yield cursor
    finally:
        copy.close()


def _check(path: Path, manifest: Manifest) -> None:
    try:
        with _opened(path) as cursor:
            _check_whole(cursor)
            _check_rows(cursor, manifest)
    except DatabaseError as error:
        raise BackupError(_("备份中的数据库打不开:%(reason)s") % {"reason": error}) from error


def _check_whole(cursor: Any) -> None:
    said = [row[0] for row in cursor.execute("PRAGMA integrity_check(3)").fetchall()]
    if said != ["ok"]:
        raise BackupError(_("备份中的数据库有损坏:%(reason)s") % {"reason": "; ".join(said)})
    if broken := cursor.execute("PRAGMA foreign_key_check").fetchone():
        raise BackupError(
            _("备份中的数据库有断开的关联:%(table)s 第 %(row)s 行指向的 %(parent)s 不存在。")
            % {"table": broken[0], "row": broken[1], "parent": broken[2]}
        )


def _check_rows(cursor: Any, manifest: Manifest) -> None:
    names = {row[0] for row in cursor.execute(_TABLES).fetchall()}
    for name in sorted(names | set(manifest.tables)):
        found = _count(cursor, name) if name in names else None
        said = manifest.tables[name].rows if name in manifest.tables else None
        if found != said:
            raise differs(name, said, found)
    if tuple(cursor.execute(MIGRATIONS).fetchall()) != manifest.migrations:
        raise BackupError(_("备份中的数据库与说明不符:数据库结构的版本不同。"))
