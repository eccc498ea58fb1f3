"""From a folder to a scheme: read, lay over its base, check, build."""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.scheme import kinds
from guatu.engines.drg.scheme.build import build
from guatu.engines.drg.scheme.checks import check
from guatu.engines.drg.scheme.layout import MANIFEST
from guatu.engines.drg.scheme.manifest import read_manifest
from guatu.engines.drg.scheme.model import Manifest, Qy, Scheme
from guatu.engines.drg.scheme.reach import unreached
from guatu.engines.drg.scheme.rows import Tables, overlaid, read_tables

_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was found in a folder; `scheme` is None where an error refuses it."""

    scheme: Scheme | None
    findings: tuple[RowFinding, ...]

    @property
    def errors(self) -> list[RowFinding]:
        return [finding for finding in self.findings if finding.severity == "error"]


class SchemeRefused(Exception):
    """A scheme that cannot be used; `findings` are the errors."""

    def __init__(self, folder: Path, findings: list[RowFinding]) -> None:
        super().__init__(f"{folder}: {len(findings)} errors")
        self.folder, self.findings = folder, findings


def load(folder: Path, qy: Qy | None = None) -> Loaded:
    """The scheme of a folder; `qy` overrides what its manifest and tables say."""
    with _no_collection():
        return _load(folder, qy)


def _load(folder: Path, qy: Qy | None) -> Loaded:
    manifest, tables = tables_of(folder)
    if not _has_errors(tables):
        tables.findings.extend(check(tables))
    if _has_errors(tables):
        return Loaded(None, tuple(tables.findings))
    tables.findings.extend(unreached(tables))
    scheme = build(replace(manifest, qy=qy or manifest.qy), tables)
    return Loaded(scheme, tuple(tables.findings))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Half a million small objects are made and kept: looking through them for garbage would take a third of
    the time."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


def scheme_of(folder: Path, qy: Qy | None = None) -> Scheme:
    """The scheme of a folder.

    Raises:
        SchemeRefused: it has errors.
    """
    loaded = load(folder, qy)
    if loaded.scheme is None:
        raise SchemeRefused(folder, loaded.errors)
    return loaded.scheme


def tables_of(folder: Path, depth: int = 0) -> tuple[Manifest, Tables]:
    """The tables of a folder with its overlay laid over its base, and what is wrong with them as tables."""
    if not folder.is_dir():
        return Manifest(folder.name), Tables({}, [row_finding(kinds.FOLDER, str(folder), "", None, name=str(folder))])
    manifest, findings = read_manifest(folder)
    if findings:
        return manifest, Tables({}, findings)
    if not manifest.base:
        return manifest, read_tables(folder)
    if depth == _DEEPEST:
        reason = "base names itself · base 指回了自己"
        return manifest, Tables({}, [row_finding(kinds.MANIFEST, MANIFEST, "base", None, key="base", reason=reason)])
    _, below = tables_of(folder / manifest.base, depth + 1)
    return manifest, below if _has_errors(below) else overlaid(below, folder)


def _has_errors(tables: Tables) -> bool:
    return any(finding.severity == "error" for finding in tables.findings)
