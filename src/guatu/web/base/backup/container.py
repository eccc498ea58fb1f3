"""The form of a backup: an uncompressed tar of plain files, written and read in one pass with little memory.

Any tar program opens it, and `sha256sum -c SHA256SUMS` checks it without guatu. It is read more strictly than tar asks:
every header must be, byte for byte, the one that `header` writes, the padding must be zeros, and the names are those of
`_NAMES` in order. So no bit of the file can change unseen, and no name can lead out of the folder that it is unpacked
in. Python's own tarfile keeps a record of every member in memory and skips what it cannot read; a county has a million
photos.
"""

from __future__ import annotations

import hashlib
import re
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from django.utils.translation import gettext as _

from guatu.web.base.backup.problems import BackupError

BLOCK = 512
PIECE = 1 << 20
MANIFEST, SECRET, FILES, SUMS = "manifest.json", "secret", "files.json", "SHA256SUMS"
_END = bytes(2 * BLOCK)
# In the order in which they stand; within a row by name.
_NAMES = (
    re.compile(re.escape(MANIFEST)),
    re.compile(r"database/[A-Za-z0-9_]+(?:\.[a-z0-9]+)*"),
    re.compile(SECRET),
    re.compile(r"files/([0-9a-f]{2})/\1[0-9a-f]{62}"),
    re.compile(re.escape(FILES)),
    re.compile(SUMS),
)


class Sink(Protocol):
    def write(self, data: bytes, /) -> object: ...


class Source(Protocol):
    def read(self, size: int, /) -> bytes: ...


def header(name: str, size: int) -> bytes:
    """The block before a member. It holds nothing but name and size: modes and owners are the business of who
    restores."""
    info = tarfile.TarInfo(name)
    info.size, info.mode = size, 0o600
    return info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")


def _rank(name: str) -> int | None:
    return next((rank for rank, pattern in enumerate(_NAMES) if pattern.fullmatch(name)), None)


class Writer:
    """Writes members in the order of `_NAMES`; `close` adds the sums, which are gathered in the file handed in."""

    def __init__(self, out: Sink, sums: IO[bytes]) -> None:
        self._out, self._sums = out, sums

    def add_bytes(self, name: str, content: bytes) -> None:
        self._member(name, len(content), iter([content]))

    def add_file(self, name: str, file: IO[bytes], size: int) -> str:
        """Copies `size` bytes; their SHA-256. Raises `BackupError` where the file holds fewer."""
        return self._member(name, size, _pieces(file.read, size, name))

    def close(self) -> None:
        size = self._sums.tell()
        self._sums.seek(0)
        self._out.write(header(SUMS, size))
        for piece in _pieces(self._sums.read, size, SUMS):
            self._out.write(piece)
        self._out.write(bytes(-size % BLOCK) + _END)

    def _member(self, name: str, size: int, pieces: Iterator[bytes]) -> str:
        self._out.write(header(name, size))
        digest = hashlib.sha256()
        for piece in pieces:
            digest.update(piece)
            self._out.write(piece)
        self._out.write(bytes(-size % BLOCK))
        self._sums.write(_line(digest.hexdigest(), name))
        return digest.hexdigest()


def _line(digest: str, name: str) -> bytes:
    return f"{digest}  {name}\n".encode()


def _pieces(read: Callable[[int], bytes], size: int, name: str) -> Iterator[bytes]:
    left = size
    while left:
        piece = read(min(PIECE, left))
        if not piece:
            raise BackupError(_("%(name)s 在读取时变短了,缺 %(left)d 字节。") % {"name": name, "left": left})
        left -= len(piece)
        yield piece


@dataclass
class Member:
    """One file of the archive; `pieces` must be read before the next member is."""

    name: str
    size: int
    pieces: Iterator[bytes]
    digest: str = ""

    def content(self, most: int) -> bytes:
        """All of a small one. Raises `BackupError` where it is larger than `most`."""
        if self.size > most:
            raise BackupError(
                _("备份文件中的 %(name)s 大得不正常(%(size)d 字节)。") % {"name": self.name, "size": self.size}
            )
        return b"".join(self.pieces)

    def copy_to(self, out: Sink) -> None:
        for piece in self.pieces:
            out.write(piece)


