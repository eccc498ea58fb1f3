"""A TOML file to a set of parameters, or everything that is wrong with it.

The text is handed in. Numbers are read as decimals, as they are written; no value passes through a binary fraction.
"""

import difflib
import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters import findings as kinds
from guatu.engines.drg.parameters.catalogue import PARAMETERS
from guatu.engines.drg.parameters.contradictions import contradictions, finding_of
from guatu.engines.drg.parameters.model import Approval, Entry, ParameterSet
from guatu.engines.drg.parameters.terms import segments
from guatu.engines.drg.parameters.values import COLUMNS, checked, unknown_keys

_HEADER = re.compile(r"^\s*\[\[?\s*([^\]\s]+)\s*\]\]?")
_ROW_OF_ERROR = re.compile(r"line (\d+)")
_ENTRY = ("value", "from", "to", "source", "reliability")
_APPROVAL = ("by", "on", "digest")
_HEAD = {"region": str, "year": int, "version": str, "valid_from": date, "valid_to": date}


class _Lines:
    """Where tables and keys of the text stand; TOML readers do not say."""

    def __init__(self, text: str, name: str) -> None:
        self._lines, self.name = text.splitlines(), name

    def table(self, header: str, nth: int) -> int:
        found = -1
        for number, line in enumerate(self._lines, 1):
            match = _HEADER.match(line)
            if match and match[1] == header:
                found += 1
                if found == nth:
                    return number
        return 1

    def key(self, header: str, nth: int, key: str) -> int:
        """The line of a key of a table; that of the table when the key is not written."""
        start = self.table(header, nth) if header else 0
        for number in range(start + 1, len(self._lines) + 1):
            line = self._lines[number - 1]
            if _HEADER.match(line):
                break
            if re.match(rf"\s*{re.escape(key)}\s*=", line):
                return number
        return start or 1

    def within(self, header: str, nth: int, key: str) -> int:
        """The line of a key anywhere in a table, also of one written between braces."""
        start = self.table(header, nth)
        for number in range(start + 1, len(self._lines) + 1):
            line = self._lines[number - 1]
            if _HEADER.match(line):
                break
            if re.search(rf"(?:^|[\s{{,]){re.escape(key)}\s*=", line):
                return number
        return start

    def at(self, kind: Kind, line: int, key: str, **params: str | int) -> RowFinding:
        return row_finding(kind, f"{self.name}:{line}", key, None, key=key, **params)


def load_set(text: str, name: str) -> tuple[ParameterSet | None, list[RowFinding]]:
    """The set of a TOML text, and what is wrong with it; there is no set when anything is an error.

    `name` is the file's name: the findings stand at `name:line` and carry the key as their field.
    """
    lines = _Lines(text, name)
    try:
        raw = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        at = _ROW_OF_ERROR.search(str(error))
        return None, [lines.at(kinds.NOT_TOML, int(at[1]) if at else 1, "", reason=str(error))]
    found = [*_head_findings(raw, lines), *_strangers(raw, (*_HEAD, "parameters", "approval"), lines, "", 0)]
    if found:
        return None, found
    parameters = raw.get("parameters", {})
    if not isinstance(parameters, dict):
        return None, [lines.at(kinds.MISSING_KEY, 1, "parameters")]
    entries: dict[str, tuple[Entry, ...]] = {}
    for key, rows in parameters.items():
        good, bad = _entries(key, rows, raw["valid_from"], raw["valid_to"], lines)
        entries[key] = good
        found += bad
    approvals, bad = _approvals(raw.get("approval", []), lines)
    found += bad
    if found:
        return None, found
    head = (raw["region"], raw["year"], raw["version"], raw["valid_from"], raw["valid_to"])
    made = ParameterSet(*head, entries, approvals, name)
    found = misfits(made)
    return (None if found else made), found


def misfits(parameters: ParameterSet) -> list[RowFinding]:
    """Values that do not fit each other on some day, at the line of the one that was written last."""
    found: dict[tuple[object, ...], RowFinding] = {}
    for first, _last in segments(parameters):
        held = {key: entry for key in parameters.entries if (entry := parameters.entry_on(key, first)) is not None}
        values = {key: entry.value for key, entry in held.items()}
        for fit in contradictions(values):
            line = max(held[key].line for key in fit.of)
            where = f"{parameters.name}:{line}" if line else parameters.name
            one = finding_of(fit, where, values)
            found.setdefault((fit.of, one.message("en")), one)
    return list(found.values())


def _strangers(
    table: dict[str, Any], known: tuple[str, ...], lines: _Lines, header: str, nth: int
) -> Iterator[RowFinding]:
    """Keys of a table that nothing reads: a rule that is misspelt would silently not hold."""
    for key in table:
        if key not in known:
            line = lines.within(header, nth, key) if header else lines.key("", 0, key)
            yield unknown_key(lines, line, header.rpartition(".")[2] or lines.name, key, known)


