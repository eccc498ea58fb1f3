"""What a pack may not say: numbers without source, codes twice, names that nobody declares."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.clock_checks import NO_SOURCE, TWICE, UNKNOWN_CLASS, clock_faults
from guatu.core.pack.content import MANIFEST, Pack, PackText

BAD_NAME = Kind(
    "pack.bad-name",
    "error",
    "名称“{name}”不对;用小写字母、数字和下划线,以字母开头",
    "'{name}' is no name; use small letters, digits and underscores, and begin with a letter",
)
NO_DOCS = Kind(
    "pack.no-docs",
    "error",
    "没有 docs.md;请写明这个业务包管什么、依据什么",
    "there is no docs.md; write what the pack is for and what it rests on",
)
UNKNOWN_CONDITION = Kind(
    "pack.unknown-condition",
    "error",
    "情形“{name}”没有登记在 classes.toml 的 [[condition]];请写明中英文名称",
    "condition '{name}' is not declared in classes.toml ([[condition]]); give it words in both languages",
)
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
_NAME = re.compile(r"[a-z][a-z0-9_]*")


def is_name(name: str) -> bool:
    """Whether a pack or a role may be called so."""
    return _NAME.fullmatch(name) is not None


def check_pack(text: PackText) -> list[FileFinding]:
    """Everything that the tables of a pack say wrongly. Flows and cases are checked where they can be run."""
    pack = text.pack
    return [
        *_manifest(text),
        *_sources(text),
        *_twice(text),
        *_classes(text),
        *_clocks(text),
        *_cases(text),
        *([] if pack.docs.strip() else [file_finding(NO_DOCS, "docs.md")]),
    ]


def _manifest(text: PackText) -> Iterator[FileFinding]:
    toml, manifest = text.toml[MANIFEST], text.pack.manifest
    names = [("name", manifest.name), *((f"role[{n}].id", role.id) for n, role in enumerate(manifest.role))]
    for path, name in names:
        if not is_name(name):
            yield file_finding(BAD_NAME, MANIFEST, toml.line(path), path, name=name)


def _sources(text: PackText) -> Iterator[FileFinding]:
    pack = text.pack
    tables: list[tuple[str, str, Iterable[Any]]] = [
        ("parameters.toml", "parameter", pack.parameters),
        ("duty.toml", "duty", pack.duties),
    ]
    for file, key, rows in tables:
        for at, row in enumerate(rows):
            if not row.source.strip():
                path = f"{key}[{at}]"
                yield file_finding(NO_SOURCE, file, text.toml[file].line(path), path, path=path)


def _twice(text: PackText) -> Iterator[FileFinding]:
    pack = text.pack
    yield from _repeated(text, MANIFEST, "role", [role.id for role in pack.manifest.role])
    yield from _repeated(text, "classes.toml", "class", [row.code for row in pack.classes])
    yield from _repeated(text, "classes.toml", "condition", [row.code for row in pack.conditions])
    yield from _repeated(
        text, "parameters.toml", "parameter", [f"{row.name} {row.valid_from}" for row in pack.parameters]
    )


def _repeated(text: PackText, file: str, key: str, names: list[str]) -> Iterator[FileFinding]:
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            path = f"{key}[{at}]"
            yield file_finding(TWICE, file, text.toml[file].line(path), path, name=name)
        seen.add(name)


def _classes(text: PackText) -> Iterator[FileFinding]:
    pack = text.pack
    codes = [row.code for row in pack.classes]
    used = [
        *(("duty.toml", f"duty[{at}]", row.class_) for at, row in enumerate(pack.duties)),
        *(("samples.toml", f"case[{at}]", row.class_) for at, row in enumerate(pack.samples)),
        *((name, "class", case.class_) for name, case in {**pack.good, **pack.bad}.items()),
    ]
    for file, path, code in used:
        # A duty may name a group by the beginning of its codes.
        if code and not any(known.startswith(code) for known in codes):
            yield file_finding(UNKNOWN_CLASS, file, text.toml[file].line(path), path, name=code)


def _clocks(text: PackText) -> Iterator[FileFinding]:
    pack = text.pack
    for fault in clock_faults(pack.clocks, [row.code for row in pack.classes], pack.roles):
        line = text.toml["clocks.toml"].line(fault.path)
        yield file_finding(fault.kind, "clocks.toml", line, fault.path, **fault.params)
    # A county writes conditions of its own in the browser; what a pack ships is read in both languages.
    known = {row.code for row in pack.conditions}
    for at, limit in enumerate(pack.clocks.limit):
        if limit.condition and limit.condition not in known:
            path = f"limit[{at}]"
            line = text.toml["clocks.toml"].line(path)
            yield file_finding(UNKNOWN_CONDITION, "clocks.toml", line, path, name=limit.condition)


def _cases(text: PackText) -> Iterator[FileFinding]:
    pack: Pack = text.pack
    if not pack.flows:
        return
    for folder, cases in (("cases/good", pack.good), ("cases/bad", pack.bad)):
        if not cases:
            yield file_finding(NO_CASES, folder, 0, "", folder=folder)
    for name, case in pack.bad.items():
        if not (case.expect.code and case.expect.zh and case.expect.en):
            yield file_finding(NO_MESSAGE, name, text.toml[name].line("expect"), "expect")
