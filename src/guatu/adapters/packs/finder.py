"""Which packs there are: those that come with the program, those of installed packages, those of folders that are
named.

A package offers a pack by an entry point of the group `guatu.packs` whose value is the module that is the folder. A
folder is named by the caller, or in the environment variable GUATU_PACKS (several parted as in PATH). A folder named
may be a pack or hold packs. Of two packs of one name the one found later holds: a county's folder goes over what is
shipped.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

import msgspec

from guatu.core.pack.sections.manifest import FILE as MANIFEST

GROUP = "guatu.packs"
VARIABLE = "GUATU_PACKS"


class FoundPack(msgspec.Struct, frozen=True):
    """A pack's folder; `origin` is `shipped`, `installed` or `folder`."""

    name: str
    folder: Path
    origin: str


def find_packs(folders: Iterable[Path] = (), environment: Mapping[str, str] = os.environ) -> dict[str, FoundPack]:
    """Packs by the names of their folders, in order of the names."""
    found: dict[str, FoundPack] = {}
    for pack in (*_shipped(), *_installed(), *_named([*_from(environment), *folders])):
        found[pack.name] = pack
    return dict(sorted(found.items()))


def _shipped() -> Iterator[FoundPack]:
    yield from _inside(_folder_of(GROUP), "shipped")


def _installed() -> Iterator[FoundPack]:
    for point in entry_points(group=GROUP):
        folder = _folder_of(point.module)
        if folder is not None and (folder / MANIFEST).is_file():
            yield FoundPack(folder.name, folder, "installed")


def _named(folders: Iterable[Path]) -> Iterator[FoundPack]:
    for folder in folders:
        if (folder / MANIFEST).is_file():
            yield FoundPack(folder.resolve().name, folder, "folder")
        else:
            yield from _inside(folder, "folder")


def _inside(folder: Path | None, origin: str) -> Iterator[FoundPack]:
    if folder is not None and folder.is_dir():
        for path in sorted(folder.iterdir()):
            if (path / MANIFEST).is_file():
                yield FoundPack(path.name, path, origin)


def _from(environment: Mapping[str, str]) -> list[Path]:
    return [Path(word) for word in environment.get(VARIABLE, "").split(os.pathsep) if word]


def _folder_of(module: str) -> Path | None:
    """Where a package lies; it is not imported."""
    try:
        spec = find_spec(module)
    except (ImportError, ValueError):
        return None
    places = list(spec.submodule_search_locations or ()) if spec else []
    return Path(places[0]) if places else None
