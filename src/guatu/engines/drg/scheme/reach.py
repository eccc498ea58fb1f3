"""What in a scheme can never have an effect: warnings, for the tables load all the same."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.scheme import kinds, layout
from guatu.engines.drg.scheme.numbers import order
from guatu.engines.drg.scheme.rows import Row, Tables
from guatu.engines.drg.scheme.rule import Rule, parse_rule, sets_of, uses

_Findings = Iterator[RowFinding]


class _Index:
    """The ADRGs of the tables with their rules and order."""

    def __init__(self, tables: Tables) -> None:
        self.rows = tables.rows
        self.adrgs = {row["adrg"]: row for row in self.rows["adrg"]}
        self.rules: dict[str, Rule] = {code: parse_rule(row["rule"]) or () for code, row in self.adrgs.items()}
        self.mdcs = {row["mdc"]: row for row in self.rows["mdc"]}

    def rank(self, adrg: str) -> int:
        return order(self.adrgs[adrg]["try_order"]) or 0

    def plain(self, adrg: str, kind: str) -> bool:
        rule = self.rules[adrg]
        return len(rule) == 1 and rule[0].kind == kind


def unreached(tables: Tables) -> _Findings:
    """Findings about rows that cannot matter; the tables have no errors."""
    index = _Index(tables)
    yield from _missing_from_mdc(index)
    yield from _shadowed(index, "adrg_dx", "dx", "dx")
    yield from _shadowed(index, "adrg_proc", "proc", "proc")
    yield from _unused(index)
    yield from _partitions(index)
    yield from _counts(index)
    yield from _names(index)


def _missing_from_mdc(index: _Index) -> _Findings:
    """A main diagnosis that its MDC does not admit: the ADRG waits for it in vain."""
    admitted: dict[str, set[str]] = defaultdict(set)
    for row in index.rows["mdc_dx"]:
        admitted[row["mdc"]].add(row["dx"])
    # The MDC whose list each ADRG depends on.
    waits = {
        code: row["mdc"]
        for code, row in index.adrgs.items()
        if uses(index.rules[code], "dx") and index.mdcs[row["mdc"]]["entry"] != "none"
    }
    for row in index.rows["adrg_dx"]:
        mdc = waits.get(row.cells["adrg"])
        if mdc is not None and row.cells["dx"] not in admitted[mdc]:
            params = {"adrg": row["adrg"], "dx": row["dx"], "mdc": mdc}
            yield row_finding(kinds.UNREACHABLE, row.place, "dx", None, **params)


def _shadowed(index: _Index, table: str, column: str, kind: str) -> _Findings:
    """A code in two ADRGs of one MDC that ask for nothing else: the first takes it."""
    first: dict[tuple[str, str], str] = {}
    ranks = {code: index.rank(code) for code in index.adrgs if index.plain(code, kind)}
    mdcs = {code: index.adrgs[code]["mdc"] for code in ranks}
    rows = [row for row in index.rows[table] if row.cells["adrg"] in ranks]
    for row in sorted(rows, key=lambda row: ranks[row.cells["adrg"]]):
        adrg = row.cells["adrg"]
        taken = first.setdefault((mdcs[adrg], row.cells[column]), adrg)
        if taken != adrg:
            params = {"code": row[column], "first": taken, "adrg": row["adrg"]}
            yield row_finding(kinds.SHADOWED, row.place, column, None, **params)


def _unused(index: _Index) -> _Findings:
    told: set[tuple[str, str]] = set()
    used = {(code, str(number)) for code, rule in index.rules.items() for number in sets_of(rule)}
    listed = {code for code, rule in index.rules.items() if uses(rule, "dx", "anydx")}
    for row in index.rows["adrg_proc"]:
        key = (row.cells["adrg"], row.cells["set"])
        if key not in used and key not in told:
            told.add(key)
            yield row_finding(kinds.SET_UNUSED, row.place, "set", None, adrg=row["adrg"], set=row["set"])
    for row in index.rows["adrg_dx"]:
        if row.cells["adrg"] not in listed and (row["adrg"], "") not in told:
            told.add((row["adrg"], ""))
            yield row_finding(kinds.LIST_UNUSED, row.place, "dx", None, adrg=row["adrg"])


def _partitions(index: _Index) -> _Findings:
    last: dict[str, Row] = {}
    for row in sorted(index.rows["adrg"], key=lambda row: index.rank(row["adrg"])):
        before = last.get(row["mdc"], row)
        if layout.PARTITIONS.index(row["partition"]) < layout.PARTITIONS.index(before["partition"]):
            params = {"adrg": row["adrg"], "partition": row["partition"], "before": before["adrg"]}
            yield row_finding(kinds.ORDER_PARTITION, row.place, "try_order", None, **params)
        last[row["mdc"]] = row


def _counts(index: _Index) -> _Findings:
    """Counts that a table gives of another; they are for people, so an overlay may leave them behind."""
    rows = index.rows
    yield from _count(rows["mdc"], "n_dx", (row["mdc"] for row in rows["mdc_dx"]), "mdc")
    yield from _count(rows["mdc"], "n_adrg", (row["mdc"] for row in rows["adrg"]), "mdc")
    yield from _count(rows["adrg"], "n_dx", (row["adrg"] for row in rows["adrg_dx"]), "adrg")
    yield from _count(rows["adrg"], "n_proc", (row["adrg"] for row in rows["adrg_proc"]), "adrg")


def _count(rows: list[Row], column: str, owners: Iterable[str], key: str) -> _Findings:
    found: dict[str, int] = defaultdict(int)
    for owner in owners:
        found[owner] += 1
    for row in rows:
        if row[column] and row[column] != str(found[row[key]]):
            written, there = row[column], found[row[key]]
            yield row_finding(kinds.COUNT, row.place, column, None, column=column, written=written, found=there)


def _names(index: _Index) -> _Findings:
    """Codes that the edition's list of names does not have, once each."""
    for table, pairs in (
        ("dx_name", (("mdc_dx", "dx"), ("adrg_dx", "dx"), ("cc", "dx"), ("mcc", "dx"), ("exclusion", "principal_dx"))),
        ("proc_name", (("adrg_proc", "proc"), ("valid_proc", "proc"))),
    ):
        column = table.removesuffix("_name")
        seen = {row[column] for row in index.rows[table]}
        if not seen:
            continue
        for name, key in pairs:
            for row in index.rows[name]:
                if row.cells[key] not in seen:
                    seen.add(row[key])
                    yield row_finding(kinds.NO_NAME, row.place, key, None, code=row[key], table=table)
