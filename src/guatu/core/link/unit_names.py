"""Which unit a name in a plan stands for.

Plans write 县水利局 for 青禾县水利局, 县住建局 for 县住房和城乡建设局, 临溪镇 for 临溪镇人民政府. A name is taken as known where it is equal to exactly
one unit's name, short name or alias up to such endings and beginnings; what is merely alike is a suggestion, with its
reason, for a person to decide.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Literal

import msgspec

from guatu.core.fields.normal import compared, typed

Why = Literal["name", "alias", "ending", "abbreviation", "similar"]
Group = Literal["towns", "townships", "streets"]

SCORES: dict[Why, float] = {"name": 1.0, "alias": 1.0, "ending": 0.95, "abbreviation": 0.85, "similar": 0.8}
"""How sure each reason is; a similar name counts its likeness of at most this."""
LEAST_LIKENESS = 0.6
OTHER_LEVEL = 0.6
"""What a match counts where the plan says 市 and the unit is the county's."""

_LEVEL = re.compile(
    r"^(?:中共)?(?:(?P<bare>[省市县区州旗盟])(?![场划])|[\u4e00-\u9fff]{2,6}?(?P<named>[省市县州旗盟]|"
    r"(?<![发园社片景库地新验街])区)(?![场街镇乡]))(?=.{2})"
)
_GOVERNMENT = re.compile(
    r"(?<=[镇乡])(?:党委|人民政府|政府)$|(?<=街道)(?:党工委|办事处|办)$|(?<=[发园]区)管(?:理委员|委)会$"
)
_FILLERS = re.compile(r"[和与及、·\s]")
_GROUP = re.compile(
    r"^(?:全[县市区])?各[县市区]?(?P<kinds>(?=.*[乡镇街])(?:[乡镇(),、及和/]|街道?|人民政府|政府|办事处|管委会|党工?委)+)$"
)
_VAGUE = re.compile(
    r"(?:各|有关|相关|其他|各级|县直|市直|区直|多个|涉及|所在|属地|行业主管|成员).{0,12}(?:部门|单位|机构|企业|镇街?|乡镇|街道|乡|村|社区|园区|委员会|会|组织)$"
)


class NamedUnit(msgspec.Struct, frozen=True):
    """A unit with its name, its other names, and whether it is a town."""

    id: int
    name: str
    others: tuple[str, ...] = ()
    town: bool = False


class Suggestion(msgspec.Struct, frozen=True):
    """A unit that a name may stand for; `score` in (0, 1]."""

    id: int
    name: str
    score: float
    why: Why


class UnitNames:
    """All names of a county's units, ready to be asked."""

    def __init__(self, units: Iterable[NamedUnit]) -> None:
        self.units = list(units)
        self._by_name: dict[str, dict[int, Why]] = defaultdict(dict)
        self._by_core: dict[str, set[int]] = defaultdict(set)
        self._names = {unit.id: unit.name for unit in self.units}
        self._written = [_Written(unit, name) for unit in self.units for name in (unit.name, *unit.others)]
        self._by_character: dict[str, list[int]] = defaultdict(list)
        for unit in self.units:
            self._by_name[compared(unit.name)][unit.id] = "name"
            for other in unit.others:
                self._by_name[compared(other)].setdefault(unit.id, "alias")
        for at, written in enumerate(self._written):
            self._by_core[written.core].add(written.unit.id)
            for character in set(written.core[:-1] or written.core):
                self._by_character[character].append(at)

    def known(self, text: str) -> int | None:
        """The one unit that is written so; None where there is none or more than one."""
        found = set(self._by_name.get(compared(text), ()))
        if not found:
            found = {i for i in self._by_core.get(core(text), ()) if not _levels_differ(text, self._names[i])}
        return found.pop() if len(found) == 1 else None

    def suggest(self, text: str, limit: int = 5) -> list[Suggestion]:
        """Units that the name may stand for, the likeliest first."""
        best: dict[int, Suggestion] = {}
        for found in self._candidates(text):
            if found.id not in best or found.score > best[found.id].score:
                best[found.id] = found
        return sorted(best.values(), key=lambda s: (-s.score, len(s.name), s.id))[:limit]

    def _candidates(self, text: str) -> Iterator[Suggestion]:
        wanted, short = compared(text), core(text)
        for at in self._sharing(short):
            written = self._written[at]
            found = _compare(wanted, short, written)
            if found is None:
                continue
            why, score = found
            if why not in ("name", "alias") and _levels_differ(text, written.unit.name):
                score *= OTHER_LEVEL
            yield Suggestion(written.unit.id, written.unit.name, round(score, 3), why)

    def _sharing(self, short: str) -> list[int]:
        """Names with a character in common that is not merely their last (局, 村): no other name can be alike."""
        return sorted({at for character in set(short) for at in self._by_character.get(character, ())})


