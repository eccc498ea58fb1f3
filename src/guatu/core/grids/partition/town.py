"""A town as the partition sees it: residential units, and the borders that they share."""

from collections.abc import Iterable, Sequence

import msgspec


class ResidentialUnit(msgspec.Struct, frozen=True):
    """A housing estate, block of streets or hamlet that is never divided.

    `x` and `y` are the place of its centre and `area` and `perimeter` its size, in metres and square metres.
    """

    key: str
    residents: int
    x: float
    y: float
    area: float = 0.0
    perimeter: float = 0.0


class Border(msgspec.Struct, frozen=True):
    """The border that two units share, in metres; no grid reaches over a `fixed` one (a river, a railway, a
    village)."""

    first: str
    second: str
    length: float
    fixed: bool = False


class Town(msgspec.Struct, frozen=True):
    """Units and borders. Raises ValueError for a key given twice, a border of unknown units, or fewer than 0
    residents."""

    units: tuple[ResidentialUnit, ...]
    borders: tuple[Border, ...]

    def __post_init__(self) -> None:
        keys = {unit.key for unit in self.units}
        if len(keys) != len(self.units):
            raise ValueError("a residential unit is given twice")
        if any(unit.residents < 0 for unit in self.units):
            raise ValueError("a residential unit has fewer than 0 residents")
        for border in self.borders:
            if border.first == border.second or not {border.first, border.second} <= keys:
                raise ValueError(f"the border between {border.first} and {border.second} joins no two known units")

    @property
    def residents(self) -> int:
        return sum(unit.residents for unit in self.units)


class PlannedGrid(msgspec.Struct, frozen=True):
    """A grid: its units in order of their keys, its residents, and the large grid that it belongs to."""

    key: str
    large: str
    units: tuple[str, ...]
    residents: int


class Edges(msgspec.Struct, frozen=True):
    """Borders by the places of their units in `Town.units`; of two borders between the same units the lengths
    add up."""

    pairs: tuple[tuple[int, int], ...]
    lengths: tuple[float, ...]


def edges_of(town: Town, fixed: bool) -> Edges:
    """The borders that may lie inside a grid, with `fixed` all of them."""
    at = {unit.key: place for place, unit in enumerate(town.units)}
    forbidden = set() if fixed else {_pair(at, border) for border in town.borders if border.fixed}
    lengths: dict[tuple[int, int], float] = {}
    for border in town.borders:
        pair = _pair(at, border)
        if pair not in forbidden:
            lengths[pair] = lengths.get(pair, 0.0) + border.length
    pairs = tuple(sorted(lengths))
    return Edges(pairs, tuple(lengths[pair] for pair in pairs))


def pieces(vertices: Sequence[int], pairs: Iterable[tuple[int, int]]) -> list[list[int]]:
    """The connected pieces of the vertices under the pairs that lie among them, each in order."""
    neighbours: dict[int, list[int]] = {vertex: [] for vertex in vertices}
    for one, other in pairs:
        if one in neighbours and other in neighbours:
            neighbours[one].append(other)
            neighbours[other].append(one)
    seen: set[int] = set()
    found = []
    for vertex in vertices:
        if vertex in seen:
            continue
        seen.add(vertex)
        stack, piece = [vertex], []
        while stack:
            piece.append(at := stack.pop())
            fresh = [other for other in neighbours[at] if other not in seen]
            seen.update(fresh)
            stack += fresh
        found.append(sorted(piece))
    return found


def _pair(at: dict[str, int], border: Border) -> tuple[int, int]:
    one, other = sorted((at[border.first], at[border.second]))
    return one, other
