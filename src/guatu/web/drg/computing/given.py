"""What a run is made of, read from its files: tables grouped, parameters, hospitals, special reviews."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from guatu.core.kernel.row_finding import RowFinding
from guatu.engines.drg.grouping.encoding import Encoded
from guatu.engines.drg.grouping.files import group_file
from guatu.engines.drg.grouping.readable import group_row
from guatu.engines.drg.grouping.record import COLUMNS as GROUPED_BY
from guatu.engines.drg.parameters import ParameterSet, load_set
from guatu.engines.drg.scheme.model import Scheme
from guatu.engines.drg.stays import Problems
from guatu.engines.drg.stays.join import with_groups

Share = Callable[[float], None]


class Refused(Exception):
    """Nothing can be computed; the findings say why, each in both languages."""

    def __init__(self, findings: Sequence[RowFinding]) -> None:
        super().__init__(f"{len(findings)} findings")
        self.findings = list(findings)

    @property
    def words(self) -> list[list[str]]:
        return [[finding.message("zh"), finding.message("en")] for finding in self.findings]


def refuse(findings: Sequence[RowFinding]) -> None:
    """Raises `Refused` where one is an error."""
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        raise Refused(errors)


@dataclass(frozen=True)
class Grouped:
    """A table of stays with their groups, and what grouping found."""

    table: Any
    twice: Problems
    findings: list[tuple[int, RowFinding]]
    """With the position of the row."""


def grouped(path: Path, scheme: Scheme, folder: Path, share: Share) -> Grouped:
    """A stored table of stays; one that has no groups is grouped."""
    table = pq.read_table(path)
    if "drg" in table.column_names:
        return Grouped(table, Problems(), [])
    # Stored files have no ending, and the reader goes by it.
    source, out = (folder / f"{path.name}-{role}.parquet" for role in ("stays", "groups"))
    source.unlink(missing_ok=True)
    source.symlink_to(path)
    group_file(source, out, Encoded(scheme), share)
    groups = pq.read_table(out)
    joined, twice = with_groups(table, groups)
    return Grouped(joined, twice, _findings(table, groups, scheme))


def _findings(table: Any, groups: Any, scheme: Scheme) -> list[tuple[int, RowFinding]]:
    """What is wrong with rows, in the words of the readable form."""
    marked = pc.not_equal(groups.column("problems").cast(pa.string()), "")
    rows = np.flatnonzero(marked.to_numpy(zero_copy_only=False))
    names = [name for name in (*GROUPED_BY, "los") if name in table.column_names]
    found = []
    for at, row in zip(rows.tolist(), table.select(names).take(pa.array(rows)).to_pylist(), strict=True):
        texts = {name: value or "" for name, value in row.items()}
        found += [(at, finding) for finding in group_row(texts, scheme).findings]
    return found


def parameters_of(text: str) -> ParameterSet:
    """A stored set; it was checked when it came in."""
    found, findings = load_set(text, "parameters.toml")
    if found is None:
        raise Refused(findings)
    return found


def rows_of(path: Path) -> list[Mapping[str, Any]]:
    """The rows of a stored table."""
    found: list[Mapping[str, Any]] = pq.read_table(path).to_pylist()
    return found
