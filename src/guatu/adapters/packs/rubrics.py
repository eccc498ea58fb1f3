"""The rubrics of a pack: its stages for the evaluation and its scoring texts, checked with file and line.

The pack kernel keeps the texts of `rubrics/`; what they mean belongs to the evaluation of cases, and both meet here.
"""

from collections.abc import Iterable, Iterator

import msgspec

from guatu.core.cases.evaluation.case_counts import Stages
from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.rates import RATES, Denominator
from guatu.core.cases.evaluation.sheet import Sheet, check_sheet
from guatu.core.cases.parameters import Parameter
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack import PackText
from guatu.core.pack.sections import parameters
from guatu.core.pack.sections import rubrics as texts
from guatu.core.pack.toml_lines import TomlText

PREFIX = "denominator_"
"""Parameters of a pack whose names begin so are denominators: `denominator_closing_in_time`."""

UNKNOWN_STEP = Kind(
    "rubric.unknown-step",
    "error",
    "流程里没有环节“{name}”;请核对名称",
    "no flow has the step '{name}'; check its name",
)
TWICE = Kind(
    "rubric.twice",
    "error",
    "“{name}”出现了两次;请删去一个或改名",
    "'{name}' is there twice; delete or rename one",
)
NO_SOURCE = Kind(
    "rubric.no-source",
    "error",
    "评分办法“{name}”没有来源(source);请写明文件",
    "the scoring text '{name}' has no source; name the document",
)
WRONG_SHEET = Kind("rubric.wrong-sheet", "error", "{zh}", "{en}")
UNKNOWN_RATE = Kind(
    "rubric.unknown-rate",
    "error",
    "参数“{name}”说的不是已有的指标;可用: {known}",
    "parameter '{name}' is of no rate; known are {known}",
)
UNKNOWN_COUNT = Kind(
    "rubric.unknown-count",
    "error",
    "参数“{name}”的值“{count}”不是统计数;可用: {known}",
    "the value '{count}' of parameter '{name}' is no count; known are {known}",
)


class RubricFile(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One file of `rubrics/`: stages, scoring texts, or both."""

    stages: Stages | None = None
    sheets: tuple[Sheet, ...] = ()


class Rubrics(msgspec.Struct, frozen=True):
    """What a pack says about evaluation; without stages its cases are not evaluated."""

    stages: Stages | None = None
    sheets: tuple[Sheet, ...] = ()
    denominators: tuple[Denominator, ...] = ()


def read_rubrics(read_pack: PackText, steps: Iterable[str]) -> tuple[Rubrics, list[FileFinding]]:
    """The rubrics of a pack whose flows have these steps; findings come all at once."""
    pack = read_pack.pack
    stages: Stages | None = None
    sheets: tuple[Sheet, ...] = ()
    found = list(_wrong_parameters(read_pack))
    known, codes = frozenset(steps), set[str]()
    for name, content in pack[texts.SECTION].items():
        text = TomlText(name, content)
        read, faults = text.read(RubricFile)
        found += faults
        if read is None:
            continue
        found += [*_wrong_stages(text, read, known, stages is not None), *_wrong_sheets(text, read, codes)]
        stages = read.stages or stages
        sheets += read.sheets
    return Rubrics(stages, sheets, tuple(denominators(pack[parameters.SECTION].parameter))), found


def denominators(rows: Iterable[Parameter]) -> Iterator[Denominator]:
    """The denominators among the parameters of a pack; those that name no rate or count are left to the check."""
    for row in rows:
        code = _rate_of(row.name)
        if code in RATES and row.value in COUNTS:
            unchecked = row.source if row.unverified else ""
            yield Denominator(code, str(row.value), row.source, row.valid_from, row.valid_to, unchecked)


def _rate_of(name: str) -> str:
    return name.removeprefix(PREFIX).replace("_", "-") if name.startswith(PREFIX) else ""


def _wrong_stages(text: TomlText, read: RubricFile, known: frozenset[str], again: bool) -> Iterator[FileFinding]:
    if read.stages is None:
        return
    if again:
        yield file_finding(TWICE, text.file, text.line("stages"), "stages", name="stages")
    for stage in read.stages.__struct_fields__:
        for step in getattr(read.stages, stage):
            if step not in known:
                path = f"stages.{stage}"
                yield file_finding(UNKNOWN_STEP, text.file, text.line(path), path, name=step)


def _wrong_sheets(text: TomlText, read: RubricFile, codes: set[str]) -> Iterator[FileFinding]:
    for at, sheet in enumerate(read.sheets):
        path = f"sheets[{at}]"
        if sheet.code in codes:
            yield file_finding(TWICE, text.file, text.line(path), path, name=sheet.code)
        codes.add(sheet.code)
        if not sheet.source.strip():
            yield file_finding(NO_SOURCE, text.file, text.line(path), path, name=sheet.zh)
        for one in check_sheet(sheet):
            words = {"zh": one.message("zh"), "en": one.message("en")}
            yield file_finding(WRONG_SHEET, text.file, text.line(f"{path}.lines"), path, **words)


def _wrong_parameters(read: PackText) -> Iterator[FileFinding]:
    for at, row in enumerate(read.pack[parameters.SECTION].parameter):
        path = f"parameter[{at}]"
        if row.name.startswith(PREFIX) and _rate_of(row.name) not in RATES:
            yield read.fault(UNKNOWN_RATE, parameters.FILE, path, name=row.name, known=", ".join(RATES))
        elif row.name.startswith(PREFIX) and row.value not in COUNTS:
            known = ", ".join(COUNTS)
            yield read.fault(UNKNOWN_COUNT, parameters.FILE, path, name=row.name, count=row.value, known=known)
