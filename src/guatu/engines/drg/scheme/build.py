"""The model of tables that have no errors."""

from collections import defaultdict
from collections.abc import Iterable
from typing import cast

from guatu.engines.drg.scheme.layout import TABLES
from guatu.engines.drg.scheme.model import Adrg, Condition, Drg, Entry, Manifest, Mdc, Partition, Qy, Scheme
from guatu.engines.drg.scheme.numbers import bound
from guatu.engines.drg.scheme.rows import Row, Tables
from guatu.engines.drg.scheme.rule import Rule, parse_rule

_Rows = dict[str, list[Row]]
_PAIRS = ("cc", "mcc", "exclusion", "dx_name", "proc_name", "dx_map", "proc_map")


def build(manifest: Manifest, tables: Tables) -> Scheme:
    rows = tables.rows
    pairs = {name: _pairs(rows[name], *TABLES[name].columns) for name in _PAIRS}
    maps = {name: {old: new for old, new in pairs.pop(name).items() if new} for name in ("dx_map", "proc_map")}
    valid = frozenset(row["proc"] for row in rows["valid_proc"])
    columns = (("mdc_dx", "dx"), ("adrg_dx", "dx"), ("cc", "dx"), ("mcc", "dx"), ("exclusion", "principal_dx"))
    known_dx = (
        frozenset(row.cells[column] for table, column in columns for row in rows[table]) | pairs["dx_name"].keys()
    )
    known_proc = frozenset(row["proc"] for row in rows["adrg_proc"]) | valid | pairs["proc_name"].keys()
    return Scheme(
        manifest=manifest,
        mdcs=tuple(_mdcs(rows, manifest)),
        **pairs,
        valid_proc=valid,
        **maps,
        known_dx=frozenset(known_dx),
        known_proc=frozenset(known_proc),
    )


def _pairs(rows: list[Row], key: str, value: str) -> dict[str, str]:
    return {row.cells[key]: row.cells[value] for row in rows}


def _by(rows: Iterable[Row], column: str) -> dict[str, list[Row]]:
    found: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        found[row.cells[column]].append(row)
    return found


def _in_order(rows: list[Row]) -> list[Row]:
    return sorted(rows, key=lambda row: int(row["try_order"]))


def _mdcs(rows: _Rows, manifest: Manifest) -> Iterable[Mdc]:
    dx, adrgs = _by(rows["mdc_dx"], "mdc"), _by(rows["adrg"], "mdc")
    made = {adrg.code: adrg for adrg in _adrgs(rows)}
    for row in _in_order(rows["mdc"]):
        code = row["mdc"]
        own = cast(Qy, row["qy"] or "off")
        # Where no diagnosis is tested, no operation is unrelated to it.
        qy: Qy = "off" if row["entry"] == "none" else manifest.qy or own
        yield Mdc(
            code=code,
            entry=cast(Entry, row["entry"]),
            condition=row["condition"],
            qy=qy,
            dx=frozenset(one.cells["dx"] for one in dx[code]),
            regions={one["dx"]: one["trauma_region"] for one in dx[code] if one["trauma_region"]},
            adrgs=tuple(made[one["adrg"]] for one in _in_order(adrgs[code])),
            name=row["name"],
        )


def _adrgs(rows: _Rows) -> Iterable[Adrg]:
    dx, procs, drgs = _by(rows["adrg_dx"], "adrg"), _by(rows["adrg_proc"], "adrg"), _by(rows["drg"], "adrg")
    for row in rows["adrg"]:
        code = row["adrg"]
        sets = _by(procs[code], "set")
        yield Adrg(
            code=code,
            mdc=row["mdc"],
            partition=cast(Partition, row["partition"]),
            rule=cast(Rule, parse_rule(row["rule"])),
            rule_text=row["rule"],
            dx=frozenset(one.cells["dx"] for one in dx[code]),
            procs={int(number): frozenset(one.cells["proc"] for one in ones) for number, ones in sets.items()},
            weight_min_g=bound(row["weight_min_g"]),
            weight_below_g=bound(row["weight_below_g"]),
            drgs=tuple(
                Drg(one["drg"], cast(Condition, one["condition"]), one["name"]) for one in _in_order(drgs[code])
            ),
            name=row["name"],
        )
