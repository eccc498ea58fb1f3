"""PostgreSQL: every table copied within one REPEATABLE READ transaction, without a system package.

pg_dump must be installed and be as new as the server, and its file cannot be checked without a server. Here a row is a
line of text, so that rows are counted by whoever has the file; the tables are made by guatu's own migrations
(docs/decisions/0009-backup-format.md).
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils.translation import gettext as _

from guatu.web.base.backup.container import PIECE
from guatu.web.base.backup.driver import driver
from guatu.web.base.backup.manifest import Manifest, Table, differs
from guatu.web.base.backup.problems import BackupError
from guatu.web.base.backup.snapshot import FILES_NAMED, MIGRATIONS, Snapshot, packed

# Tables of extensions come with these.
_TABLES = """
SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace JOIN pg_attribute a ON a.attrelid = c.oid
WHERE n.nspname = current_schema() AND c.relkind = 'r' AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')
GROUP BY c.relname ORDER BY c.relname"""
_SEQUENCES = "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = current_schema() AND last_value > 0"


class PostgreSQL:
    def take(self, work: Path) -> Snapshot:
        found = Snapshot(work)
        own = connection.copy()
        own.ensure_connection()
        try:
            with own.connection.cursor() as cursor:
                # The snapshot is of the moment of the first statement after this one: what was committed before is in
                # it.
                cursor.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
                tables = cursor.execute(_TABLES).fetchall()
                if "django_migrations" not in dict(tables):
                    raise BackupError(_("数据库还是空的,没有可备份的内容。"))
                found.migrations = tuple(cursor.execute(MIGRATIONS).fetchall())
                for name, columns in tables:
                    found.tables[name] = _copy_out(cursor, name, columns, found)
                found.sequences = dict(cursor.execute(_SEQUENCES).fetchall())
                found.name_files(_lines(cursor, FILES_NAMED))
                cursor.execute("COMMIT")
        finally:
            own.close()
        return found

    def check(self, work: Path, manifest: Manifest) -> None:
        """Without a server: the rows of each table are counted. Loading them is what `load` does."""
        for name, table in manifest.tables.items():
            rows = sum(piece.count(b"\n") for piece in _plain(work, name))
            if rows != table.rows:
                raise differs(name, table.rows, rows)

    def load(self, work: Path, manifest: Manifest) -> tuple[str, ...]:
        _migrate_to(manifest.migrations)
        connection.ensure_connection()
        try:
            with connection.connection.transaction(), connection.connection.cursor() as cursor:
                return _fill(cursor, work, manifest)
        except driver().DatabaseError as error:
            raise BackupError(_("备份中的数据装不进数据库:%(reason)s") % {"reason": error}) from error


def is_empty() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        return cursor.fetchone() is None


def empty() -> None:
    """Takes away the tables of a restore that failed; the database was empty before it."""
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute(_TABLES)
        for name, _columns in cursor.fetchall():
            cursor.execute(f"DROP TABLE IF EXISTS {_quoted(name)} CASCADE")


def _quoted(*names: str) -> str:
    return ", ".join(connection.ops.quote_name(name) for name in names)


def _member(table: str) -> str:
    return f"database/{table}.copy.gz"


def _copy_out(cursor: Any, name: str, columns: list[str], into: Snapshot) -> Table:
    path = into.work / f"{name}.copy.gz"
    rows = 0
    with packed(path) as out, cursor.copy(f"COPY {_quoted(name)} ({_quoted(*columns)}) TO STDOUT") as copy:
        for line in copy:
            out.write(line)
            rows += 1
    into.members[_member(name)] = path
    return Table(rows, tuple(columns))


def _lines(cursor: Any, query: str) -> Iterator[tuple[str, str]]:
    """Rows of two texts by COPY, which holds none of them in memory."""
    with cursor.copy(f"COPY ({query}) TO STDOUT") as copy:
        copy.set_types(["text", "text"])
        yield from copy.rows()


def _plain(work: Path, table: str) -> Iterator[bytes]:
    try:
        with gzip.open(work / _member(table), "rb") as source:
            while piece := source.read(PIECE):
                yield piece
    except (gzip.BadGzipFile, EOFError, zlib.error, FileNotFoundError) as error:
        raise BackupError(_("备份中的数据库打不开(%(name)s)。请换一份备份。") % {"name": _member(table)}) from error


def _migrate_to(recorded: Iterable[tuple[str, str]]) -> None:
    """Makes the tables as they were when the backup was made."""
    executor = MigrationExecutor(connection)
    nodes, known = executor.loader.graph.node_map, set(recorded)
    if known <= set(nodes):
        executor.migrate(
            [key for key in known if not {child.key for child in nodes[key].children} & _of(key[0], known)]
        )
    if set(executor.recorder.applied_migrations()) != known:
        raise BackupError(_("备份的数据库结构无法用本版本重新建立。请安装备份时的版本恢复,再升级。"))


def _of(app: str, migrations: set[tuple[str, str]]) -> set[tuple[str, str]]:
    return {key for key in migrations if key[0] == app}


def _fill(cursor: Any, work: Path, manifest: Manifest) -> tuple[str, ...]:
    """Names of tables that no migration makes, and that are left out therefore."""
    here = dict(cursor.execute(_TABLES).fetchall())
    # Migrations write rows of their own, which the backup has as well; triggers have done their work when it was made.
    cursor.execute(f"TRUNCATE {_quoted(*here)} RESTART IDENTITY")
    for name in here:
        cursor.execute(f"ALTER TABLE {_quoted(name)} DISABLE TRIGGER USER")
    for name, table in ((name, table) for name, table in manifest.tables.items() if name in here):
        with cursor.copy(f"COPY {_quoted(name)} ({_quoted(*table.columns)}) FROM STDIN") as copy:
            for piece in _plain(work, name):
                copy.write(piece)
        if cursor.rowcount != table.rows:
            raise differs(name, table.rows, cursor.rowcount)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    for name in here:
        cursor.execute(f"ALTER TABLE {_quoted(name)} ENABLE TRIGGER USER")
    for name, last in manifest.sequences.items():
        cursor.execute("SELECT setval(to_regclass(%s), %s)", (_quoted(name), last))
    return tuple(sorted(set(manifest.tables) - set(here)))
