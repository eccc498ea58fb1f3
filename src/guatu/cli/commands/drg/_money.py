"""What weigh, settle and simulate have in common: reading their files, saying what is wrong with them, writing
folders."""

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from guatu.cli.commands.drg._shared import bar, table_errors
from guatu.cli.exits import Exit, Stop
from guatu.cli.messages import Say

if TYPE_CHECKING:
    from guatu.core.kernel.row_finding import RowFinding
    from guatu.engines.drg.parameters import ParameterSet
    from guatu.engines.drg.settlement import HospitalTerms
    from guatu.engines.drg.settlement.record import Input
    from guatu.engines.drg.stays import Problems
    from guatu.engines.drg.weights import Weights

MESSAGES: dict[str, tuple[str, str]] = {
    "drg.money-parameters": ("参数文件（TOML）。", "File of parameters (TOML)."),
    "drg.money-hospitals": (
        "医院表：hospital level，可有 name score prepaid advance。",
        "Table of hospitals: hospital level, and where known name score prepaid advance.",
    ),
    "drg.money-groups": (
        "guatu drg group 的结果；FILE 中没有 drg 列时用。",
        "Result of guatu drg group, where FILE has no column drg.",
    ),
    "drg.money-weights": ("guatu drg weigh 写出的 weights.json。", "The weights.json that guatu drg weigh wrote."),
    "drg.money-out": ("结果写到这个文件夹。", "Write the results to this folder."),
    "drg.money-format": ("结果表格的格式。", "Format of the tables."),
    "drg.money-reading": ("正在读入 {name}", "Reading {name}"),
    "drg.money-unreadable": ("{name}：读不出来（{reason}）。", "{name}: cannot be read ({reason})."),
    "drg.money-unwritable": ("{name}：写不出来（{reason}）。", "{name}: cannot be written ({reason})."),
    "drg.money-refused": (
        "有 {n} 处错误，没有计算。请先改正。",
        "{n} errors: nothing was computed. Correct them first.",
    ),
    "drg.money-unverified": (
        "注意：{n} 个参数未与文件原文核对：{names}",
        "Note: {n} parameters have not been checked against the standard itself: {names}",
    ),
    "drg.money-problems": (
        "问题：{errors} 条错误（不计入），{warnings} 条提醒，见 {name}",
        "problems: {errors} errors (left out), {warnings} warnings, see {name}",
    ),
}
FORMATS = ("tsv", "csv", "parquet")
_LISTED = 20
_NOTED = "drg.parameter-unverified"


@dataclass
class Inputs:
    """What a call has read: the hash of each file, and lines that were no rows."""

    say: Say
    hashes: "dict[str, Input]" = field(default_factory=dict)
    bad_lines: "list[RowFinding]" = field(default_factory=list)

    def data(self, role: str, name: str) -> bytes:
        """The bytes of a file. Raises Stop when there are none."""
        from guatu.engines.drg.settlement.record import input_of

        try:
            found = Path(name).read_bytes()
        except OSError as error:
            raise Stop(Exit.INPUT, self.say("drg.money-unreadable", name=name, reason=error.strerror)) from error
        self.hashes[role] = input_of(Path(name).name, found)
        return found

    def table(self, role: str, name: str, columns: Sequence[str], optional: Sequence[str] = ()) -> Any:
        """A table of records as an Arrow table."""
        import pyarrow as pa

        from guatu.engines.drg.settlement.record import Input
        from guatu.engines.drg.tables import TableReader

        with table_errors(self.say), bar(self.say("drg.money-reading", name=Path(name).name)) as told:
            reader = TableReader(Path(name), columns, optional)
            batches = []
            for batch in reader:
                batches.append(batch)
                told(reader.fraction)
        self._note_bad_lines(reader.bad_lines)
        self.hashes[role] = Input(Path(name).name, _sha256(Path(name)))
        if not batches:
            return pa.table({column: pa.array([], pa.string()) for column in reader.columns})
        return pa.Table.from_batches(batches)

    def _note_bad_lines(self, lines: Iterable[Any]) -> None:
        from guatu.core.kernel.row_finding import row_finding
        from guatu.engines.drg.stays.findings import LINE_BROKEN

        for bad in lines:
            self.bad_lines.append(
                row_finding(LINE_BROKEN, f"line {bad.line}", "", line=bad.line, cells=bad.cells, wanted=bad.wanted)
            )

    def stays(self, name: str, groups: str | None) -> "tuple[Any, Problems]":
        """The table of stays, with their groups from a file of their own where one is given."""
        from guatu.engines.drg.stays import COLUMNS, OPTIONAL, Problems
        from guatu.engines.drg.stays.join import with_groups

        if groups is None:
            return self.table("stays", name, COLUMNS, OPTIONAL), Problems()
        wanted = [column for column in COLUMNS if column != "drg"]
        stays = self.table("stays", name, wanted, OPTIONAL)
        return with_groups(stays, self.table("groups", groups, ("id", "drg")))

    def parameters(self, name: str, role: str = "parameters") -> "ParameterSet":
        from guatu.engines.drg.parameters import load_set

        text = self.data(role, name).decode("utf-8-sig", errors="replace")
        found, findings = load_set(text, name)
        refuse(findings, self.say)
        assert found is not None
        return found

    def weights(self, name: str) -> "Weights":
        from guatu.engines.drg.weights.record import weights_from_bytes

        found, findings = weights_from_bytes(self.data("weights", name), name)
        refuse(findings, self.say)
        assert found is not None
        return found

    def hospitals(self, name: str) -> "list[HospitalTerms]":
        from guatu.engines.drg.settlement.hospitals import HOSPITAL_COLUMNS, HOSPITAL_OPTIONAL, read_hospitals

        rows = self.table("hospitals", name, HOSPITAL_COLUMNS, HOSPITAL_OPTIONAL).to_pylist()
        found, findings = read_hospitals(rows)
        refuse(findings, self.say, name)
        return found


