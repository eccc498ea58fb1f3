"""Random stays from the tables of a scheme: each aims at one ADRG, so that nearly every group is hit.

`wild` is the share of stays in which cells are empty, unreadable or unknown.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from guatu.engines.drg.scheme.model import Scheme

MOST_SECONDARY = 12
BAD_NUMBERS = ["", "-1", "?", "1e3", "0x10", "0.5", "28.5", " 7 ", "999", "nan"]
BAD_SEXES = ["0", "9", "", "男", "女", " 1", "2.0"]
BAD_CODES = ["", "QQQ.999", " ", "E10.1"]


@dataclass(frozen=True)
class Pools:
    """Codes by pool, one pool behind the other."""

    codes: np.ndarray
    starts: np.ndarray
    lengths: np.ndarray

    @classmethod
    def of(cls, pools: list[list[str]]) -> "Pools":
        lengths = np.array([len(pool) for pool in pools])
        flat = np.array([code for pool in pools for code in pool] or [""], object)
        return cls(flat, np.concatenate(([0], np.cumsum(lengths)[:-1])), lengths)

    def pick(self, which: np.ndarray, chance: np.random.Generator) -> np.ndarray:
        """A code of each pool asked for; empty where the pool is."""
        places = self.starts[which] + (chance.random(len(which)) * self.lengths[which]).astype(np.int64)
        return np.where(self.lengths[which] > 0, self.codes[np.minimum(places, len(self.codes) - 1)], "")


class Source:
    """Makes batches of stays from a scheme."""

    def __init__(self, scheme: Scheme) -> None:
        adrgs = [(mdc, adrg) for mdc in scheme.mdcs for adrg in mdc.adrgs]
        self.every = np.array(sorted({*scheme.known_dx, *scheme.dx_map}), object)
        self.procs = np.array(sorted({*scheme.known_proc, *scheme.proc_map}), object)
        self.principal = Pools.of([sorted(adrg.dx or mdc.dx) for mdc, adrg in adrgs])
        sets = [[sorted(adrg.procs.get(n, ())) for _, adrg in adrgs] for n in range(1, 5)]
        self.sets = [Pools.of(pools) for pools in sets]
        self.infant = np.array([mdc.condition == "age=0" for mdc, _ in adrgs])
        sexes = [int(mdc.condition[-1]) if mdc.condition.startswith("sex") else 0 for mdc, _ in adrgs]
        self.sex = np.array(sexes)
        self.count = len(adrgs)

    def batch(self, rows: int, seed: int, wild: float = 0.0) -> pa.RecordBatch:
        """`rows` stays, the same for the same seed."""
        chance = np.random.default_rng(seed)
        which = chance.integers(0, self.count, rows)
        columns = {"id": [f"R{seed}-{n}" for n in range(rows)], **self._person(which, chance)}
        columns["los"] = chance.integers(1, 40, rows).astype(str).tolist()
        columns["dx"] = self._diagnoses(which, chance, wild)
        columns["procs"] = self._procedures(which, chance, wild)
        if wild:
            _spoil(columns, chance, wild)
        return pa.RecordBatch.from_pydict({name: pa.array(cells, pa.string()) for name, cells in columns.items()})

    def _person(self, which: np.ndarray, chance: np.random.Generator) -> dict[str, list[str]]:
        rows = len(which)
        infant = self.infant[which] | (chance.random(rows) < 0.02)
        newborn = infant & (chance.random(rows) < 0.8)
        age = np.where(infant, 0, chance.integers(1, 100, rows))
        early = np.where(newborn, chance.integers(0, 29, rows), chance.integers(29, 365, rows))
        days = np.where(infant, early, age * 365 + chance.integers(0, 365, rows))
        sex = np.where(self.sex[which] == 0, chance.integers(1, 3, rows), self.sex[which])
        sex = np.where(chance.random(rows) < 0.02, 3 - sex, sex)
        weight = np.where(newborn, chance.integers(400, 5000, rows).astype(str), "")
        return {"sex": sex.astype(str), "age": age.astype(str), "age_days": days.astype(str), "weight_g": weight}

    def _diagnoses(self, which: np.ndarray, chance: np.random.Generator, wild: float) -> pa.Array:
        rows = len(which)
        count = 1 + chance.integers(0, MOST_SECONDARY, rows) * (chance.random(rows) < 0.8)
        flat = self.every[chance.integers(0, len(self.every), int(count.sum()))]
        starts = np.concatenate(([0], np.cumsum(count)[:-1]))
        flat[starts] = np.where(chance.random(rows) < 0.95, self.principal.pick(which, chance), flat[starts])
        return _joined(flat, count, chance, wild)

    def _procedures(self, which: np.ndarray, chance: np.random.Generator, wild: float) -> pa.Array:
        rows = len(which)
        own = np.stack([pool.pick(which, chance) for pool in self.sets], axis=1)
        keep = (own != "") & (chance.random(own.shape) < 0.9)
        more = chance.integers(0, 3, rows) * (chance.random(rows) < 0.5)
        picked = [
            [*own[n][keep[n]], *self.procs[chance.integers(0, len(self.procs), more[n])]] or [""] for n in range(rows)
        ]
        count = np.array([len(one) for one in picked])
        return _joined(np.array([code for one in picked for code in one], object), count, chance, wild)


def _joined(flat: np.ndarray, count: np.ndarray, chance: np.random.Generator, wild: float) -> pa.Array:
    if wild:
        spoiled = np.flatnonzero(chance.random(len(flat)) < wild / 2)
        flat[spoiled] = np.array(BAD_CODES, object)[chance.integers(0, len(BAD_CODES), len(spoiled))]
    offsets = pa.array(np.concatenate(([0], np.cumsum(count))), pa.int32())
    return pc.binary_join(pa.ListArray.from_arrays(offsets, pa.array(flat.tolist(), pa.string())), "|")


def _spoil(columns: dict[str, object], chance: np.random.Generator, wild: float) -> None:
    for name, bad in (
        ("sex", BAD_SEXES),
        ("age", BAD_NUMBERS),
        ("age_days", BAD_NUMBERS),
        ("weight_g", BAD_NUMBERS),
        ("los", BAD_NUMBERS),
    ):
        cells = np.array(columns[name], object)
        hit = np.flatnonzero(chance.random(len(cells)) < wild)
        cells[hit] = np.array(bad, object)[chance.integers(0, len(bad), len(hit))]
        columns[name] = cells.tolist()


def batches(scheme: Scheme, rows: int, seed: int, wild: float = 0.0, size: int = 100_000) -> Iterator[pa.RecordBatch]:
    source = Source(scheme)
    for n, start in enumerate(range(0, rows, size)):
        yield source.batch(min(size, rows - start), seed * 100_003 + n, wild)


def write_parquet(path: Path, scheme: Scheme, rows: int, seed: int) -> None:
    """A file of stays, with whole numbers as numbers, as a hospital's extract has them."""
    writer = None
    for batch in batches(scheme, rows, seed):
        table = pa.Table.from_batches([batch])
        for name in ("sex", "age", "age_days", "los"):
            at = table.schema.get_field_index(name)
            table = table.set_column(at, name, pc.cast(table[name], pa.int32()))
        writer = writer or pq.ParquetWriter(path, table.schema)
        writer.write_table(table)
    if writer:
        writer.close()
