"""parameters.toml: numbers with the days on which they hold, and their sources."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import msgspec

from guatu.core.cases.duplicates import distance
from guatu.core.cases.parameters import Parameter, Parameters
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.common import in_order, repeated, sourced
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections import fields
from guatu.core.pack.sections.manifest import BAD_NAME, is_name, no_words

FILE = "parameters.toml"
ALSO_FIELD = Kind(
    "pack.parameter-is-field",
    "error",
    "参数“{name}”与字段同名;条件里分不清说的是哪个,请改名",
    "parameter '{name}' is called like a field: a condition could mean either; rename one",
)

NO_DISTANCE = Kind(
    "pack.no-distance",
    "error",
    "参数“{name}”应是大于 0 的数,单位为长度;现为 {value} {unit}",
    "parameter '{name}' is a number above 0 in a unit of length, and not {value} {unit}",
)


GAP = Kind(
    "pack.parameter-gap",
    "error",
    "参数“{name}”从 {first} 起{until}没有值,那几天的案件无法判断;请补上或改有效期",
    "parameter '{name}' has no value from {first} on{until_en}: cases of those days cannot be judged; add one",
)


class ParameterTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    parameter: tuple[Parameter, ...] = ()

    @property
    def all(self) -> Parameters:
        return Parameters(self.parameter)


def _check(text: PackText) -> Iterator[FileFinding]:
    rows, asked = text.pack[SECTION].parameter, fields.case_fields(text.pack).by_name
    yield from sourced(text, FILE, "parameter", [row.source for row in rows])
    yield from repeated(text, FILE, "parameter", [f"{row.name} {row.valid_from}" for row in rows])
    for at, row in enumerate(rows):
        path = f"parameter[{at}]"
        if not is_name(row.name):
            yield text.fault(BAD_NAME, FILE, f"{path}.name", name=row.name)
        if row.name in asked:
            yield text.fault(ALSO_FIELD, FILE, f"{path}.name", name=row.name)
        if row.name == distance.PARAMETER and distance.metres(row) is None:
            yield text.fault(NO_DISTANCE, FILE, path, name=row.name, value=row.value, unit=row.unit)
        yield from in_order(text, FILE, path, row.valid_from, row.valid_to)
        yield from no_words(text, FILE, path, row.zh, row.en)
    yield from _gaps(text, rows)


def _gaps(text: PackText, rows: Sequence[Parameter]) -> Iterator[FileFinding]:
    """Days behind a row that has an end on which no other row holds; before its first row a parameter did not exist."""
    for at, row in enumerate(rows):
        others = [one for one in rows if one.name == row.name]
        if row.valid_to == date.max or any(one.holds_on(row.valid_to + timedelta(days=1)) for one in others):
            continue
        behind = min((one.valid_from for one in others if one.valid_from > row.valid_to), default=None)
        until = (
            {"until": f"到 {behind} 前", "until_en": f" until {behind}"} if behind else {"until": "", "until_en": ""}
        )
        first = row.valid_to + timedelta(days=1)
        yield text.fault(GAP, FILE, f"parameter[{at}].valid_to", name=row.name, first=f"{first}", **until)


SECTION = table_of(FILE, ParameterTable, _check)