def unknown_key(lines: _Lines, line: int, of: str, key: str, known: Sequence[str]) -> RowFinding:
    like = difflib.get_close_matches(key, known, 1, 0)[0]
    return lines.at(kinds.KEY_UNKNOWN, line, of, name=key, known=", ".join(known), like=like)


def _head_findings(raw: dict[str, Any], lines: _Lines) -> Iterator[RowFinding]:
    for key, kind in _HEAD.items():
        value = raw.get(key)
        if value is None or value == "":
            yield lines.at(kinds.MISSING_KEY, 1, key)
        elif type(value) is not kind:
            wanted = {str: ("文字", "text"), int: ("整数", "a whole number"), date: ("日期", "a date")}[kind]
            yield _bad(lines, lines.key("", 0, key), key, value, wanted)
    first, last, year = raw.get("valid_from"), raw.get("valid_to"), raw.get("year")
    if type(first) is date and type(last) is date and (first > last or not first.year == year == last.year):
        yield lines.at(kinds.REVERSED, lines.key("", 0, "valid_to"), "valid_to", start=str(first), to=str(last))


def _entries(
    key: str, rows: object, first: date, last: date, lines: _Lines
) -> tuple[tuple[Entry, ...], list[RowFinding]]:
    header = f"parameters.{key}"
    if key not in PARAMETERS:
        like = difflib.get_close_matches(key, PARAMETERS, 1, 0)
        return (), [lines.at(kinds.UNKNOWN, lines.table(header, 0), key, like=like[0])]
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows):
        wanted = (f"若干个 [[{header}]]", f"tables [[{header}]]")
        return (), [_bad(lines, lines.table(header, 0), key, rows, wanted)]
    good: list[Entry] = []
    found: list[RowFinding] = []
    for nth, row in enumerate(rows):
        entry, problems = _entry(key, row, nth, (first, last), lines)
        found += problems
        if entry is not None:
            found += _overlaps(key, good, entry, lines)
            good.append(entry)
    return tuple(sorted(good, key=lambda entry: entry.start)), found


def _entry(
    key: str, row: dict[str, Any], nth: int, whole: tuple[date, date], lines: _Lines
) -> tuple[Entry | None, list[RowFinding]]:
    header = f"parameters.{key}"
    line = lines.table(header, nth)
    start, to = row.get("from", whole[0]), row.get("to", whole[1])
    found = list(_strangers(row, _ENTRY, lines, header, nth))
    spec = PARAMETERS[key]
    for unknown in unknown_keys(spec, row.get("value")):
        found.append(unknown_key(lines, lines.within(header, nth, unknown), key, unknown, tuple(COLUMNS[spec.kind])))
    if type(start) is not date or type(to) is not date or not whole[0] <= start <= to <= whole[1]:
        at = lines.key(header, nth, "from")
        found.append(lines.at(kinds.REVERSED, at, key, start=str(start), to=str(to)))
    if not isinstance(row.get("source"), str) or not row["source"].strip():
        found.append(lines.at(kinds.NO_SOURCE, line, key))
    if row.get("reliability") not in ("verified", "unverified"):
        wanted = ("reliability = verified 或 unverified", "reliability = verified or unverified")
        found.append(_bad(lines, lines.key(header, nth, "reliability"), key, row.get("reliability"), wanted))
    value, wanted_value = checked(spec, row.get("value"))
    if wanted_value is not None and not unknown_keys(spec, row.get("value")):
        found.append(_bad(lines, lines.key(header, nth, "value"), key, row.get("value"), wanted_value))
    if found:
        return None, found
    return Entry(value, start, to, row["source"].strip(), row["reliability"], line), []


def _overlaps(key: str, good: list[Entry], entry: Entry, lines: _Lines) -> Iterator[RowFinding]:
    for other in good:
        day = max(other.start, entry.start)
        if day <= min(other.to, entry.to):
            yield lines.at(kinds.OVERLAP, entry.line, key, day=day.isoformat())


def _approvals(rows: object, lines: _Lines) -> tuple[tuple[Approval, ...], list[RowFinding]]:
    good: list[Approval] = []
    found: list[RowFinding] = []
    for nth, row in enumerate(rows if isinstance(rows, list) else [rows]):
        found += _strangers(row, _APPROVAL, lines, "approval", nth) if isinstance(row, dict) else ()
        by, on, digest = (row.get(key) for key in ("by", "on", "digest")) if isinstance(row, dict) else ("", None, "")
        if isinstance(by, str) and by.strip() and type(on) is date and isinstance(digest, str):
            good.append(Approval(by.strip(), on, digest))
            continue
        wanted = ("by（姓名）、on（日期）、digest（指纹）齐全", "by (a name), on (a date) and digest")
        found.append(_bad(lines, lines.table("approval", nth), "approval", row, wanted))
    return tuple(good), found


def _bad(lines: _Lines, line: int, key: str, value: object, wanted: tuple[str, str]) -> RowFinding:
    shown = "" if value is None else str(value)
    return lines.at(kinds.BAD_VALUE, line, key, value=shown[:60], wanted_zh=wanted[0], wanted_en=wanted[1])
