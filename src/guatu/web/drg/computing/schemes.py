"""The grouping scheme in use: the one that comes along, or tables that were uploaded as an archive."""

from __future__ import annotations

import io
import zipfile
from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from guatu.packs.drg.scheme.loader import DEFAULT, Loaded, load
from guatu.packs.drg.scheme.model import Scheme

LARGEST = 256 * 2**20
"""Bytes of all tables of an archive together: far above any scheme, and a bound for one that is made to burst."""
MOST_FILES = 64
ENDINGS = (".tsv", ".toml")


class NoArchive(Exception):
    """An upload that is no archive of tables."""


def load_archive(data: bytes) -> Loaded:
    """The scheme of an archive, and what is wrong with it.

    Raises:
        NoArchive: it is no ZIP file of tables, or far too large.
    """
    with TemporaryDirectory() as folder:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as archive:
                _extract(archive, Path(folder))
        except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise NoArchive from error
        return load(Path(folder))


def _extract(archive: zipfile.ZipFile, folder: Path) -> None:
    """Tables only, by their bare names: no path of an archive leads anywhere."""
    members = [member for member in archive.infolist() if member.filename.endswith(ENDINGS)]
    if not members or len(members) > MOST_FILES or sum(member.file_size for member in members) > LARGEST:
        raise NoArchive
    for member in members:
        with archive.open(member) as source:
            (folder / PurePosixPath(member.filename).name).write_bytes(source.read(member.file_size + 1))


@lru_cache(maxsize=2)
def scheme_at(path: str) -> Scheme:
    """The scheme of a stored archive (its path holds the hash of its bytes); of "", the one that comes along."""
    loaded = load(DEFAULT) if not path else load_archive(Path(path).read_bytes())
    if loaded.scheme is None:
        raise NoArchive
    return loaded.scheme
