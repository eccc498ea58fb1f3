"""`guatu restore`: a backup opened in a place of its own, brought up to this version, and tried.

The command runs with that place as its data folder; giving it its lasting name is left to who called.
"""

from __future__ import annotations

import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.loader import MigrationLoader
from django.utils.translation import gettext as _

from guatu import __version__
from guatu.web.base.backup import postgresql
from guatu.web.base.backup.container import SECRET
from guatu.web.base.backup.engines import engine, vendor
from guatu.web.base.backup.manifest import Manifest
from guatu.web.base.backup.problems import INCOMPLETE, BackupError, not_written
from guatu.web.base.backup.reading import Accept, Backup, read


@dataclass(frozen=True)
class Restored:
    """`migrated` is the number of migrations that this version added; `left_out` names tables that none of them
    makes."""

    backup: Backup
    migrated: int
    left_out: tuple[str, ...]


def restore(path: Path, passphrase: str) -> Restored:
    """Makes the backup the content of the data folder of the settings, which is new, and of the database, which is
    empty."""
    if vendor() == "sqlite":
        return _load(path, passphrase, _accept, nullcontext(), files=True)
    return _load(path, passphrase, _accept_into_empty, _emptied_if_it_fails(), files=True)


def verify(path: Path, passphrase: str) -> Restored:
    """The same in a place that is gone afterwards; files are compared with their sums and not written."""
    place = nullcontext() if vendor() == "sqlite" else _passing_database()
    return _load(path, passphrase, _accept, place, files=False)


def _load(path: Path, passphrase: str, accept: Accept, place: AbstractContextManager[None], *, files: bool) -> Restored:
    """Reads everything before the database is touched, which happens within `place`."""
    work = Path(settings.DATA) / "restoring"
    try:
        backup = read(path, passphrase, work, accept, files=files)
        with place:
            left_out = engine().load(work, backup.manifest)
            migrated = _migrate(backup.manifest)
        _place(work, files)
    except OSError as error:
        raise not_written(Path(settings.DATA), error) from error
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Restored(backup, migrated, left_out)


def _accept(manifest: Manifest) -> None:
    """Raises `BackupError` for a backup of the other database, or with migrations that this version does not know."""
    if manifest.database != vendor():
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        raise BackupError(
            _("备份来自 %(theirs)s,而这里用的是 %(ours)s,两者不能互换。请检查环境变量 GUATU_DATABASE。")
            % {"theirs": names[manifest.database], "ours": names[vendor()]}
        )
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if strange := [f"{app}.{name}" for app, name in manifest.migrations if (app, name) not in known]:
        raise BackupError(
            _(
                "备份由 guatu %(theirs)s 写成,本机是 %(ours)s,不认识其中的数据库结构 %(names)s。请先升级 guatu 和它的组件。"
            )
            % {"theirs": manifest.product, "ours": __version__, "names": ", ".join(strange[:5])}
        )


def _accept_into_empty(manifest: Manifest) -> None:
    _accept(manifest)
    _must_be_empty()


def _must_be_empty() -> None:
    if not postgresql.is_empty():
        raise BackupError(
            _("数据库 %(name)s 里已有内容,不会覆盖。请新建一个空的数据库,并写入 GUATU_DATABASE。")
            % {"name": connection.settings_dict["NAME"]}
        )


@contextmanager
def _emptied_if_it_fails() -> Iterator[None]:
    _must_be_empty()  # reading takes its time; what is not ours is never taken away
    try:
        yield
    except BaseException:
        postgresql.empty()
        raise


def _migrate(manifest: Manifest) -> int:
    try:
        call_command("migrate", verbosity=0, interactive=False)
    except DatabaseError as error:
        raise BackupError(_("数据已读出,但升级到本版本时出错:%(reason)s") % {"reason": error}) from error
    return len(MigrationLoader(connection).applied_migrations) - len(manifest.migrations)


def _place(work: Path, files: bool) -> None:
    """Files and secret go to where the server looks for them."""
    data = Path(settings.DATA)
    if (work / SECRET).exists():
        (work / SECRET).replace(data / SECRET)
    if files and (work / "files").exists():
        (work / "files").replace(data / "files")


@contextmanager
def _passing_database() -> Iterator[None]:
    """A new database on the server of GUATU_DATABASE, dropped afterwards; the county's own is not touched."""
    kept, name = connection.settings_dict["NAME"], f"guatu_verify_{secrets.token_hex(6)}"
    try:
        with connection.cursor() as cursor:
            cursor.execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
    except DatabaseError as error:
        raise BackupError(
            _("没有试恢复:GUATU_DATABASE 的用户不能新建数据库(%(reason)s)。请给它 CREATEDB 权限,或指向另一台服务器。")
            % {"reason": str(error).strip()},
            INCOMPLETE,
        ) from error
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = kept
        with connection.cursor() as cursor:
            cursor.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
