"""What several sections of a pack say of their rows."""

from collections.abc import Iterator, Sequence
from datetime import date

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.section import PackText

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
UNKNOWN_POST = Kind(
    "pack.unknown-post",
    "error",
    "岗位“{name}”没有登记在 posts.toml",
    "post '{name}' is not declared in posts.toml",
)
UNKNOWN_CLASS = Kind(
    "pack.unknown-class",
    "error",
    "类别“{name}”没有登记在 classes.toml",
    "class '{name}' is not declared in classes.toml",
)
DATES = Kind(
    "pack.dates-out-of-order",
    "error",
    "{path} 的失效日 {last} 早于生效日 {first};请核对",
    "{path} ends on {last}, before it begins on {first}; check the days",
)


def repeated(text: PackText, file: str, key: str, names: Sequence[str]) -> Iterator[FileFinding]:
    """Rows of a table that are called like one before."""
    seen: set[str] = set()
    for at, name in enumerate(names):
        if name in seen:
            yield text.fault(TWICE, file, f"{key}[{at}]", name=name)
        seen.add(name)


def sourced(text: PackText, file: str, key: str, sources: Sequence[str]) -> Iterator[FileFinding]:
    """Rows without a source: nobody can check a number that comes from nowhere."""
    for at, source in enumerate(sources):
        if not source.strip():
            yield text.fault(NO_SOURCE, file, f"{key}[{at}]", path=f"{key}[{at}]")


def in_order(text: PackText, file: str, path: str, first: date, last: date) -> Iterator[FileFinding]:
    if last < first:
        yield text.fault(DATES, file, path, path=path, first=first, last=last)
