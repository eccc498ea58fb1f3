"""Which units a written name may mean, on the tree of a day.

`known` answers for sure, `suggest` ranks candidates with the reason, `expand` turns 各镇 into the real towns. Names are
those of the day, short names, aliases, and what a unit or its predecessor was called before.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from weakref import WeakKeyDictionary

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from guatu.core.link.collectives import Level, Member, members
from guatu.core.link.unit_names import NamedUnit, UnitNames
from guatu.web.directory.models import Succession, UnitAlias, UnitVersion
from guatu.web.directory.selectors.tree import UnitTree

REASONS = {
    "name": gettext_noop("全称相同"),
    "alias": gettext_noop("简称、别名或曾用名相同"),
    "ending": gettext_noop("去掉县名、级别和后缀后相同"),
    "abbreviation": gettext_noop("像是缩写"),
    "similar": gettext_noop("写法相近"),
}
_LEVELS: dict[str, Level] = {"county": "county", "town": "town", "village": "village"}


@dataclass(frozen=True)
class Suggestion:
    """A unit that a name may mean; `score` in (0, 1], `reason` a word of `REASONS`."""

    unit_id: int
    name: str
    score: float
    reason: str

    @property
    def reason_text(self) -> str:
        return _(REASONS[self.reason])


class Matcher:
    """The names of a tree, read once: three queries, whatever the number of names that are asked for."""

    def __init__(self, tree: UnitTree) -> None:
        others = _other_names(tree)
        ordered = sorted(tree.nodes.values(), key=lambda n: (n.order, n.id))
        self._names = UnitNames(
            NamedUnit(n.id, n.name, tuple(sorted(others[n.id] - {n.name})), n.category == "town") for n in ordered
        )
        self.names = tuple(sorted({n.name for n in ordered} | {name for own in others.values() for name in own}))
        self._members = [Member(n.id, n.name, _LEVELS.get(n.category, "other")) for n in ordered]
        self._answers: dict[tuple[str, int], list[Suggestion]] = {}

    def known(self, text: str) -> int | None:
        return self._names.known(text)

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        found = self._answers.get((text, limit))
        if found is None:
            found = [Suggestion(s.id, s.name, s.score, s.why) for s in self._names.suggest(text, limit)]
            self._answers[text, limit] = found
        return found

    def expand(self, text: str) -> list[int] | None:
        return members(text, self._members)


_matchers: WeakKeyDictionary[UnitTree, Matcher] = WeakKeyDictionary()


def matcher(tree: UnitTree) -> Matcher:
    """The matcher of a tree, made once for each tree."""
    if tree not in _matchers:
        _matchers[tree] = Matcher(tree)
    return _matchers[tree]


def known(text: str, tree: UnitTree) -> int | None:
    """The one unit that is written so; None where there is none or more than one."""
    return matcher(tree).known(text)


def suggest(text: str, tree: UnitTree, limit: int = 5) -> list[Suggestion]:
    """Units that the name may mean, the likeliest first."""
    return matcher(tree).suggest(text, limit)


def expand(text: str, tree: UnitTree) -> list[int] | None:
    """Units that a collective name means (各镇, 各村, 各县(市、区)); None for any other name, empty where there are none."""
    return matcher(tree).expand(text)


def _other_names(tree: UnitTree) -> dict[int, set[str]]:
    """Short names and aliases, and names that the unit bore on other days."""
    found: dict[int, set[str]] = defaultdict(set)
    for node in tree.nodes.values():
        if node.short_name:
            found[node.id].add(node.short_name)
    for unit_id, text in UnitAlias.objects.values_list("unit_id", "text"):
        found[unit_id].add(text)
    successors: dict[int, set[int]] = defaultdict(set)
    for old, new in Succession.objects.values_list("old_id", "new_id"):
        successors[old].add(new)
    for unit_id, name, short in UnitVersion.objects.values_list("unit_id", "name", "short_name"):
        for heir in _heirs(unit_id, tree, successors):
            found[heir].update(filter(None, (name, short)))
    return found


def _heirs(unit_id: int, tree: UnitTree, successors: dict[int, set[int]]) -> set[int]:
    """The unit itself where it stands on the day, else those that followed it."""
    found: set[int] = set()
    seen: set[int] = set()
    stack = [unit_id]
    while stack:
        at = stack.pop()
        if at in tree.nodes:
            found.add(at)
        # Units may follow each other in a ring: split off once, and merged again.
        elif at not in seen:
            seen.add(at)
            stack.extend(successors.get(at, ()))
    return found
