"""rights.toml: rights that the pack brings, and the roles of the county that hold them."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from guatu.core.cases.posts import CountyRole
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.common import repeated
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections import manifest
from guatu.core.pack.sections.manifest import no_words

FILE = "rights.toml"
NOBODY = Kind(
    "pack.right-nobody-holds",
    "error",
    "没有哪个角色有权限“{name}”;请写明 roles",
    "no role holds right '{name}'; say which do (roles)",
)
BAD_NAME = Kind(
    "pack.bad-right",
    "error",
    "权限“{name}”的名称不对;写成 {pack}.动作,如 {pack}.view",
    "'{name}' is no name of a right; write {pack}.action, as in {pack}.view",
)
Scope = Literal["own", "all"]


class RightRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A right and who holds it: `own` for their unit and all below it, `all` for the whole county."""

    name: str
    zh: str
    en: str
    roles: dict[CountyRole, Scope] = {}


class RightTable(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    right: tuple[RightRow, ...] = ()


def _check(text: PackText) -> Iterator[FileFinding]:
    rows, pack = text.pack[SECTION].right, text.pack[manifest.SECTION].name
    yield from repeated(text, FILE, "right", [row.name for row in rows])
    for at, row in enumerate(rows):
        path = f"right[{at}]"
        # The name of the pack stands before it: two packs may both have something to view.
        if not re.fullmatch(rf"{re.escape(pack)}\.[a-z][a-z0-9-]*", row.name):
            yield text.fault(BAD_NAME, FILE, f"{path}.name", name=row.name, pack=pack)
        if not row.roles:
            yield text.fault(NOBODY, FILE, path, name=row.name)
        yield from no_words(text, FILE, path, row.zh, row.en)


SECTION = table_of(FILE, RightTable, _check)
