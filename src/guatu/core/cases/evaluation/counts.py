"""What is counted of cases: by row, by column, and merged over months, counties or files.

Counts are whole numbers, so partial counts add up to the same figures in any order; a rate is taken after the last
addition and never averaged.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt

from guatu.core.kernel.explained import Word

Counts = dict[str, int]
Tally = dict[str, Counts]

COUNTS: dict[str, Word] = {
    "reported": Word("上报数", "reported"),
    "valid_reported": Word("有效上报数", "reported and valid"),
    "public_reported": Word("公众举报数", "reported by the public"),
    "accepted": Word("受理数", "accepted"),
    "accepted_in_time": Word("按期受理数", "accepted in time"),
    "accepted_right": Word("准确受理数", "accepted rightly"),
    "filed": Word("立案数", "filed"),
    "filed_in_time": Word("按时立案数", "filed in time"),
    "filed_right": Word("准确立案数", "filed rightly"),
    "to_dispatch": Word("应派遣数", "to be assigned"),
    "dispatched": Word("派遣数", "assigned"),
    "dispatched_in_time": Word("按时派遣数", "assigned in time"),
    "dispatched_right": Word("准确派遣数", "assigned rightly"),
    "to_handle": Word("应处置数", "to be handled"),
    "handled": Word("处置数", "handled"),
    "handled_in_time": Word("按期处置数", "handled in time"),
    "handled_late": Word("超期处置数", "handled late"),
    "overdue_unhandled": Word("超期未处置数", "overdue and not handled"),
    "extended": Word("延期数", "extended"),
    "returned": Word("回退数", "returned"),
    "reworked": Word("返工数", "handled again"),
    "to_verify": Word("应核实数", "to be verified"),
    "verified_in_time": Word("按时核实数", "verified in time"),
    "to_check": Word("应核查数", "to be checked"),
    "checked": Word("核查数", "checked"),
    "checked_in_time": Word("按时核查数", "checked in time"),
    "check_passed": Word("核查通过数", "passed the check"),
    "to_close": Word("应结案数", "to be closed"),
    "closed": Word("结案数", "closed"),
    "closed_in_time": Word("按期结案数", "closed in time"),
    "closed_late": Word("超期结案数", "closed late"),
    "not_closed": Word("未结案数", "not closed"),
    "rated": Word("评价数", "rated"),
    "satisfied": Word("满意数", "satisfied"),
    "appealed": Word("申诉次数", "appeals"),
    "appeal_upheld": Word("申诉通过数", "appeals upheld"),
    "errors": Word("差错数", "errors"),
    "handling_minutes": Word("处理用时(分钟)", "handling time in minutes"),
    "late": Word("超期数(含申诉免计)", "late, with those exempted"),
    "exempted": Word("申诉免计数", "exempted by appeal"),
}


class CaseFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What happened to one case, as it counts in a period; `handling_minutes` are those of its clock."""

    reported: bool = True
    valid_reported: bool = False
    public_reported: bool = False
    accepted: bool = False
    accepted_in_time: bool = False
    accepted_right: bool = False
    filed: bool = False
    filed_in_time: bool = False
    filed_right: bool = False
    to_dispatch: bool = False
    dispatched: bool = False
    dispatched_in_time: bool = False
    dispatched_right: bool = False
    to_handle: bool = False
    handled: bool = False
    handled_in_time: bool = False
    overdue_unhandled: bool = False
    extended: bool = False
    returned: int = 0
    reworked: bool = False
    to_verify: bool = False
    verified_in_time: bool = False
    to_check: bool = False
    checked: bool = False
    checked_in_time: bool = False
    check_passed: bool = False
    to_close: bool = False
    closed: bool = False
    closed_in_time: bool = False
    rated: bool = False
    satisfied: bool = False
    appealed: int = 0
    appeal_upheld: int = 0
    errors: int = 0
    handling_minutes: int = 0
    late: bool = False
    exempted: bool = False

    def counts(self) -> Counts:
        """The case as counts of 0 and 1, with those that follow from others."""
        return with_derived({name: int(getattr(self, name)) for name in self.__struct_fields__})


def with_derived(counts: Mapping[str, int]) -> Counts:
    """Late is what was done and not in time; not closed is what was reported and not closed. A count that is given
    stays."""
    derived = {
        "handled_late": _difference(counts, "handled", "handled_in_time"),
        "closed_late": _difference(counts, "closed", "closed_in_time"),
        "not_closed": _difference(counts, "reported", "closed"),
    }
    return {**{name: count for name, count in derived.items() if count is not None}, **counts}


def tally(rows: Iterable[tuple[str, Mapping[str, int]]]) -> Tally:
    """Counts summed by the key of each row: an area, unit, post or collector."""
    found: Tally = {}
    for key, counts in rows:
        of_key = found.setdefault(key, {})
        for name, count in counts.items():
            of_key[name] = of_key.get(name, 0) + int(count)
    return found


def tally_columns(keys: Sequence[str], columns: Mapping[str, npt.NDArray[Any]]) -> Tally:
    """The same from columns: one entry of `keys` and of each column (booleans or whole numbers) to a row.

    Raises ValueError for a column of another length.
    """
    names, group = np.unique(np.asarray(keys, dtype=object), return_inverse=True)
    found: Tally = {str(name): {} for name in names}
    for column, values in columns.items():
        if len(values) != len(group):
            raise ValueError(f"column {column} has {len(values)} rows, the keys have {len(group)}")
        sums = np.zeros(len(names), dtype=np.int64)
        np.add.at(sums, group, np.asarray(values, dtype=np.int64))
        for name, total in zip(names, sums, strict=True):
            found[str(name)][column] = int(total)
    return found


def merge(parts: Iterable[Tally]) -> Tally:
    """Tallies of partitions (months, counties, files) as one; their order plays no part."""
    return tally((key, counts) for part in parts for key, counts in part.items())


def _difference(counts: Mapping[str, int], whole: str, part: str) -> int | None:
    return counts[whole] - counts[part] if whole in counts and part in counts else None
