"""`guatu backup`: a snapshot, packed, read back and only then given its name."""

from __future__ import annotations

import contextlib
import datetime
import fcntl
import hmac
import os
import re
import shutil
import sqlite3
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from guatu import __version__
from guatu.web.base.backup.container import FILES, MANIFEST, SECRET, Sink, Writer
from guatu.web.base.backup.engines import engine, vendor
from guatu.web.base.backup.manifest import FORMAT, MOST_NAMED, FilesReport, Manifest, encoded
from guatu.web.base.backup.problems import BackupError, not_written
from guatu.web.base.backup.reading import Backup, read
from guatu.web.base.backup.sealing import Sealer
from guatu.web.base.backup.snapshot import Snapshot
from guatu.web.base.files import path_of_digest

PLAIN, SEALED = ".tar", ".tar.sealed"
_WORK = ".guatu-backup-"
_LOCK = ".guatu-backup.lock"


@dataclass(frozen=True)
class Wanted:
    """`to` is a folder or a file, None for the folder `backups` beside the data; `keep` 0 removes none of the older
    ones."""

    to: Path | None
    keep: int
    passphrase: str
    at: datetime.datetime


@dataclass(frozen=True)
class Made:
    path: Path
    backup: Backup
    removed: tuple[str, ...]


def make(wanted: Wanted) -> Made:
    """Raises `BackupError`; then nothing is left where the backup was to be."""
    try:
        folder, target = _target(wanted)
        with _alone_in(folder):
            work = Path(tempfile.mkdtemp(prefix=_WORK, dir=folder))
            try:
                backup = _write(work, target, wanted)
            finally:
                shutil.rmtree(work, ignore_errors=True)
            return Made(target, backup, _remove_older(folder, wanted))
    except (OSError, sqlite3.Error) as error:
        raise not_written(wanted.to or Path(settings.DATA), error) from error


def _target(wanted: Wanted) -> tuple[Path, Path]:
    """The folder and the file. A folder that was named must be there: a disk that is not mounted is no empty folder."""
    suffix = SEALED if wanted.passphrase else PLAIN
    if wanted.to is None:
        folder = Path(settings.DATA) / "backups"
        folder.mkdir(mode=0o700, exist_ok=True)
    elif wanted.to.is_dir():
        folder = wanted.to
    else:
        return _file(wanted, suffix)
    return folder, folder / f"{_prefix()}{timezone.localtime(wanted.at):%Y%m%d-%H%M%S}{suffix}"


def _file(wanted: Wanted, suffix: str) -> tuple[Path, Path]:
    assert wanted.to is not None
    target = wanted.to
    if target.exists():
        raise BackupError(_("%(name)s 已经有了,备份从不覆盖文件。请换一个名称。") % {"name": target})
    if not target.name.endswith(suffix) or not target.parent.is_dir():
        raise BackupError(
            _("没有文件夹 %(name)s。磁盘挂上了吗?要写成文件,名称须以 %(suffix)s 结尾。")
            % {"name": target.parent if target.name.endswith(suffix) else target, "suffix": suffix}
        )
    if wanted.keep:
        raise BackupError(_("--keep 只用于文件夹:请用 --to 指明文件夹。"))
    return target.parent, target


def _prefix() -> str:
    """Names this county's backups, so that those of another one in the same folder are never removed."""
    mark = hmac.digest(settings.SECRET_KEY.encode(), b"guatu backup", "sha256").hex()[:8]
    return f"guatu-{mark}-"


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """One backup at a time in a folder; what one that was killed has left is cleared away."""
    with (folder / _LOCK).open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise BackupError(_("另一个备份正在写入 %(folder)s。") % {"folder": folder}) from error
        for left in folder.glob(f"{_WORK}*/"):
            shutil.rmtree(left, ignore_errors=True)
        yield


def _write(work: Path, target: Path, wanted: Wanted) -> Backup:
    found = engine().take(work)
    path = work / "archive"
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        if wanted.passphrase:
            sealer = Sealer(out, wanted.passphrase)
            _pack(sealer, found, wanted.at)
            sealer.close()
        else:
            _pack(out, found, wanted.at)
        out.flush()
        os.fsync(out.fileno())
        # What is read back should come from the disk, not from what the system still remembers.
        os.posix_fadvise(out.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    backup = read(path, wanted.passphrase, work / "check")
    engine().check(work / "check", backup.manifest)
    if target.exists():
        raise BackupError(_("%(name)s 已经有了,备份从不覆盖文件。请换一个名称。") % {"name": target})
    path.rename(target)
    _sync_folder(target.parent)
    return backup


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _pack(out: Sink, found: Snapshot, at: datetime.datetime) -> None:
    inside = not os.environ.get("GUATU_SECRET")
    manifest = Manifest(
        format=FORMAT,
        product=__version__,
        made_at=at,
        database=vendor(),
        secret="inside" if inside else "environment",
        migrations=found.migrations,
        tables=found.tables,
        sequences=found.sequences,
        files=found.files,
    )
    with tempfile.TemporaryFile("w+b", dir=found.work) as sums:
        writer = Writer(out, sums)
        writer.add_bytes(MANIFEST, encoded(manifest))
        for name, path in sorted(found.members.items()):
            with path.open("rb") as content:
                writer.add_file(name, content, path.stat().st_size)
            path.unlink()
        if inside:
            writer.add_bytes(SECRET, settings.SECRET_KEY.encode("ascii"))
        writer.add_bytes(FILES, encoded(_pack_files(writer, found)))
        writer.close()


def _pack_files(writer: Writer, found: Snapshot) -> FilesReport:
    """The files that the snapshot names, after it: a file lies on the disk before its row is written, and is never
    removed."""
    count = size = missing = damaged = 0
    named: list[tuple[Literal["missing", "damaged"], str, str]] = []
    for digest, name in found.named():
        what: Literal["", "missing", "damaged"] = ""
        try:
            with path_of_digest(digest).open("rb") as content:
                length = os.fstat(content.fileno()).st_size
                if writer.add_file(f"files/{digest[:2]}/{digest}", content, length) != digest:
                    what, damaged = "damaged", damaged + 1
                count, size = count + 1, size + length
        except FileNotFoundError:
            what, missing = "missing", missing + 1
        if what and len(named) < MOST_NAMED:
            named.append((what, digest, name))
    return FilesReport(count=count, bytes=size, missing=missing, damaged=damaged, named=tuple(named))


def _remove_older(folder: Path, wanted: Wanted) -> tuple[str, ...]:
    if not wanted.keep:
        return ()
    ours = re.compile(re.escape(_prefix()) + r"\d{8}-\d{6}\.tar(\.sealed)?")
    older = sorted((path.name for path in folder.iterdir() if ours.fullmatch(path.name)), reverse=True)[wanted.keep :]
    for name in older:
        (folder / name).unlink()
    return tuple(older)
