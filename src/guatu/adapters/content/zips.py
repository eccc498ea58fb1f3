"""How far a zip may unpack: checked before anything is, by what it declares, and again while it is read."""

import io
import zipfile
import zlib
from collections.abc import Callable
from typing import Literal, TypeVar

import msgspec

Fault = Literal["broken", "encrypted", "entries", "size", "ratio"]
T = TypeVar("T")
MEGABYTE = 1024 * 1024
_ENCRYPTED = 0x1
_END, _END_LENGTH, _LONGEST_COMMENT = b"PK\x05\x06", 22, 65_535
_ENTRY_LEAST = 46
_HARMLESS = 16 * MEGABYTE
"""Up to here nobody asks how well it was compressed."""
_READING = (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError, ValueError)


class Room(msgspec.Struct, frozen=True):
    """What a zip may hold: entries, bytes of one and of all unpacked, and how many times its own size that is.

    A workbook of 50,000 rows that all say the same unpacks to 27 times its size, which is as far as honest office files
    go; deflate can reach 1,030. None asks nobody: tables of a shapefile are padded with blanks.
    """

    entries: int = 5_000
    part: int = 64 * MEGABYTE
    whole: int = 200 * MEGABYTE
    ratio: int | None = 150


class ZipFault(Exception):
    """A zip that is not read: `found` and `most` are figures for people."""

    def __init__(self, fault: Fault, found: str = "", most: str = "") -> None:
        super().__init__(fault)
        self.fault, self.found, self.most = fault, found, most


class Zip:
    """An open zip within its room.

    Raises:
        ZipFault: from the constructor and from `read`.
    """

    def __init__(self, data: bytes, room: Room) -> None:
        self._room = room
        _check_directory(data, room)
        packed = _guarded(lambda: zipfile.ZipFile(io.BytesIO(data)))
        self._packed = packed
        self.entries = [entry for entry in packed.infolist() if not entry.is_dir()]
        self._check(len(data))

    def read(self, entry: zipfile.ZipInfo) -> bytes:
        """An entry unpacked, never more than it declared: one that lies is broken."""
        if entry.file_size > self._room.part:
            raise ZipFault("size", megabytes(entry.file_size), megabytes(self._room.part))
        content = _guarded(lambda: self._content(entry))
        if len(content) != entry.file_size:
            raise ZipFault("broken", entry.filename[:80])
        return content

    def _content(self, entry: zipfile.ZipInfo) -> bytes:
        with self._packed.open(entry) as file:
            return file.read(entry.file_size + 1)

    def _check(self, size: int) -> None:
        if any(entry.flag_bits & _ENCRYPTED for entry in self.entries):
            raise ZipFault("encrypted")
        if len(self.entries) > self._room.entries:
            raise ZipFault("entries", str(len(self.entries)), str(self._room.entries))
        whole = sum(entry.file_size for entry in self.entries)
        if whole > self._room.whole:
            raise ZipFault("size", megabytes(whole), megabytes(self._room.whole))
        ratio = self._room.ratio
        if ratio is not None and whole > _HARMLESS and whole > ratio * size:
            raise ZipFault("ratio", str(whole // max(1, size)), str(ratio))


def megabytes(size: int) -> str:
    return f"{size / MEGABYTE:.0f} MB"


def _check_directory(data: bytes, room: Room) -> None:
    """The directory is read as a whole when a zip is opened: a million entries fill a gigabyte. Its size stands at the
    end."""
    at = data.rfind(_END, max(0, len(data) - _LONGEST_COMMENT - _END_LENGTH))
    if at < 0:
        return  # the library says what is wrong
    size = int.from_bytes(data[at + 12 : at + 16], "little")
    longest = room.entries * (_ENTRY_LEAST + 400)
    if size > longest:
        raise ZipFault("entries", f"> {size // (_ENTRY_LEAST + 400)}", str(room.entries))


def _guarded(read: Callable[[], T]) -> T:
    try:
        return read()
    except _READING as error:
        raise ZipFault("broken", str(error)[:80] or type(error).__name__) from error
