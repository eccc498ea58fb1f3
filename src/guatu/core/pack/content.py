"""A pack as one value, read from the texts of its folder's files.

The folder's places: pack.toml, classes.toml, clocks.toml, duty.toml, parameters.toml, samples.toml, flows/*.bpmn,
flows/*.dmn (or beside pack.toml), cases/good/*.toml, cases/bad/*.toml, docs.md. Kept as texts: rubrics/ (read by the
evaluation of cases), and for what joins later facilities/, forms/, indicators/. Python modules may lie beside them.
"""

from collections.abc import Mapping
from functools import cached_property
from typing import TypeVar

import msgspec

from guatu.core.calendar.admission import ClockPolicy
from guatu.core.calendar.clock_limits import LimitRow
from guatu.core.calendar.hours import HoursRow
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.tables import (
    ClassRow,
    ClassTable,
    ClockTable,
    ConditionRow,
    DutyRow,
    DutyTable,
    Manifest,
    PackCase,
    ParameterRow,
    ParameterTable,
    SampleRow,
    SampleTable,
)
from guatu.core.pack.toml_lines import TomlText

MANIFEST = "pack.toml"
LATER = ("facilities", "forms", "indicators", "rubrics")
"""Folders whose content is read by the parts that come later."""

NO_MANIFEST = Kind(
    "pack.no-manifest",
    "error",
    "文件夹里没有 pack.toml;用 guatu pack new 新建一个业务包",
    "there is no pack.toml in this folder; make a pack with guatu pack new",
)
UNKNOWN_FILE = Kind(
    "pack.unknown-file",
    "warning",
    "不认识这个文件,不会读取;请检查名称和位置",
    "this file is not known and will not be read; check its name and place",
)

T = TypeVar("T", bound=msgspec.Struct)


class Pack(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """All that a pack declares. Flows, decision tables and files kept for later are texts by their path in the
    folder."""

    manifest: Manifest
    classes: tuple[ClassRow, ...] = ()
    conditions: tuple[ConditionRow, ...] = ()
    clocks: ClockTable = ClockTable()
    duties: tuple[DutyRow, ...] = ()
    parameters: tuple[ParameterRow, ...] = ()
    samples: tuple[SampleRow, ...] = ()
    flows: dict[str, str] = {}
    decisions: dict[str, str] = {}
    good: dict[str, PackCase] = {}
    bad: dict[str, PackCase] = {}
    docs: str = ""
    later: dict[str, str] = {}

    @property
    def roles(self) -> frozenset[str]:
        return frozenset(role.id for role in self.manifest.role)

    @cached_property
    def limits(self) -> tuple[LimitRow, ...]:
        return self.clocks.limit_rows

    @cached_property
    def clock_names(self) -> frozenset[str]:
        return frozenset(entry.clock for entry in self.clocks.limit)

    @cached_property
    def hours(self) -> tuple[HoursRow, ...]:
        return self.clocks.hours_rows

    @property
    def policy(self) -> ClockPolicy:
        return self.clocks.rules


class PackText(msgspec.Struct, frozen=True):
    """The pack and its TOML files with their lines, for checks that name a row."""

    pack: Pack
    toml: dict[str, TomlText]


def read_pack(files: Mapping[str, str]) -> tuple[PackText | None, list[FileFinding]]:
    """The pack of a folder; `files` are texts by their path in it (with /). Findings come all at once."""
    if MANIFEST not in files:
        return None, [file_finding(NO_MANIFEST, MANIFEST)]
    reader = _Reader(files)
    manifest = reader.table(MANIFEST, Manifest)
    classes = reader.table("classes.toml", ClassTable)
    clocks = reader.table("clocks.toml", ClockTable)
    duties = reader.table("duty.toml", DutyTable)
    parameters = reader.table("parameters.toml", ParameterTable)
    samples = reader.table("samples.toml", SampleTable)
    good, bad = reader.cases("cases/good/"), reader.cases("cases/bad/")
    found = [*reader.found, *_unknown(files)]
    if manifest is None:
        return None, found
    pack = Pack(
        manifest=manifest,
        classes=classes.class_ if classes else (),
        conditions=classes.condition if classes else (),
        clocks=clocks or ClockTable(),
        duties=duties.duty if duties else (),
        parameters=parameters.parameter if parameters else (),
        samples=samples.case if samples else (),
        flows=_ending(files, ".bpmn"),
        decisions=_ending(files, ".dmn"),
        good=good,
        bad=bad,
        docs=files.get("docs.md", ""),
        later={name: text for name, text in files.items() if name.split("/")[0] in LATER},
    )
    return PackText(pack, reader.toml), found


class _Reader:
    """Reads tables and keeps what was found on the way."""

    def __init__(self, files: Mapping[str, str]) -> None:
        self._files = files
        self.toml: dict[str, TomlText] = {}
        self.found: list[FileFinding] = []

    def table(self, name: str, type_: type[T]) -> T | None:
        if name not in self._files:
            return None
        self.toml[name] = TomlText(name, self._files[name])
        table, found = self.toml[name].read(type_)
        self.found += found
        return table

    def cases(self, folder: str) -> dict[str, PackCase]:
        names = sorted(name for name in self._files if name.startswith(folder) and name.endswith(".toml"))
        read = {name: self.table(name, PackCase) for name in names}
        return {name: case for name, case in read.items() if case is not None}


def _ending(files: Mapping[str, str], suffix: str) -> dict[str, str]:
    return {name: files[name] for name in sorted(files) if name.endswith(suffix) and not name.startswith("cases/")}


def _unknown(files: Mapping[str, str]) -> list[FileFinding]:
    return [file_finding(UNKNOWN_FILE, name) for name in sorted(files) if not _known(name)]


_TABLES = {MANIFEST, "classes.toml", "clocks.toml", "duty.toml", "parameters.toml", "samples.toml", "docs.md"}


def _known(name: str) -> bool:
    if name in _TABLES or name.endswith((".py", ".bpmn", ".dmn")) or name.split("/")[0] in LATER:
        return True
    return name.startswith(("cases/good/", "cases/bad/")) and name.endswith(".toml")
