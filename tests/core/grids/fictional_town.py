"""Fictional towns for tests and measurements: a jittered lattice of blocks with residents, rivers and lakes."""

from hashlib import shake_256

from guatu.core.grids.partition.town import Border, ResidentialUnit, Town


def fictional_town(
    units: int, seed: str = "青禾镇", most: int = 1200, least: int = 40, rivers: int = 1, lakes: float = 0.04
) -> Town:
    """About `units` blocks of 120 m, each with residents between the two figures, most of them small.

    `rivers` fixed borders run from west to east; a share `lakes` of the lattice is left empty, which leaves the town in
    one piece on each side of a river.
    """
    side = max(1, round((units / (1 - lakes)) ** 0.5))
    numbers = iter(_numbers(seed, 4 * (side + 2) ** 2))
    empty = {(c, r) for c in range(1, side - 1) for r in range(1, side - 1) if next(numbers) < lakes and (c + r) % 2}
    cells = [(c, r) for r in range(side) for c in range(side) if (c, r) not in empty][:units]
    made = []
    for c, r in cells:
        residents = int(least + (most - least) * next(numbers) ** 2)
        x, y = 120 * (c + 0.3 * (next(numbers) - 0.5)), 120 * (r + 0.3 * (next(numbers) - 0.5))
        made.append(ResidentialUnit(f"{r:03}-{c:03}", residents, x, y, 14_400.0, 480.0))
    banks = {round(side * (at + 1) / (rivers + 1)) for at in range(rivers)}
    return Town(tuple(made), tuple(_borders(set(cells), banks)))


def _borders(cells: set[tuple[int, int]], banks: set[int]) -> list[Border]:
    found = []
    for c, r in sorted(cells):
        for other in ((c + 1, r), (c, r + 1)):
            if other in cells:
                fixed = other[1] != r and other[1] in banks
                found.append(Border(f"{r:03}-{c:03}", f"{other[1]:03}-{other[0]:03}", 120.0, fixed))
    return found


def _numbers(seed: str, count: int) -> list[float]:
    data = shake_256(seed.encode()).digest(4 * count)
    return [int.from_bytes(data[at : at + 4]) / 2**32 for at in range(0, len(data), 4)]
