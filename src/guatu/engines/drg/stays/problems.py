"""Problems of rows as columns: a million of them take no million objects until somebody reads them."""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding

Params = Callable[[int], Mapping[str, str | int | float]]


@dataclass(frozen=True)
class _Group:
    kind: Kind
    field: str
    rows: NDArray[np.int64]
    params: Params


@dataclass
class Problems:
    """All problems of a table; `row` of a finding is the number of the row of data, beginning with 1."""

    _groups: list[_Group] = field(default_factory=list)

    def add(self, kind: Kind, column: str, rows: NDArray[np.int64], params: Params | None = None) -> None:
        """One problem of each of `rows` (positions from 0); `params` gives what a message says of a position."""
        if len(rows):
            self._groups.append(_Group(kind, column, np.asarray(rows, np.int64), params or (lambda _row: {})))

    def count(self, severity: str | None = None) -> int:
        return sum(len(group.rows) for group in self._groups if severity in (None, group.kind.severity))

    def by_code(self) -> dict[str, int]:
        counted: Counter[str] = Counter()
        for group in self._groups:
            counted[group.kind.code] += len(group.rows)
        return dict(sorted(counted.items()))

    def rows(self, severity: str) -> NDArray[np.int64]:
        """The positions that have a problem of that severity, rising, each once."""
        found = [group.rows for group in self._groups if group.kind.severity == severity]
        return np.unique(np.concatenate(found)) if found else np.empty(0, np.int64)

    def __iter__(self) -> Iterator[RowFinding]:
        """The findings in the order of the rows."""
        order = [(int(row), at) for at, group in enumerate(self._groups) for row in group.rows]
        for row, at in sorted(order):
            group = self._groups[at]
            params = {"field": group.field, **group.params(row)}
            yield row_finding(group.kind, str(row + 1), group.field, None, **params)

    def extended(self, other: "Problems") -> "Problems":
        return Problems([*self._groups, *other._groups])
