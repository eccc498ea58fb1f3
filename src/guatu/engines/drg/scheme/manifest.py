"""The manifest of a scheme: `scheme.toml` beside its tables. A folder without one loads with plain defaults."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.scheme import kinds
from guatu.engines.drg.scheme.layout import MANIFEST, QY_MODES
from guatu.engines.drg.scheme.model import Manifest

_TEXTS = ("name", "version", "edition", "source", "base")
_DATES = ("valid_from", "valid_to")


def read_manifest(folder: Path) -> tuple[Manifest, list[RowFinding]]:
    """What the folder's manifest says, and what is wrong with it."""
    path = folder / MANIFEST
    if not path.is_file():
        return Manifest(folder.resolve().name), []
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        return Manifest(folder.name), [_wrong("TOML", str(error))]
    findings = list(_findings(said))
    if findings:
        return Manifest(folder.name, base=str(said.get("base", ""))), findings
    return Manifest(**{"name": folder.resolve().name, **said}), []


def _findings(said: dict[str, Any]) -> list[RowFinding]:
    found = []
    for key, value in said.items():
        if key not in (*_TEXTS, *_DATES, "qy"):
            found.append(_wrong(key, "unknown key · 没有这个键"))
        elif key in _DATES and type(value) is not date:
            found.append(_wrong(key, "a date such as 2024-01-01 · 应为日期"))
        elif key in _TEXTS and not isinstance(value, str):
            found.append(_wrong(key, "a text in quotes · 应为文字"))
        elif key == "qy" and value not in QY_MODES:
            found.append(_wrong(key, " | ".join(QY_MODES)))
    start, end = said.get("valid_from"), said.get("valid_to")
    if not found and start and end and end < start:
        found.append(_wrong("valid_to", f"{end} < {start}"))
    return found


def _wrong(key: str, reason: str) -> RowFinding:
    return row_finding(kinds.MANIFEST, MANIFEST, key, None, key=key, reason=reason)