class _Written:
    """One way to write a unit, taken apart once."""

    __slots__ = ("alias", "characters", "core", "plain", "unit")

    def __init__(self, unit: NamedUnit, name: str) -> None:
        self.unit = unit
        self.plain = compared(name)
        self.core = core(name)
        self.alias = name != unit.name
        self.characters = Counter(self.core)


def group_of(text: str) -> Group | None:
    """Which towns a collective name means: all, those that are 乡 or 镇, those that are 街道; None where it is none."""
    match = _GROUP.match(typed(text))
    if match is None:
        return None
    streets, townships = "街" in match["kinds"], bool(re.search("[乡镇]", match["kinds"]))
    if streets and townships:
        return "towns"
    return "streets" if streets else "townships"


def is_vague(text: str) -> bool:
    """Whether a name stands for no unit in particular (各相关部门, 有关单位)."""
    wanted = compared(text)
    return group_of(text) is None and _VAGUE.search(wanted) is not None


@lru_cache(maxsize=20_000)
def core(text: str) -> str:
    """A name without its county and level, without 人民政府 behind a town, and without filling words."""
    name = _GOVERNMENT.sub("", compared(text))
    level = _LEVEL.match(name)
    rest = name[level.end() :] if level else name
    return _FILLERS.sub("", rest) or name


def _compare(wanted: str, short: str, written: _Written) -> tuple[Why, float] | None:
    if written.plain == wanted:
        why: Why = "alias" if written.alias else "name"
        return why, SCORES[why]
    other = written.core
    if other == short:
        return "ending", SCORES["ending"]
    if _abbreviates(short, other) or _abbreviates(other, short):
        return "abbreviation", SCORES["abbreviation"]
    likeness = _likeness(short, written)
    return ("similar", likeness * SCORES["similar"]) if likeness >= LEAST_LIKENESS else None


def _abbreviates(short: str, long: str) -> bool:
    """自规局 for 自然资源规划局: its characters in their order, beginning and ending alike."""
    if not 2 <= len(short) <= len(long) - 2 or short[0] != long[0] or short[-1] != long[-1]:
        return False
    characters = iter(long)
    return all(character in characters for character in short)


def _likeness(short: str, written: _Written) -> float:
    """Share of characters in common and in order, 0 where it cannot reach `LEAST_LIKENESS`."""
    least = LEAST_LIKENESS * (len(short) + len(written.core))
    if not short or 2 * min(len(short), len(written.core)) < least:
        return 0.0
    # However they are ordered, no more than these can be in common; the costly comparison is spared to most.
    if 2 * (Counter(short) & written.characters).total() < least:
        return 0.0
    return SequenceMatcher(None, short, written.core, autojunk=False).ratio()


def _levels_differ(text: str, name: str) -> bool:
    """The plan says 市财政局 and the unit is 青禾县财政局."""
    a, b = _level(text), _level(name)
    return bool(a and b and a != b)


def _level(name: str) -> str:
    found = _LEVEL.match(compared(name))
    return (found["bare"] or found["named"]) if found else ""
