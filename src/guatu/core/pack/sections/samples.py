"""samples.toml: cases of the example county."""

from collections.abc import Iterator
from typing import Any

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections import fields
from guatu.core.pack.sections.classes import unknown_classes
from guatu.core.pack.sections.manifest import no_words

FILE = "samples.toml"
NO_FIELD = Kind(
    "pack.sample-no-field",
    "error",
    "示例填写的字段“{name}”没有登记在 fields.toml",
    "field '{name}' of the sample is not declared in fields.toml",
)
BAD_FIELD = Kind("pack.sample-field", "error", "示例的“{name}”:{zh}", "'{name}' of the sample: {en}")


class SampleRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A case as it is reported, and what is filled in on its way."""

    class_: str = msgspec.field(name="class")
    zh: str
    en: str
    condition: str = ""
    fields: dict[str, Any] = {}


class SampleTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    case: tuple[SampleRow, ...] = ()


def _check(text: PackText) -> Iterator[FileFinding]:
    rows = text.pack[SECTION].case
    yield from unknown_classes(text, FILE, [(f"case[{at}]", row.class_) for at, row in enumerate(rows)])
    known = fields.case_fields(text.pack)
    for at, row in enumerate(rows):
        yield from no_words(text, FILE, f"case[{at}]", row.zh, row.en)
        for name in row.fields.keys() - known.by_name.keys():
            yield text.fault(NO_FIELD, FILE, f"case[{at}]", name=name)
        for one in known.read(row.fields, "")[1]:
            words = {"zh": one.message("zh"), "en": one.message("en")}
            yield text.fault(BAD_FIELD, FILE, f"case[{at}]", name=one.field, **words)


SECTION = table_of(FILE, SampleTable, _check)
