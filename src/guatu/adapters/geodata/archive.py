"""A zip file as it comes from outside: read in memory with limits, never unpacked to disk."""

import zipfile
from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from guatu.adapters.content.zips import MEGABYTE, Room, Zip, ZipFault
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

ROOM = Room(whole=400 * MEGABYTE, ratio=None)
"""More than a document has: a survey comes with its pictures."""
_UTF_8 = 0x800

BROKEN = Kind(
    "geodata.zip-broken",
    "error",
    "压缩包已损坏或不是 zip({reason});请重新打包",
    "the zip is broken or no zip ({reason}); pack it again",
)
LOCKED = Kind(
    "geodata.zip-encrypted",
    "error",
    "压缩包有密码;请去掉密码后重新打包",
    "the zip has a password; pack it again without one",
)
UNSAFE = Kind(
    "geodata.zip-unsafe",
    "error",
    "压缩包里的路径“{name}”指向包外,可能是恶意文件,未读取;请用可靠的工具重新打包",
    "the path “{name}” in the zip leads out of it; nothing was read, pack it again with a tool you trust",
)
BOMB = Kind(
    "geodata.zip-too-large",
    "error",
    "压缩包展开后超过上限({found},上限 {most});请按乡镇拆分",
    "the zip unpacks to more than is allowed ({found}, the limit is {most}); split it by town",
)


class Parts(msgspec.Struct, frozen=True):
    """The files of a zip by their names without folders."""

    files: Mapping[str, bytes]

    def with_suffix(self, *suffixes: str) -> list[str]:
        return sorted(name for name in self.files if PurePosixPath(name).suffix.lower() in suffixes)


def read_zip(data: bytes) -> tuple[Parts | None, list[RowFinding]]:
    """All files of a zip, or the one thing that keeps it from being read."""
    try:
        packed = Zip(data, ROOM)
        for entry in packed.entries:
            name = _name(entry)
            if name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts:
                return None, [_found(UNSAFE, name=name[:80])]
        files: dict[str, bytes] = {}
        for entry in packed.entries:
            files.setdefault(PurePosixPath(_name(entry)).name, packed.read(entry))
    except ZipFault as fault:
        return None, [_said(fault)]
    return Parts(files), []


def _said(fault: ZipFault) -> RowFinding:
    if fault.fault == "encrypted":
        return _found(LOCKED)
    if fault.fault == "broken":
        return _found(BROKEN, reason=fault.found)
    return _found(BOMB, found=fault.found, most=fault.most)


def _name(entry: zipfile.ZipInfo) -> str:
    """Tools of Chinese systems write names in GBK without saying so; `zipfile` then reads them as code page 437."""
    name = entry.filename
    if not entry.flag_bits & _UTF_8:
        try:
            name = entry.filename.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _found(kind: Kind, **params: str) -> RowFinding:
    return row_finding(kind, "", "file", None, **params)
