"""The columns of many stays: amounts in fen, dates as days since 1970-01-01, words as numbers into lists of words."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
UNGROUPED = "0000"


@dataclass(frozen=True)
class Codes:
    """A column of words: `words[at[row]]`; -1 where a row has none."""

    at: Ints
    words: tuple[str, ...]

    def __getitem__(self, row: int) -> str:
        return self.words[self.at[row]] if self.at[row] >= 0 else ""

    def take(self, rows: NDArray[Any]) -> "Codes":
        return Codes(self.at[rows], self.words)

    def into(self, words: Sequence[str]) -> Ints:
        """The column as numbers into another list; -1 for words that it lacks."""
        place = {word: at for at, word in enumerate(words)}
        table = np.array([*(place.get(word, -1) for word in self.words), -1], np.int64)
        return table[self.at]


@dataclass(frozen=True)
class Stays:
    """Rows that hold no error. `row` is the place of each in the table that was read; amounts are fen."""

    row: Ints
    id: NDArray[np.object_]
    hospital: Codes
    patient: Codes
    group: Codes
    admitted: Ints
    discharged: Ints
    cost: Ints
    fund: Ints
    secondary: Ints
    """Number of secondary diagnoses; -1 where the table has no diagnoses."""
    unspecific: NDArray[np.bool_]
    """The principal diagnosis says no more than 'unspecified' (.9)."""
    planned: NDArray[np.bool_]
    """Admitted as agreed beforehand (a course of treatment): no readmission."""

    def __len__(self) -> int:
        return len(self.row)

    @property
    def days(self) -> Ints:
        """Days of the stay; a stay of one day and less counts as one."""
        found: Ints = np.maximum(self.discharged - self.admitted, 1)
        return found

    @property
    def patient_paid(self) -> Ints:
        """What the patient and others paid, fen."""
        found: Ints = self.cost - self.fund
        return found

    @property
    def ungrouped(self) -> NDArray[np.bool_]:
        """0000 and the ambiguous groups (…QY)."""
        words = np.array([word == UNGROUPED or word.endswith("QY") for word in self.group.words] + [False])
        found: NDArray[np.bool_] = words[self.group.at]
        return found

    def take(self, rows: NDArray[Any]) -> "Stays":
        """Some of the rows, by positions or by a mask."""
        columns = {name.name: getattr(self, name.name) for name in fields(self)}
        taken: dict[str, Any] = {}
        for key, column in columns.items():
            taken[key] = column.take(rows) if isinstance(column, Codes) else column[rows]
        return replace(self, **taken)
