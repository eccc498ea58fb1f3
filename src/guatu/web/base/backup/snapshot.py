"""What both databases give: the state of the county at one moment, in files that can be packed at leisure."""

from __future__ import annotations

import gzip
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from guatu.web.base.backup.container import PIECE
from guatu.web.base.backup.manifest import Manifest, Table

# Rows are text and explanations in JSON: five to one at level 1, of which the higher levels gain little and cost much.
_LEVEL = 1
FILES_NAMED = "SELECT sha256, MIN(name) FROM base_attachment GROUP BY sha256 ORDER BY sha256"
MIGRATIONS = "SELECT app, name FROM django_migrations ORDER BY app, name"


@dataclass
class Snapshot:
    """`members` are files to pack, by name; `named` holds a line for each different file that the rows name."""

    work: Path
    members: dict[str, Path] = field(default_factory=dict)
    tables: dict[str, Table] = field(default_factory=dict)
    sequences: dict[str, int] = field(default_factory=dict)
    migrations: tuple[tuple[str, str], ...] = ()
    files: int = 0

    def name_files(self, rows: Iterable[tuple[str, str]]) -> None:
        """Keeps SHA-256 and name of each file, in the order given, outside of memory."""
        with (self.work / "named").open("w", encoding="utf-8") as out:
            for digest, name in rows:
                self.files += 1
                out.write(f"{digest}\t{name.translate(_ONE_LINE)}\n")

    def named(self) -> Iterator[tuple[str, str]]:
        with (self.work / "named").open(encoding="utf-8") as lines:
            for line in lines:
                digest, _tab, name = line.rstrip("\n").partition("\t")
                yield digest, name


_ONE_LINE = dict.fromkeys(range(32), " ")


class Engine(Protocol):
    """A database that can be backed up. Messages of `check` and `load` are `BackupError`s."""

    def take(self, work: Path) -> Snapshot:
        """A snapshot of the county's database; every write acknowledged before the call is in it."""

    def check(self, work: Path, manifest: Manifest) -> None:
        """Opens the members that were unpacked under `work` and compares them with the manifest."""

    def load(self, work: Path, manifest: Manifest) -> tuple[str, ...]:
        """Makes them the content of the database of the settings, which is empty; tables that were left out."""


@contextmanager
def packed(path: Path) -> Iterator[gzip.GzipFile]:
    """A new compressed file."""
    with path.open("wb") as raw, gzip.GzipFile("", "wb", _LEVEL, raw, mtime=0) as out:
        yield out


def unpack(path: Path, target: Path) -> None:
    with gzip.open(path, "rb") as source, target.open("wb") as out:
        shutil.copyfileobj(source, out, PIECE)
