"""posts.toml: as what people act in the flows, which roles of the county hold a post, who may not be two of them."""

from collections.abc import Iterator

import msgspec

from guatu.core.cases.posts import Apart, Post, Posts
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.common import NO_SOURCE, UNKNOWN_POST, repeated
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections.manifest import BAD_NAME, is_name, no_words

FILE = "posts.toml"
NOBODY = Kind(
    "pack.nobody-holds",
    "error",
    "岗位“{name}”没有写明由县里哪些角色担任(roles)",
    "post '{name}' does not say which roles of the county hold it (roles)",
)
LEVEL = Kind(
    "pack.level-without-place",
    "error",
    '岗位“{name}”写了层级 level,却不按区域归属;请加上 owner = "place",或去掉 level',
    "post '{name}' has a level but does not belong to a place; write owner = \"place\", or leave the level out",
)
ALONE = Kind(
    "pack.apart-alone",
    "error",
    "{path} 至少要有两个岗位,才谈得上由不同的人担任",
    "{path} needs two posts at least to be kept apart",
)


class PostTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    post: tuple[Post, ...] = ()
    apart: tuple[Apart, ...] = ()

    @property
    def posts(self) -> Posts:
        return Posts(self.post, self.apart)

    @property
    def names(self) -> frozenset[str]:
        return frozenset(row.id for row in self.post)


def _check(text: PackText) -> Iterator[FileFinding]:
    table = text.pack[SECTION]
    yield from repeated(text, FILE, "post", [row.id for row in table.post])
    for at, row in enumerate(table.post):
        path = f"post[{at}]"
        if not is_name(row.id):
            yield text.fault(BAD_NAME, FILE, f"{path}.id", name=row.id)
        if not row.roles:
            yield text.fault(NOBODY, FILE, path, name=row.id)
        if row.level and row.owner != "place":
            yield text.fault(LEVEL, FILE, path, name=row.id)
        yield from no_words(text, FILE, path, row.zh, row.en)
    for at, rule in enumerate(table.apart):
        yield from _apart(text, f"apart[{at}]", rule)


def _apart(text: PackText, path: str, rule: Apart) -> Iterator[FileFinding]:
    if len(set(rule.posts)) < 2:
        yield text.fault(ALONE, FILE, path, path=path)
    if not rule.source.strip():
        yield text.fault(NO_SOURCE, FILE, path, path=path)
    for name in rule.posts:
        if name not in text.pack[SECTION].names:
            yield text.fault(UNKNOWN_POST, FILE, f"{path}.posts", name=name)
    yield from no_words(text, FILE, path, rule.zh, rule.en)


SECTION = table_of(FILE, PostTable, _check)
