"""Old formats (.doc, .wps, .et, .rtf, .odt): LibreOffice turns them into docx or xlsx, and those are read."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

import msgspec

from guatu.adapters.readers import docx, xlsx
from guatu.adapters.readers.base.limits import CONVERSION_SECONDS
from guatu.adapters.readers.base.sniff import is_encrypted_office
from guatu.adapters.readers.base.source import RawFile, SourceText, digest

_TEXTS = (".doc", ".dot", ".wps", ".wpt", ".rtf", ".odt")
_SHEETS = (".et", ".ett", ".ods")
SUFFIXES = (*_TEXTS, *_SHEETS)
CONTENTS = frozenset({"ole", "rtf", "zip"})

_PROGRAMS = ("soffice", "libreoffice")
_USUAL_PLACES = (
    "/usr/lib/libreoffice/program/soffice",
    "/opt/libreoffice/program/soffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
    r"C:\Program Files (x86)\LibreOffice\program\soffice.exe",
)


def read(file: RawFile) -> SourceText:
    """The text of a file in an old format; places are those of the converted file.

    Raises:
        ReadError: `read.no-libreoffice`, `read.not-converted`, and what the reader of the new format raises.
    """
    if is_encrypted_office(file.data):
        raise file.error("read.encrypted")
    target = "xlsx" if file.suffix in _SHEETS else "docx"
    converted = RawFile(file.name, f".{target}", _convert(file, target))
    source = xlsx.read(converted) if target == "xlsx" else docx.read(converted)
    kind = file.suffix[1:] if file.suffix in SUFFIXES else "doc"
    return msgspec.structs.replace(source, format=kind, sha256=digest(file))


def _convert(file: RawFile, target: str) -> bytes:
    program = _program()
    if program is None:
        raise file.error("read.no-libreoffice", suffix=file.suffix, target=f".{target}")
    with tempfile.TemporaryDirectory(prefix="guatu-", ignore_cleanup_errors=True) as folder:
        # The suffix is that of the content: LibreOffice goes by it.
        source = Path(folder, f"in{file.suffix if file.suffix in SUFFIXES else '.doc'}")
        source.write_bytes(file.data)
        _run(file, [program, *_arguments(folder, target), str(source)], target)
        result = Path(folder, "out", f"in.{target}")
        if not result.is_file():
            raise file.error("read.not-converted", reason="no output", target=f".{target}")
        return result.read_bytes()


def _arguments(folder: str, target: str) -> list[str]:
    """A profile of its own for each run, so that runs side by side, or an open LibreOffice, do not block each other."""
    profile = Path(folder, "profile").as_uri()
    return [
        f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nolockcheck",
        "--convert-to", target, "--outdir", str(Path(folder, "out")),
    ]  # fmt: skip


def _run(file: RawFile, command: Sequence[str], target: str) -> None:
    try:
        subprocess.run(command, capture_output=True, timeout=CONVERSION_SECONDS, check=True, stdin=subprocess.DEVNULL)
    except subprocess.TimeoutExpired as error:
        raise file.error("read.not-converted", reason=f"> {CONVERSION_SECONDS} s", target=f".{target}") from error
    except (subprocess.CalledProcessError, OSError) as error:
        raise file.error("read.not-converted", reason=type(error).__name__, target=f".{target}") from error


def _program() -> str | None:
    for name in _PROGRAMS:
        found = shutil.which(name)
        if found is not None:
            return found
    return next((place for place in _USUAL_PLACES if os.access(place, os.X_OK)), None)
