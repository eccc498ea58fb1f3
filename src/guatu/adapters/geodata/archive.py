"""A zip file as it comes from outside: read in memory with limits, never unpacked to disk."""

import io
import zipfile
import zlib
from collections.abc import Mapping
from pathlib import PurePosixPath

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

MOST_ENTRIES = 5_000
MOST_PART = 64_000_000
MOST_WHOLE = 400_000_000
_ENCRYPTED, _UTF_8 = 0x1, 0x800

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
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            entries = [entry for entry in packed.infolist() if not entry.is_dir()]
            if fault := _fault(entries):
                return None, [fault]
            files: dict[str, bytes] = {}
            for entry in entries:
                content = _content(packed, entry)
                if content is None:
                    return None, [_found(BOMB, found=_name(entry)[:80], most=_mb(MOST_PART))]
                files.setdefault(PurePosixPath(_name(entry)).name, content)
    except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        return None, [_found(BROKEN, reason=str(error)[:80] or type(error).__name__)]
    return Parts(files), []


def _fault(entries: list[zipfile.ZipInfo]) -> RowFinding | None:
    if any(entry.flag_bits & _ENCRYPTED for entry in entries):
        return _found(LOCKED)
    for entry in entries:
        name = _name(entry)
        if name.startswith("/") or ":" in name or ".." in PurePosixPath(name).parts:
            return _found(UNSAFE, name=name[:80])
    if len(entries) > MOST_ENTRIES:
        return _found(BOMB, found=str(len(entries)), most=str(MOST_ENTRIES))
    whole = sum(entry.file_size for entry in entries)
    return _found(BOMB, found=_mb(whole), most=_mb(MOST_WHOLE)) if whole > MOST_WHOLE else None


def _content(packed: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """A file's bytes; None where it is larger than it said or than is allowed."""
    if entry.file_size > MOST_PART:
        return None
    with packed.open(entry) as file:
        content = file.read(entry.file_size + 1)
    return content if len(content) <= entry.file_size else None


def _name(entry: zipfile.ZipInfo) -> str:
    """Tools of Chinese systems write names in GBK without saying so; `zipfile` then reads them as code page 437."""
    name = entry.filename
    if not entry.flag_bits & _UTF_8:
        try:
            name = entry.filename.encode("cp437").decode("gb18030")
        except UnicodeError:
            name = entry.filename
    return name.replace("\\", "/")


def _mb(size: int) -> str:
    return f"{size / 1e6:.0f} MB"


def _found(kind: Kind, **params: str) -> RowFinding:
    return row_finding(kind, "", "file", None, **params)
