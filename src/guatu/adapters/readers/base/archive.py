"""Zip archives (docx, xlsx), unpacked with a limit."""

from guatu.adapters.content.zips import Room, Zip, ZipFault
from guatu.adapters.readers.base.errors import ReadError
from guatu.adapters.readers.base.source import RawFile

_ROOM = Room()
_CODES = {
    "broken": "read.broken",
    "encrypted": "read.encrypted",
    "entries": "read.too-many-parts",
    "size": "read.too-large",
    "ratio": "read.expands",
}


class Archive:
    """The parts of a zip file. Opening it checks that what it unpacks to stays within the limits.

    Raises:
        ReadError: not a zip file, damaged, encrypted, or too large when unpacked.
    """

    def __init__(self, file: RawFile) -> None:
        self._file = file
        try:
            self._zip = Zip(file.data, _ROOM)
        except ZipFault as fault:
            raise self._error(fault, "zip") from fault
        self._names = {entry.filename.lstrip("/"): entry for entry in self._zip.entries}

    def names(self) -> list[str]:
        return list(self._names)

    def __contains__(self, name: str) -> bool:
        return name in self._names

    def part(self, name: str) -> bytes | None:
        """The bytes of a part, or None where there is none."""
        entry = self._names.get(name)
        if entry is None:
            return None
        try:
            return self._zip.read(entry)
        except ZipFault as fault:
            raise self._error(fault, name) from fault

    def verify(self) -> None:
        """Unpack every entry once: a header that lies about a size shows as damage here, not as memory elsewhere."""
        for entry in self._zip.entries:
            try:
                self._zip.read(entry)
            except ZipFault as fault:
                raise self._error(fault, entry.filename) from fault

    def _error(self, fault: ZipFault, part: str) -> ReadError:
        return self._file.error(_CODES[fault.fault], reason=part, size=fault.found, limit=fault.most)
