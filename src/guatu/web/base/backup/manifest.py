"""What a backup says of itself: the first member, and the report on its files, the last but one."""

from __future__ import annotations

import datetime
import re
from typing import Literal

import msgspec
from django.utils.translation import gettext as _

from guatu import __version__
from guatu.web.base.backup.container import FILES, MANIFEST
from guatu.web.base.backup.problems import BackupError

FORMAT = 1
LARGEST = 4 << 20
MOST_NAMED = 1000


class Table(msgspec.Struct, frozen=True):
    """`columns` are those that were copied, in their order (PostgreSQL; empty for SQLite, which is copied whole)."""

    rows: int
    columns: tuple[str, ...] = ()


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """`files` is the number of different files that the rows name; `sequences` the last number each has given."""

    format: int
    product: str
    made_at: datetime.datetime
    database: Literal["sqlite", "postgresql"]
    secret: Literal["inside", "environment"]
    migrations: tuple[tuple[str, str], ...]
    tables: dict[str, Table]
    sequences: dict[str, int]
    files: int

    @property
    def rows(self) -> int:
        return sum(table.rows for table in self.tables.values())


class FilesReport(msgspec.Struct, frozen=True, kw_only=True):
    """Files in the backup, and those that were not as the database says: named up to `MOST_NAMED`, counted all."""

    count: int = 0
    bytes: int = 0
    missing: int = 0
    damaged: int = 0
    named: tuple[tuple[Literal["missing", "damaged"], str, str], ...] = ()
    """What is wrong, the SHA-256, and the name under which the file was uploaded."""


class _Versions(msgspec.Struct):
    format: int
    product: str


def encoded(thing: msgspec.Struct) -> bytes:
    return msgspec.json.format(msgspec.json.encode(thing), indent=1) + b"\n"


def decoded_manifest(content: bytes) -> Manifest:
    """Raises `BackupError` for what this version cannot read, naming both versions where it is newer."""
    try:
        versions = msgspec.json.decode(content, type=_Versions)
        if versions.format > FORMAT or _number(versions.product) > _number(__version__):
            raise BackupError(
                _("备份由 guatu %(theirs)s 写成,本机是 %(ours)s,不能恢复较新版本的备份。请先升级 guatu。")
                % {"theirs": versions.product, "ours": __version__}
            )
        return msgspec.json.decode(content, type=Manifest)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise _unreadable(MANIFEST, error) from error


def decoded_files(content: bytes) -> FilesReport:
    try:
        return msgspec.json.decode(content, type=FilesReport)
    except (msgspec.DecodeError, UnicodeError) as error:
        raise _unreadable(FILES, error) from error


def differs(table: str, said: int | None, found: int | None) -> BackupError:
    """The rows of a table are not as many as the manifest says."""
    return BackupError(
        _("备份中的数据库与说明不符:%(table)s 应有 %(said)s 行,实有 %(found)s 行。")
        % {"table": table, "said": said, "found": found}
    )


def _unreadable(name: str, error: Exception) -> BackupError:
    return BackupError(_("备份文件的说明(%(name)s)读不懂:%(reason)s") % {"name": name, "reason": error})


def _number(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version)[:3])
