"""fields.toml: fields that steps ask for and decision tables set, each with its kind, and what must hold of them."""

import re
from collections.abc import Iterator

import msgspec

from guatu.core.cases.case_fields import COMMON, CaseField, CaseFields, FieldCheck, Option, with_known
from guatu.core.cases.flow import MOVE
from guatu.core.fields.normal import compared
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.units import resolve
from guatu.core.pack.common import TWICE, repeated
from guatu.core.pack.section import Pack, PackText, table_of
from guatu.core.pack.sections import classes
from guatu.core.pack.sections.manifest import BAD_NAME, is_name, no_words
from guatu.core.rules import check_text

FILE = "fields.toml"
NO_OPTIONS = Kind(
    "pack.no-options",
    "error",
    "字段“{name}”是选项(choice),请至少写两个 options;其他类型不写 options",
    "field '{name}' is a choice: give it two options at least; fields of other kinds have none",
)
WRONG_KEY = Kind(
    "pack.key-of-other-kind",
    "error",
    "字段“{name}”是 {kind},不能写 {key}",
    "field '{name}' is a {kind} and has no {key}",
)
EMPTY_RANGE = Kind(
    "pack.empty-range",
    "error",
    "字段“{name}”的下限 {least} 大于上限 {most}",
    "field '{name}': the least value {least} is above the greatest {most}",
)
UNUSABLE = Kind(
    "pack.unusable-key",
    "error",
    "字段“{name}”的 {key} 不能用:{value};{zh}",
    "field '{name}': {key} cannot be {value}: {en}",
)
NO_MONEY = ("请写成 元、万元 或 亿元", "write 元, 万元 or 亿元")
NO_PATTERN = ("这不是正则表达式", "this is no regular expression")
NO_SHARE = ("比例在 0 和 1 之间", "a share is between 0 and 1")
TAKEN = ("流程用这个名称表示所选的操作", "flows call the chosen move so")
BAD_CHECK = Kind("pack.bad-check", "error", "{path}:{zh}", "{path}: {en}")
_NUMBERS = ("number", "share", "money")
_KEYS = {
    "unit": ("number", "money"),
    "least": _NUMBERS,
    "most": _NUMBERS,
    "pattern": ("code",),
    "longest": ("text", "lines", "code"),
}


class FieldTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    field: tuple[CaseField, ...] = ()
    check: tuple[FieldCheck, ...] = ()


def case_fields(pack: Pack) -> CaseFields:
    """The fields of a pack with those that every case has; a class is one of the pack's."""
    table, known = pack[SECTION], pack[classes.SECTION]
    options = tuple(Option(value=row.code, zh=row.zh, en=row.en) for row in known.rows)
    rows = with_known(table.field, COMMON)
    of_classes = (msgspec.structs.replace(row, options=options) if row.kind == "class" else row for row in rows)
    return CaseFields(tuple(of_classes), table.check)


def _check(text: PackText) -> Iterator[FileFinding]:
    table = text.pack[SECTION]
    yield from repeated(text, FILE, "field", [row.name for row in table.field])
    for at, row in enumerate(table.field):
        path = f"field[{at}]"
        if not is_name(row.name):
            yield text.fault(BAD_NAME, FILE, f"{path}.name", name=row.name)
        yield from no_words(text, FILE, path, row.zh, row.en)
        yield from _kind(text, path, row)
    if any(not is_name(row.name) for row in table.field):
        return
    vocabulary = case_fields(text.pack).vocabulary
    for at, check in enumerate(table.check):
        path = f"check[{at}]"
        yield from no_words(text, FILE, path, check.zh, check.en)
        for one in check_text(check.rule, vocabulary, "", ""):
            words = {"zh": one.message("zh"), "en": one.message("en")}
            yield text.fault(BAD_CHECK, FILE, f"{path}.rule", path=path, **words)


def _kind(text: PackText, path: str, row: CaseField) -> Iterator[FileFinding]:
    """Keys that belong to fields of another kind, and limits that nothing can keep."""
    yield from _options(text, path, row)
    for key, said in _unusable(row):
        yield text.fault(
            UNUSABLE, FILE, f"{path}.{key}", name=row.name, key=key, value=getattr(row, key), zh=said[0], en=said[1]
        )
    for key, kinds in _KEYS.items():
        if getattr(row, key) not in (None, "", 0) and row.kind not in kinds:
            yield text.fault(WRONG_KEY, FILE, f"{path}.{key}", name=row.name, kind=row.kind, key=key)
    if row.least is not None and row.most is not None and row.least > row.most:
        yield text.fault(EMPTY_RANGE, FILE, path, name=row.name, least=row.least, most=row.most)


def _options(text: PackText, path: str, row: CaseField) -> Iterator[FileFinding]:
    """A choice has two options at least, and no word that could mean either."""
    if len(row.options) < 2 if row.kind == "choice" else row.options:
        yield text.fault(NO_OPTIONS, FILE, path, name=row.name)
    taken = set[str]()
    for at, option in enumerate(row.options):
        yield from no_words(text, FILE, f"{path}.options[{at}]", option.zh, option.en)
        # As they are read: without regard to capitals and width.
        words = {compared(word).casefold(): word for word in (option.value, option.zh, option.en)}
        for word in sorted(words.keys() & taken):
            yield text.fault(TWICE, FILE, f"{path}.options[{at}]", name=words[word])
        taken |= words.keys()


def _unusable(row: CaseField) -> Iterator[tuple[str, tuple[str, str]]]:
    """Keys whose value would refuse whatever is filled in, or take it for something else."""
    if row.name == MOVE:
        yield "name", TAKEN
    measure, yuan = resolve(row.unit), resolve("元")
    if row.kind == "money" and row.unit and (measure is None or yuan is None or measure.base != yuan.base):
        yield "unit", NO_MONEY
    try:
        re.compile(row.pattern)
    except re.error:
        yield "pattern", NO_PATTERN
    for key in ("least", "most") if row.kind == "share" else ():
        value = getattr(row, key)
        if value is not None and not 0 <= value <= 1:
            yield key, NO_SHARE


SECTION = table_of(FILE, FieldTable, _check)
