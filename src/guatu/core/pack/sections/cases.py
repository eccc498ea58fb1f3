"""cases/good and cases/bad: cases whose names are sentences, and what each must come to."""

from collections.abc import Iterator

import msgspec

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.case_table import PackCase
from guatu.core.pack.section import Files, PackText, Section
from guatu.core.pack.sections import flows
from guatu.core.pack.sections.classes import unknown_classes

GOOD, BAD = "cases/good/", "cases/bad/"
NO_CASES = Kind(
    "pack.no-cases",
    "error",
    "没有{folder}案例;请至少写一个",
    "there is no case in {folder}; write one at least",
)
NO_MESSAGE = Kind(
    "pack.no-message",
    "error",
    "反面案例要写明 expect.code、zh、en 的完整提示",
    "a bad case states the whole message: expect.code, zh and en",
)


class Cases(msgspec.Struct, frozen=True):
    """Cases by their files."""

    good: dict[str, PackCase]
    bad: dict[str, PackCase]


def _owns(name: str) -> bool:
    return name.startswith((GOOD, BAD)) and name.endswith(".toml")


def _read(files: Files) -> Cases:
    read = {name: files.table(name, PackCase) for name in files.of(_owns)}
    known = {name: case for name, case in read.items() if case is not None}
    good, bad = ({name: case for name, case in known.items() if name.startswith(start)} for start in (GOOD, BAD))
    return Cases(good, bad)


def _check(text: PackText) -> Iterator[FileFinding]:
    cases = text.pack[SECTION]
    for name, case in {**cases.good, **cases.bad}.items():
        yield from unknown_classes(text, name, [("class", case.class_)])
    if not text.pack[flows.SECTION]:
        return
    for folder, of in ((GOOD, cases.good), (BAD, cases.bad)):
        # One that is there and could not be read has been told.
        if not of and not any(name.startswith(folder) for name in text.toml):
            yield text.fault(NO_CASES, folder.rstrip("/"), "", folder=folder.rstrip("/"))
    for name, case in cases.bad.items():
        if not (case.expect.code and case.expect.zh and case.expect.en):
            yield text.fault(NO_MESSAGE, name, "expect")


SECTION = Section("cases", _owns, _read, _check)