class Reader:
    """Gives the members one after the other. After the last one everything has been compared with the sums."""

    def __init__(self, source: Source, work: Path) -> None:
        self._source, self._work = source, work
        self._at = 0
        self._last = ""

    def members(self) -> Iterator[Member]:
        """Raises `BackupError`, which names the place, for whatever is not as it was written."""
        with tempfile.TemporaryFile("w+b", dir=self._work) as seen:
            previous = (-1, "")
            while True:
                began = self._at
                member = self._header()
                place = (_rank(member.name) or 0, member.name)
                if place <= previous:
                    raise self._damaged(_("%(name)s 重复或次序不对") % {"name": member.name}, began)
                previous, self._last = place, member.name
                if member.name == SUMS:
                    self._compare(member, seen)
                    return
                yield member
                for _piece in member.pieces:
                    pass
                seen.write(_line(member.digest, member.name))

    def _header(self) -> Member:
        began = self._at
        block = self._exactly(BLOCK)
        try:
            info = tarfile.TarInfo.frombuf(block, "ascii", "strict")
        except (tarfile.HeaderError, UnicodeError) as error:
            raise self._damaged(_("没有成员的开头"), began) from error
        if _rank(info.name) is None:
            raise BackupError(
                _("备份文件中有一个不该有的名称“%(name)s”(第 %(at)d 字节)。没有写出任何文件。")
                % {"name": info.name, "at": began}
            )
        if info.size < 0 or header(info.name, info.size) != block:
            raise self._damaged(_("%(name)s 的开头被改动") % {"name": info.name}, began)
        member = Member(info.name, info.size, iter(()))
        member.pieces = self._content(member)
        return member

    def _content(self, member: Member) -> Iterator[bytes]:
        digest = hashlib.sha256()
        left = member.size
        while left:
            piece = self._exactly(min(PIECE, left))
            left -= len(piece)
            digest.update(piece)
            yield piece
        self._zeros(-member.size % BLOCK)
        member.digest = digest.hexdigest()

    def _compare(self, member: Member, seen: IO[bytes]) -> None:
        """The sums as they were written against those of what was read, then the end."""
        with tempfile.TemporaryFile("w+b", dir=self._work) as written:
            member.copy_to(written)
            written.seek(0)
            seen.seek(0)
            while line := seen.readline():
                if line != written.readline():
                    name = line.decode().split("  ", 1)[-1].strip()
                    raise BackupError(_("备份文件已损坏:%(name)s 的内容与写入时不同。请换一份备份。") % {"name": name})
            if written.read(1):
                raise BackupError(_("备份文件已损坏:%(name)s 列出的内容有缺失。请换一份备份。") % {"name": SUMS})
        self._zeros(len(_END))
        if self._source.read(1):
            raise self._damaged(_("结尾之后还有内容"), self._at)

    def _zeros(self, count: int) -> None:
        began = self._at
        if self._exactly(count).strip(b"\0"):
            raise self._damaged(_("空白处有内容"), began)

    def _exactly(self, count: int) -> bytes:
        found = self._source.read(count)
        while len(found) < count:
            more = self._source.read(count - len(found))
            if not more:
                raise BackupError(
                    _("备份文件不完整:到第 %(at)d 字节就没有了,最后读到的是 %(name)s。请换一份备份。")
                    % {"at": self._at + len(found), "name": self._last or _("文件开头")}
                )
            found += more
        self._at += count
        return found

    def _damaged(self, what: str, at: int) -> BackupError:
        if not self._last:
            return BackupError(_("这不是 guatu 的备份文件,或开头已损坏(第 %(at)d 字节)。") % {"at": at})
        return BackupError(
            _("备份文件已损坏:%(what)s,在第 %(at)d 字节,%(last)s 之后。请换一份备份。")
            % {"what": what, "at": at, "last": self._last}
        )
