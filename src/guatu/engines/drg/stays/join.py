"""The groups that `guatu drg group` wrote beside the stays they belong to."""

from typing import Any

import numpy as np

from guatu.core.kernel.finding import Kind
from guatu.engines.drg.stays.problems import Problems

TWICE = Kind(
    "drg.group-twice",
    "warning",
    "分组结果中病例 {id} 出现不止一次，用第一次的病组；请核对",
    "the file of groups has the stay {id} more than once: its first group is used; check it",
)


def with_groups(stays: Any, groups: Any) -> tuple[Any, Problems]:
    """An Arrow table of stays with the column `drg` of a table of groups, by `id`; empty where that has no such stay.

    The problems are of the table of groups. A column `drg` that the stays had is replaced.
    """
    import pyarrow as pa
    import pyarrow.compute as pc

    ids = groups.column("id").cast(pa.string()).combine_chunks()
    at = pc.index_in(stays.column("id").cast(pa.string()), value_set=ids)
    column = groups.column("drg").cast(pa.string()).take(at.combine_chunks())
    rest = [name for name in stays.column_names if name != "drg"]
    problems = Problems()
    first = pc.index_in(ids, value_set=ids).to_numpy(zero_copy_only=False)
    again = np.flatnonzero(first != np.arange(len(ids)))
    problems.add(TWICE, "id", again, lambda row: {"id": str(ids[row].as_py())})
    return stays.select(rest).append_column("drg", column), problems
