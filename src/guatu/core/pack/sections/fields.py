"""fields.toml: fields that steps ask for and decision tables set, each with its kind, and what must hold of them."""

from collections.abc import Iterator

import msgspec

from guatu.core.cases.case_fields import COMMON, CaseField, CaseFields, FieldCheck, Option, with_known
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.common import repeated
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
    if (row.kind == "choice") is not (len(row.options) > 1):
        yield text.fault(NO_OPTIONS, FILE, path, name=row.name)
    for at, option in enumerate(row.options):
        yield from no_words(text, FILE, f"{path}.options[{at}]", option.zh, option.en)
    for key, kinds in _KEYS.items():
        if getattr(row, key) not in (None, "", 0) and row.kind not in kinds:
            yield text.fault(WRONG_KEY, FILE, f"{path}.{key}", name=row.name, kind=row.kind, key=key)
    if row.least is not None and row.most is not None and row.least > row.most:
        yield text.fault(EMPTY_RANGE, FILE, path, name=row.name, least=row.least, most=row.most)


SECTION = table_of(FILE, FieldTable, _check)
