"""A draw of objects and inspectors from a published seed, by SHA-256 alone.

The rank of an object is the SHA-256 digest of "seed|object|1" in UTF-8 as 64 hexadecimal digits; an object of weight w
has w such tickets, numbered from 1, and its lowest one counts. The objects with the lowest ranks are drawn. With equal
weights every set of that size is as likely as any other; an object of weight 2 is first twice as often as one of weight
1. For each drawn object in that order, inspectors are taken from those who have no conflict with it: first those with
the fewest objects so far, among equals the lowest digest of "seed|object|inspector". No other randomness enters. Where
a share is set for each class of risk, the lowest ranks of each class are drawn, and the drawn of all classes stand in
the order of their ranks.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from fractions import Fraction
from hashlib import sha256
from math import ceil

import msgspec

from guatu.core.kernel.explained import Explained, Label, Rule, Word
from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

SEPARATOR = "|"
MOST_WEIGHT = 1000

_DIGEST = Label("digest", "摘要", "digest")
_PLACE = Label("place", "名次", "place")
_OF = Label("of", "参加抽取", "objects in the draw")
_WANTED = Label("wanted", "应抽", "to be drawn")
_WEIGHT = Label("weight", "权重(签数)", "weight in tickets")
_TICKET = Label("ticket", "最小的签", "lowest ticket")

DRAWN = Rule(
    "inspection.drawn",
    "“{value}”的签“{ticket}”的 SHA-256 为 {digest},在 {of} 个对象中列第 {place},应抽 {wanted} 个",
    "the ticket “{ticket}” of “{value}” has the SHA-256 {digest}, place {place} of {of} objects; {wanted} are drawn",
)

TOO_FEW_OBJECTS = Kind(
    "inspection.too-few-objects",
    "warning",
    "排除后只有 {count} 个对象,少于应抽的 {wanted} 个;已全部抽取",
    "after exclusions there are {count} objects for {wanted} to be drawn; all were drawn",
)
TOO_FEW_OF_CLASS = Kind(
    "inspection.too-few-of-class",
    "warning",
    "排除后“{class_}”只有 {count} 个对象,少于应抽的 {wanted} 个;已全部抽取",
    "after exclusions there are {count} objects of “{class_}” for {wanted} to be drawn; all were drawn",
)
TOO_FEW_INSPECTORS = Kind(
    "inspection.too-few-inspectors",
    "error",
    "对象“{target}”只有 {count} 名无需回避的检查人员,应为 {wanted} 名;请增加检查人员",
    "the object “{target}” has {count} inspectors without a conflict and needs {wanted}; add inspectors",
)
SEPARATOR_IN_NAME = Kind(
    "inspection.separator-in-name",
    "error",
    "“{name}”含有分隔符“|”,无法参加抽取;请改用编号",
    "“{name}” contains the separator “|” and cannot be drawn; use its code",
)
TWICE = Kind(
    "inspection.listed-twice",
    "error",
    "“{name}”在名单中出现多次;请只留一次",
    "“{name}” is on the list more than once; leave it once",
)

CONFLICT = Word("利害关系回避", "conflict of interest")


class Excluded(msgspec.Struct, frozen=True):
    """An object or inspector that did not take part, and why."""

    name: str
    zh: str
    en: str


class DrawOrder(msgspec.Struct, frozen=True):
    """What is drawn from what; all of it is published with the result.

    `weights` are whole tickets from 1 to 1,000 for objects that have more than one. `conflicts` are pairs
    (object, inspector). The order in which names are listed plays no part. With `wanted_of` so many are drawn of each
    class of `classes`, and `wanted` is their sum.
    """

    seed: str
    objects: tuple[str, ...]
    inspectors: tuple[str, ...]
    wanted: int
    inspectors_each: int = 2
    weights: dict[str, int] = {}
    conflicts: frozenset[tuple[str, str]] = frozenset()
    excluded: tuple[Excluded, ...] = ()
    classes: dict[str, str] = {}
    wanted_of: dict[str, int] = {}

    def __post_init__(self) -> None:
        if self.wanted_of and sum(self.wanted_of.values()) != self.wanted:
            raise ValueError(f"{self.wanted} are not the sum of {self.wanted_of}")
        if any(count < 0 for count in self.wanted_of.values()):
            raise ValueError(f"{self.wanted_of} cannot be drawn")
        if self.wanted < 0 or self.inspectors_each < 0:
            raise ValueError(f"{self.wanted} objects with {self.inspectors_each} inspectors each cannot be drawn")
        if any(not 1 <= weight <= MOST_WEIGHT for weight in self.weights.values()):
            raise ValueError(f"weights are whole numbers from 1 to {MOST_WEIGHT}")
        if not self.seed:
            raise ValueError("a draw needs a seed")


class Drawn(msgspec.Struct, frozen=True):
    """A drawn object with its reason and its inspectors in the order in which they were taken."""

    name: str
    why: Explained[str]
    inspectors: tuple[str, ...]


class Draw(msgspec.Struct, frozen=True):
    """The result in the order drawn, who was excluded, and findings; with an error in the lists nothing is drawn."""

    drawn: tuple[Drawn, ...]
    excluded: tuple[Excluded, ...]
    findings: tuple[RowFinding, ...] = ()


def digest(*words: str) -> str:
    """The SHA-256 of the words joined by "|", as 64 lower-case hexadecimal digits."""
    return sha256(SEPARATOR.join(words).encode()).hexdigest()


def commitment(seed: str) -> str:
    """What is published before the seed, so that nobody can choose the seed after seeing the lists: its SHA-256."""
    return digest(seed)


def lowest_ticket(seed: str, name: str, weight: int = 1) -> tuple[str, int]:
    """The lowest digest of the object's tickets, and the number of that ticket."""
    return min((digest(seed, name, str(ticket)), ticket) for ticket in range(1, weight + 1))


