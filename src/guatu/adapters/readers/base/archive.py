"""Zip archives (docx, xlsx), unpacked with a limit."""

import io
import zipfile
import zlib

from guatu.adapters.readers.base.limits import EXPANDED_BYTES, PART_BYTES, megabytes
from guatu.adapters.readers.base.source import RawFile

_ENCRYPTED = 0x1


class Archive:
    """The parts of a zip file. Opening it checks that what it unpacks to stays within the limits.

    Raises:
        ReadError: not a zip file, damaged, encrypted, or too large when unpacked.
    """

    def __init__(self, file: RawFile) -> None:
        self._file = file
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(file.data))
        except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
            raise file.error("read.broken", reason="zip") from error
        entries = self._zip.infolist()
        if any(entry.flag_bits & _ENCRYPTED for entry in entries):
            raise file.error("read.encrypted")
        total = sum(entry.file_size for entry in entries)
        if total > EXPANDED_BYTES:
            raise file.error("read.too-large", size=megabytes(total), limit=megabytes(EXPANDED_BYTES))
        self._names = {entry.filename.lstrip("/"): entry for entry in entries}

    def names(self) -> list[str]:
        return list(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or None where there is none."""
        entry = self._names.get(name)
        if entry is None:
            return None
        if entry.file_size > PART_BYTES:
            raise self._file.error("read.too-large", size=megabytes(entry.file_size), limit=megabytes(PART_BYTES))
        try:
            return self._zip.read(entry)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, NotImplementedError, RuntimeError) as error:
            raise self._file.error("read.broken", reason=name) from error

    def verify(self) -> None:
        """Unpack every part once: a header that lies about a size shows as damage here, not as memory elsewhere."""
        for name in self._names:
            self.part(name)