def refuse(findings: "Sequence[RowFinding]", say: Say, name: str = "") -> None:
    """Prints the findings, and ends the command where one is an error; parameters that are unverified take one line."""
    noted = [finding.field for finding in findings if finding.code == _NOTED]
    if noted:
        print(say("drg.money-unverified", n=len(noted), names=", ".join(noted)), file=sys.stderr)
    others = [finding for finding in findings if finding.code != _NOTED]
    for finding in others[:_LISTED]:
        where = f"{name}:{finding.row}" if name else finding.row
        severity = say(f"drg.severity-{finding.severity}")
        print(f"{where} {severity} {finding.code} {finding.message(say.language)}", file=sys.stderr)
    errors = sum(finding.severity == "error" for finding in others)
    if errors:
        raise Stop(Exit.INPUT, say("drg.money-refused", n=errors))


class Folder:
    """Where results go. Each file appears whole or not at all."""

    def __init__(self, name: str, suffix: str, say: Say) -> None:
        self.path, self._suffix, self._say = Path(name), suffix, say
        self._do(lambda: self.path.mkdir(parents=True, exist_ok=True), name)

    def table(self, name: str, batches: Iterable[Any], schema: Any) -> None:
        from guatu.engines.drg.table_writer import TableWriter

        with table_errors(self._say), TableWriter(self.path / f"{name}.{self._suffix}", schema) as out:
            for batch in batches:
                out.write(batch)

    def whole(self, name: str, table: Any) -> None:
        self.table(name, table.to_batches(), table.schema)

    def bytes(self, name: str, data: bytes) -> None:
        path = self.path / name
        temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")

        def write() -> None:
            path.parent.mkdir(exist_ok=True)
            temporary.write_bytes(data)
            temporary.replace(path)

        self._do(write, str(path))

    def problems(self, inputs: Inputs, problems: "Problems", ids: Any) -> None:
        """The list of problems, and a line that counts them."""
        from guatu.engines.drg.settlement.arrow import findings_table

        language = self._say.language
        self.whole("problems", findings_table([*inputs.bad_lines, *problems], ids, language))
        errors, warnings = problems.count("error") + len(inputs.bad_lines), problems.count("warning")
        name = self.path / f"problems.{self._suffix}"
        print(self._say("drg.money-problems", errors=errors, warnings=warnings, name=name), file=sys.stderr)

    def _do(self, work: Any, name: str) -> None:
        try:
            work()
        except OSError as error:
            raise Stop(Exit.OUTPUT, self._say("drg.money-unwritable", name=name, reason=error.strerror)) from error


def options(say: Say, *names: str) -> list[click.Parameter]:
    """The options that several commands take, by name."""
    known: dict[str, click.Parameter] = {
        "parameters": click.Option(
            ["--parameters"], required=True, metavar="TOML", help=say("drg.money-parameters")
        ),
        "hospitals": click.Option(["--hospitals"], required=True, metavar="FILE", help=say("drg.money-hospitals")),
        "groups": click.Option(["--groups"], metavar="FILE", help=say("drg.money-groups")),
        "weights": click.Option(["--weights"], required=True, metavar="JSON", help=say("drg.money-weights")),
        "out": click.Option(["-o", "--out"], required=True, metavar="FOLDER", help=say("drg.money-out")),
        "format": click.Option(
            ["--format", "format_"], type=click.Choice(FORMATS), default=FORMATS[0], metavar="|".join(FORMATS),
            help=say("drg.money-format"),
        ),
    }  # fmt: skip
    return [known[name] for name in names]


def _sha256(path: Path) -> str:
    import hashlib

    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
