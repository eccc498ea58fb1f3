"""A backup is read from its first byte to its last; what is wanted of it is unpacked on the way."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from django.utils.translation import gettext as _

from guatu.web.base.backup.container import FILES, MANIFEST, SECRET, Member, Reader, Source
from guatu.web.base.backup.manifest import LARGEST, FilesReport, Manifest, decoded_files, decoded_manifest
from guatu.web.base.backup.problems import BackupError
from guatu.web.base.backup.sealing import NAME, Opener

Accept = Callable[[Manifest], None]


@dataclass(frozen=True)
class Backup:
    """A backup that holds what it says. `digest` is the SHA-256 of the file as it lies on the disk."""

    manifest: Manifest
    files: FilesReport
    digest: str
    size: int


class _Counted:
    """A file with the SHA-256 of what was read of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.sum, self.size = hashlib.sha256(), 0

    def read(self, size: int, /) -> bytes:
        found = self._file.read(size)
        self.sum.update(found)
        self.size += len(found)
        return found


class _Again:
    """The bytes already read, then the rest."""

    def __init__(self, first: bytes, rest: Source) -> None:
        self._first, self._rest = first, rest

    def read(self, size: int, /) -> bytes:
        if not self._first:
            return self._rest.read(size)
        found, self._first = self._first[:size], self._first[size:]
        return found


def read(path: Path, passphrase: str, into: Path, accept: Accept | None = None, *, files: bool = False) -> Backup:
    """Reads all of it; the database goes to `into`/database, the secret to `into`/secret, files too where they are
    wanted.

    `accept` sees the manifest before anything is unpacked. Raises `BackupError`, with the place, for whatever is wrong.
    """
    try:
        with path.open("rb") as raw:
            counted = _Counted(raw)
            into.mkdir(mode=0o700, exist_ok=True)
            manifest, report = _unpack(Reader(_plain(counted, passphrase), into), into, accept, files)
    except FileNotFoundError as error:
        raise BackupError(_("没有文件 %(name)s。") % {"name": path}) from error
    return Backup(manifest, report, counted.sum.hexdigest(), counted.size)


def _plain(source: Source, passphrase: str) -> Source:
    first = source.read(len(NAME))
    if first != NAME:
        return _Again(first, source)
    if not passphrase:
        raise BackupError(_("这份备份是加了口令的。请用 --passphrase-file 指明口令文件。"))
    return Opener(source, passphrase)


def _unpack(reader: Reader, into: Path, accept: Accept | None, files: bool) -> tuple[Manifest, FilesReport]:
    manifest: Manifest | None = None
    report, count = FilesReport(), 0
    for member in reader.members():
        if manifest is None:
            if member.name != MANIFEST:
                raise BackupError(_("这不是 guatu 的备份文件:开头没有说明(%(name)s)。") % {"name": MANIFEST})
            manifest = decoded_manifest(member.content(LARGEST))
            if accept is not None:
                accept(manifest)
        elif member.name == FILES:
            report = decoded_files(member.content(LARGEST))
        else:
            count += member.name.startswith("files/")
            if files or not member.name.startswith("files/"):
                _write(member, into / member.name)
    if manifest is None:
        raise BackupError(_("这不是 guatu 的备份文件:开头没有说明(%(name)s)。") % {"name": MANIFEST})
    _check_said(manifest, report, count, into)
    return manifest, report


def _write(member: Member, path: Path) -> None:
    """The names are those that a `Reader` lets through: none leads out of the folder."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with path.open("xb") as out:
        path.chmod(0o600)
        member.copy_to(out)


def _check_said(manifest: Manifest, report: FilesReport, count: int, into: Path) -> None:
    if count != report.count or count + report.missing != manifest.files:
        raise BackupError(
            _("备份文件与说明不符:应有 %(said)d 个附件,实有 %(found)d 个。") % {"said": manifest.files, "found": count}
        )
    if (manifest.secret == "inside") != (into / SECRET).exists():
        raise BackupError(_("备份文件与说明不符:密钥(secret)有无与说明不同。"))
