"""Posts: as what somebody acts in a case. A pack says which roles of the county hold a post and whose unit it is; a
flow says at which step it acts."""

from collections.abc import Iterable
from functools import cached_property
from typing import Final, Literal

import msgspec

from guatu.core.cases.case import Entry, MoveEntry
from guatu.core.cases.flow import TIMER
from guatu.core.kernel.finding import Kind, Language
from guatu.core.kernel.row_finding import RowFinding, row_finding

CountyRole = Literal["desk", "leader", "supervision", "lead", "responsible", "town", "village", "collector"]
Owner = Literal["unit", "place", "county"]
"""Whose a post is: the unit that the case was given to; the unit in charge of the place of the case, at a level; or
nobody's in particular, so that whoever has the role acts, in what they may see."""
Level = Literal["county", "town", "village"]
FALLBACK: Final[tuple[CountyRole, ...]] = ("desk",)
"""Who acts where a post is nobody's: its case has no unit yet, its place no unit in charge, or its pack is gone."""

APART_SHOWN = Kind(
    "case.apart",
    "error",
    "您已以“{done}”的身份办过这个案件,不能再以“{post}”的身份办理:{why};请由另一人办理",
    "you have acted in this case as '{done_en}' and cannot act as '{post_en}' too: {why_en}; somebody else has to",
)


class Post(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A post of a pack. Where `owner` is `place`, `level` says which units have it: those in charge of a town, of a
    village; without it any whose area holds the case."""

    id: str
    zh: str
    en: str
    roles: tuple[CountyRole, ...] = FALLBACK
    owner: Owner = "county"
    level: Level | None = None

    def label(self, language: Language) -> str:
        return self.en if language == "en" else self.zh


CLOCK = Post(id=TIMER, zh="计时到点", en="the clock", roles=())
"""As what a clock acts that ran out: no role of the county holds it."""


class Apart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Posts of which one person may be no two in one case, and why (separation of duties)."""

    posts: tuple[str, ...]
    zh: str
    en: str
    source: str = ""
    unverified: bool = False


class Posts(msgspec.Struct, frozen=True, dict=True):
    """The posts of a pack, and which of them are to be held by different people."""

    rows: tuple[Post, ...] = ()
    apart: tuple[Apart, ...] = ()

    @cached_property
    def by_id(self) -> dict[str, Post]:
        return {row.id: row for row in self.rows}

    def post(self, name: str) -> Post:
        """The post; of one that no pack declares any more the desk takes care. A clock is nobody."""
        return self.by_id.get(name) or (CLOCK if name == TIMER else Post(id=name, zh=name, en=name))

    def apart_from(self, post: str) -> frozenset[str]:
        """The posts of which nobody may be one besides this one in the same case."""
        return frozenset(other for rule in self.apart if post in rule.posts for other in rule.posts) - {post}

    def kept_apart(self, history: Iterable[Entry], actor: str, post: str) -> tuple[str, Apart] | None:
        """As what the person has acted in the case before, and the rule by which they cannot act as `post` now; None
        where they may. Nobody in particular ("", a program) is kept apart from nobody."""
        rules = [rule for rule in self.apart if post in rule.posts] if actor else []
        for entry in history if rules else ():
            # The same post again is the same body that goes on.
            if isinstance(entry, MoveEntry) and entry.actor == actor and entry.role != post:
                rule = next((rule for rule in rules if entry.role in rule.posts), None)
                if rule is not None:
                    return entry.role, rule
        return None

    def admit(self, case: str, history: Iterable[Entry], entry: MoveEntry) -> list[RowFinding]:
        """What stands against a move because of what the same person did in the case before."""
        found = self.kept_apart(history, entry.actor, entry.role)
        if found is None:
            return []
        done, post = self.post(found[0]), self.post(entry.role)
        words = {"done": done.zh, "done_en": done.en, "post": post.zh, "post_en": post.en}
        return [row_finding(APART_SHOWN, case, "role", None, why=found[1].zh, why_en=found[1].en, **words)]
