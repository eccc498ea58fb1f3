"""The grouping scheme in use: the one that comes along, or tables that were uploaded as an archive."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from guatu.adapters.content.zips import MEGABYTE, Room, Zip, ZipFault
from guatu.engines.drg.content import SCHEME
from guatu.engines.drg.scheme.loader import Loaded, load
from guatu.engines.drg.scheme.model import Scheme

ROOM = Room(entries=64, part=256 * MEGABYTE, whole=256 * MEGABYTE, ratio=None)
"""Far above any scheme, and a bound for an archive that is made to burst."""
ENDINGS = (".tsv", ".toml")


class NoArchive(Exception):
    """An upload that is no archive of tables."""


def load_archive(data: bytes) -> Loaded:
    """The scheme of an archive, and what is wrong with it.

    Raises:
        NoArchive: it is no ZIP file of tables, or far too large.
    """
    try:
        archive = Zip(data, ROOM)
    except ZipFault as fault:
        raise NoArchive from fault
    with TemporaryDirectory() as folder:
        _extract(archive, Path(folder))
        return load(Path(folder))


def _extract(archive: Zip, folder: Path) -> None:
    """Tables only, by their bare names: no path of an archive leads anywhere."""
    members = [member for member in archive.entries if member.filename.endswith(ENDINGS)]
    if not members:
        raise NoArchive
    for member in members:
        try:
            (folder / PurePosixPath(member.filename).name).write_bytes(archive.read(member))
        except (ZipFault, OSError) as error:
            raise NoArchive from error


@lru_cache(maxsize=2)
def scheme_at(path: str) -> Scheme:
    """The scheme of a stored archive (its path holds the hash of its bytes); of "", the one that comes along."""
    loaded = load(SCHEME) if not path else load_archive(Path(path).read_bytes())
    if loaded.scheme is None:
        raise NoArchive
    return loaded.scheme
