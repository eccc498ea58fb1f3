"""Old formats (.doc, .wps, .et, .rtf, .odt): LibreOffice turns them into docx or xlsx, and those are read."""

import tempfile
from pathlib import Path

import msgspec

from guatu.adapters.bounded.network import NetworkStays
from guatu.adapters.content import is_encrypted_office
from guatu.adapters.readers import docx, xlsx
from guatu.adapters.readers.base.libreoffice import NotConverted, Target, convert, find_program
from guatu.adapters.readers.base.source import RawFile, SourceText, digest

_TEXTS = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt")
_SHEETS = (".et", ".ett", ".ods")
SUFFIXES = (*_TEXTS, *_SHEETS)
CONTENTS = frozenset({"ole", "rtf", "odt", "ods"})


def read(file: RawFile) -> SourceText:
    """The text of a file in an old format; places are those of the converted file.

    Raises:
        ReadError: `read.no-libreoffice`, `read.not-isolated`, `read.not-converted`, and what the reader of the new
            format raises.
    """
    if is_encrypted_office(file.data):
        raise file.error("read.encrypted")
    target: Target = "xlsx" if file.suffix in _SHEETS else "docx"
    converted = RawFile(file.name, f".{target}", _converted(file, target))
    source = xlsx.read(converted) if target == "xlsx" else docx.read(converted)
    kind = file.suffix[1:] if file.suffix in SUFFIXES else "doc"
    return msgspec.structs.replace(source, format=kind, sha256=digest(file))


def _converted(file: RawFile, target: Target) -> bytes:
    program = find_program()
    if program is None:
        raise file.error("read.no-libreoffice", suffix=file.suffix, target=f".{target}")
    with tempfile.TemporaryDirectory(prefix="guatu-", ignore_cleanup_errors=True) as folder:
        # The suffix is that of the content: LibreOffice goes by it.
        source = Path(folder, f"in{file.suffix if file.suffix in SUFFIXES else '.doc'}")
        source.write_bytes(file.data)
        try:
            return convert(program, source, target, Path(folder))
        except NetworkStays as error:
            raise file.error("read.not-isolated", suffix=file.suffix, target=f".{target}") from error
        except NotConverted as error:
            raise file.error("read.not-converted", reason=str(error), target=f".{target}") from error
