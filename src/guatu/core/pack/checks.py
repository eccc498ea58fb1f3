"""What a pack may not say: numbers without source, codes twice, names that nobody declares."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.content import MANIFEST, Pack, PackText

BAD_NAME = Kind(
    "pack.bad-name",
    "error",
    "名称“{name}”不对;用小写字母、数字和下划线,以字母开头",
    "'{name}' is no name; use small letters, digits and underscores, and begin with a letter",
)
NO_SOURCE = Kind(
    "pack.no-source",
    "error",
    "{path} 没有来源(source);未核对原文的请加 unverified = true",
    "{path} has no source; where nobody has checked it, add unverified = true",
)
TWICE = Kind(
    "pack.twice",
    "error",
    "“{name}”出现了两次;请删去一个或改名",
    "'{name}' is there twice; delete or rename one",
)
UNKNOWN_CLASS = Kind(
    "pack.unknown-class",
    "error",
    "类别“{name}”没有登记在 classes.toml",
    "class '{name}' is not declared in classes.toml",
)
UNKNOWN_ROLE = Kind(
    "pack.unknown-role",
    "error",
    "角色“{name}”没有登记在 pack.toml",
    "role '{name}' is not declared in pack.toml",
)
NO_DOCS = Kind(
    "pack.no-docs",
    "error",
    "没有 docs.md;请写明这个业务包管什么、依据什么",
    "there is no docs.md; write what the pack is for and what it rests on",
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
NO_HOURS = Kind(
    "pack.no-hours",
    "error",
    "有按工作时间计的时限,却没有作息时间([[hours]])",
    "there are limits in working time but no hours of work ([[hours]])",
)
NO_GENERAL_LIMIT = Kind(
    "pack.no-general-limit",
    "warning",
    "时限“{clock}”对类别“{name}”没有不带情形的一行;这类案件到此环节可能没有时限",
    "clock '{clock}' has no row without a condition for class '{name}': such cases may have no limit there",
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
        *_reviewers(text),
        *_uncovered(text),
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
        ("clocks.toml", "limit", pack.clocks.limit),
        ("clocks.toml", "hours", pack.clocks.hours),
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
    limits = [
        (one.clock, one.class_, one.condition, one.county, one.valid_from.isoformat()) for one in pack.clocks.limit
    ]
    yield from _repeated(text, MANIFEST, "role", [role.id for role in pack.manifest.role])
    yield from _repeated(text, "classes.toml", "class", [row.code for row in pack.classes])
    yield from _repeated(text, "clocks.toml", "limit", [" ".join(filter(None, key)) for key in limits])
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
        *(("clocks.toml", f"limit[{at}]", row.class_) for at, row in enumerate(pack.clocks.limit)),
        *(("duty.toml", f"duty[{at}]", row.class_) for at, row in enumerate(pack.duties)),
        *(("samples.toml", f"case[{at}]", row.class_) for at, row in enumerate(pack.samples)),
        *((name, "class", case.class_) for name, case in {**pack.good, **pack.bad}.items()),
    ]
    for file, path, code in used:
        # A limit or duty may name a group by the beginning of its codes.
        if code and not any(known.startswith(code) for known in codes):
            yield file_finding(UNKNOWN_CLASS, file, text.toml[file].line(path), path, name=code)


def _reviewers(text: PackText) -> Iterator[FileFinding]:
    pack = text.pack
    for role in pack.policy.reviewers:
        if role not in pack.roles:
            line = text.toml["clocks.toml"].line("policy.reviewers")
            yield file_finding(UNKNOWN_ROLE, "clocks.toml", line, "policy.reviewers", name=role)
    working = [row for row in pack.limits if row.limit.basis == "shifts"]
    if working and not pack.clocks.hours:
        yield file_finding(NO_HOURS, "clocks.toml", 0, "hours")


def _uncovered(text: PackText) -> Iterator[FileFinding]:
    """The first class of each clock that no general row covers."""
    pack = text.pack
    for clock in sorted(pack.clock_names):
        general = [row.class_ for row in pack.clocks.limit if (row.clock, row.condition, row.county) == (clock, "", "")]
        for row in pack.classes:
            if not any(row.code.startswith(code) for code in general):
                yield file_finding(NO_GENERAL_LIMIT, "clocks.toml", 0, clock, clock=clock, name=row.code)
                break


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