def draw(order: DrawOrder) -> Draw:
    """Objects and their inspectors by the rule of this module."""
    wrong = _check_names(order)
    if wrong:
        return Draw((), order.excluded, tuple(wrong))
    out = {one.name for one in order.excluded}
    objects = [name for name in order.objects if name not in out]
    ranks = {name: lowest_ticket(order.seed, name, order.weights.get(name, 1)) for name in objects}
    chosen = _chosen(order, sorted(objects, key=lambda name: (ranks[name], name)))
    inspectors = sorted(name for name in order.inspectors if name not in out)
    busy = dict.fromkeys(inspectors, 0)
    drawn, findings = [], _too_few(order, objects)
    for place, name in enumerate(chosen, 1):
        team = _team(order, name, busy)
        if len(team) < order.inspectors_each:
            count = {"count": len(team), "wanted": order.inspectors_each}
            findings.append(row_finding(TOO_FEW_INSPECTORS, name, "inspectors", None, target=name, **count))
        for inspector in team:
            busy[inspector] += 1
        drawn.append(Drawn(name, _why(order, name, ranks[name], place, len(objects)), team))
    return Draw(tuple(drawn), order.excluded, tuple(findings))


def wanted_by_share(objects: Sequence[str], classes: Mapping[str, str], percent: Mapping[str, int]) -> dict[str, int]:
    """How many of each class are drawn for a share in per cent of those on the list, rounded up: a class with a share
    and an object has at least one drawn. Raises ValueError for a share outside of 0 to 100."""
    if any(not 0 <= share <= 100 for share in percent.values()):
        raise ValueError(f"shares are from 0 to 100 per cent: {dict(percent)}")
    listed = Counter(classes.get(name, "") for name in objects)
    return {class_: ceil(Fraction(share * listed[class_], 100)) for class_, share in percent.items()}


def recently_inspected(
    last_inspected: Mapping[str, date], on: date, days: int, zh: str = "近期已检查", en: str = "inspected recently"
) -> tuple[Excluded, ...]:
    """Exclusions of those whose last inspection lies fewer than `days` before the day."""
    recent = sorted(name for name, day in last_inspected.items() if 0 <= (on - day).days < days)
    return tuple(
        Excluded(name, f"{zh}({last_inspected[name].isoformat()})", f"{en} ({last_inspected[name].isoformat()})")
        for name in recent
    )


def weights_of(objects: Sequence[str], risk_of: Callable[[str], str], tickets: Mapping[str, int]) -> dict[str, int]:
    """Tickets of each object by its declared level of risk. Raises KeyError for a level that has none."""
    return {name: tickets[risk_of(name)] for name in objects}


def _chosen(order: DrawOrder, by_rank: Sequence[str]) -> list[str]:
    if not order.wanted_of:
        return list(by_rank[: order.wanted])
    left, chosen = dict(order.wanted_of), []
    for name in by_rank:
        class_ = order.classes.get(name, "")
        if left.get(class_, 0) > 0:
            left[class_] -= 1
            chosen.append(name)
    return chosen


def _too_few(order: DrawOrder, objects: Sequence[str]) -> list[RowFinding]:
    if not order.wanted_of:
        few = {"count": len(objects), "wanted": order.wanted}
        return [row_finding(TOO_FEW_OBJECTS, "", "objects", None, **few)] if len(objects) < order.wanted else []
    listed = Counter(order.classes.get(name, "") for name in objects)
    return [
        row_finding(TOO_FEW_OF_CLASS, class_, "objects", None, class_=class_, count=listed[class_], wanted=wanted)
        for class_, wanted in sorted(order.wanted_of.items())
        if listed[class_] < wanted
    ]


def _team(order: DrawOrder, name: str, busy: Mapping[str, int]) -> tuple[str, ...]:
    free = [inspector for inspector in busy if (name, inspector) not in order.conflicts]
    free.sort(key=lambda inspector: (busy[inspector], digest(order.seed, name, inspector), inspector))
    return tuple(free[: order.inspectors_each])


def _why(order: DrawOrder, name: str, rank: tuple[str, int], place: int, of: int) -> Explained[str]:
    ticket = SEPARATOR.join((order.seed, name, str(rank[1])))
    weight = _WEIGHT.of(order.weights.get(name, 1))
    parts = (_TICKET.of(ticket), _DIGEST.of(rank[0]), _PLACE.of(place), _OF.of(of), _WANTED.of(order.wanted), weight)
    return DRAWN.gives(name, *parts)


def _check_names(order: DrawOrder) -> list[RowFinding]:
    found = []
    for field, names in (("objects", order.objects), ("inspectors", order.inspectors)):
        seen: set[str] = set()
        for name in names:
            if SEPARATOR in name:
                found.append(row_finding(SEPARATOR_IN_NAME, name, field, name=name))
            if name in seen:
                found.append(row_finding(TWICE, name, field, name=name))
            seen.add(name)
    return found
