"""Names that stand for all units of a kind: 各镇, 各镇(街道), 各村(社区), 各县(市、区).

Towns are told apart by `unit_names.group_of`; this adds villages and counties, and lists such as 各镇、各村.
"""

import re
from collections.abc import Iterable
from typing import Literal

import msgspec

from guatu.core.fields.normal import compared
from guatu.core.link.unit_names import group_of

Kind = Literal["towns", "townships", "streets", "villages", "communities", "counties"]
Level = Literal["county", "town", "village", "other"]

_VILLAGES = re.compile(
    r"^(?:全[县市区])?(?:辖区内?)?各(?P<kinds>(?:行政村|村|社区|居|[(),、及和/])+)"
    r"(?:民?委(?:员)?会|[\"“]?两委[\"”]?|党(?:总)?支部|党组织)*$"
)
_COUNTIES = re.compile(
    r"^(?:全[省市州盟]|市辖)?各(?P<kinds>(?=.*[县区旗])(?:[县市区旗(),、及和/]|功能区|开发区)+)"
    r"(?:人民政府|政府|党委|县委|管委会|[、及和])*$"
)
_BETWEEN = re.compile(r"[、,;及和](?=(?:全[县市区])?各)")


class Member(msgspec.Struct, frozen=True):
    """A unit as far as collective names ask: its id, its name and its level."""

    id: int
    name: str
    level: Level


def collectives_of(text: str) -> tuple[Kind, ...]:
    """The kinds of units that a collective name means, in its order; empty where it is none."""
    pieces = [_kind(piece) for piece in _BETWEEN.split(_normal(text))]
    return tuple(dict.fromkeys(kind for kind in pieces if kind)) if all(pieces) else ()


def members(text: str, units: Iterable[Member]) -> list[int] | None:
    """Ids of the units that a collective name means, in the order of `units`; None for any other name.

    An empty list says that the name is collective and that no unit of its kind is there.
    """
    kinds = collectives_of(text)
    if not kinds:
        return None
    known = list(units)
    chosen = {id_ for kind in kinds for id_ in _of_kind(kind, known)}
    return [unit.id for unit in known if unit.id in chosen]


def _normal(text: str) -> str:
    return compared(text).replace("村居", "村、居")


def _kind(text: str) -> Kind | None:
    towns = group_of(text)
    if towns is not None:
        return towns
    found = _VILLAGES.match(text)
    if found and re.search("村|社区|居", found["kinds"]):
        return "villages" if "村" in found["kinds"] else "communities"
    return "counties" if _COUNTIES.match(text) else None


def _of_kind(kind: Kind, units: list[Member]) -> list[int]:
    if kind == "counties":
        return [unit.id for unit in units if unit.level == "county"]
    if kind in ("villages", "communities"):
        wanted = [unit for unit in units if unit.level == "village"]
        if kind == "villages":
            return [unit.id for unit in wanted]
        return [unit.id for unit in wanted if "社区" in unit.name or "居委会" in unit.name or "居民" in unit.name]
    towns = [unit for unit in units if unit.level == "town"]
    if kind == "towns":
        return [unit.id for unit in towns]
    chosen = [unit for unit in towns if ("街道" in unit.name) == (kind == "streets")]
    return [unit.id for unit in chosen or towns]
