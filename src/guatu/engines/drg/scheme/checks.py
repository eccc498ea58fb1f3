"""What is checked in the tables before a model is made of them; every check names the row it is about."""

from collections import defaultdict
from collections.abc import Iterator

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.core.rules import check_text
from guatu.engines.drg.scheme import kinds, layout
from guatu.engines.drg.scheme.entry import STAY, taken
from guatu.engines.drg.scheme.numbers import bound, order
from guatu.engines.drg.scheme.rows import Row, Tables, key_of
from guatu.engines.drg.scheme.rule import parse_rule, sets_of

_Findings = Iterator[RowFinding]
_REFERENCES = (
    ("mdc_dx", "mdc", "mdc"),
    ("adrg", "mdc", "mdc"),
    ("adrg_dx", "adrg", "adrg"),
    ("adrg_proc", "adrg", "adrg"),
    ("drg", "adrg", "adrg"),
)
_VALUES = (
    ("mdc", "entry", layout.ENTRIES),
    ("mdc", "qy", ("", *layout.QY_MODES)),
    ("adrg", "partition", layout.PARTITIONS),
    ("drg", "condition", layout.DRG_CONDITIONS),
)


def check(tables: Tables) -> _Findings:
    """All findings about the contents of the tables."""
    rows = tables.rows
    yield from _keys(rows)
    yield from _values(rows)
    yield from _entries(rows)
    yield from _references(rows)
    for name, owner in (("mdc", ""), ("adrg", "mdc"), ("drg", "adrg")):
        yield from _orders(name, rows[name], owner)
    yield from _rules(rows)
    yield from _drgs(rows)
    yield from _complications(rows)


def _at(kind: Kind, row: Row, field: str = "", **params: str | int | float) -> RowFinding:
    return row_finding(kind, row.place, field, None, **params)


def _keys(rows: dict[str, list[Row]]) -> _Findings:
    for name, table in layout.TABLES.items():
        for row in rows[name]:
            if not all(key_of(table, row)):
                column = next(column for column in table.key if not row[column])
                yield _at(kinds.VALUE, row, column, value="", allowed=column)


def _values(rows: dict[str, list[Row]]) -> _Findings:
    for table, column, allowed in _VALUES:
        for row in rows[table]:
            if row[column] not in allowed:
                shown = " | ".join(value or '""' for value in allowed)
                yield _at(kinds.VALUE, row, column, value=row[column], allowed=shown)
    for row in rows["adrg"]:
        for column in ("weight_min_g", "weight_below_g"):
            if row[column] and bound(row[column]) is None:
                yield _at(kinds.VALUE, row, column, value=row[column], allowed="g")
    for row in rows["adrg_proc"]:
        if order(row["set"]) is None:
            yield _at(kinds.VALUE, row, "set", value=row["set"], allowed="1, 2, ...")


def _entries(rows: dict[str, list[Row]]) -> _Findings:
    """Conditions that cannot be read, ask of what nobody knows of a stay, or hold of none."""
    for row in rows["mdc"]:
        wrong = check_text(row["condition"].strip() or "true", STAY, row.place, "condition")
        yield from wrong
        if not wrong and not taken(row["condition"]).any():
            yield _at(
                kinds.VALUE, row, "condition", value=row["condition"], allowed="sex = 1 | sex = 2 | age | valid_proc"
            )


def _references(rows: dict[str, list[Row]]) -> _Findings:
    for table, column, target in _REFERENCES:
        known = {row[target] for row in rows[target]}
        for row in rows[table]:
            if row.cells[column] not in known:
                yield _at(kinds.REFERENCE, row, column, table=target, value=row[column])


def _orders(name: str, rows: list[Row], owner: str) -> _Findings:
    """Orders are whole numbers from 1 without gaps, and no two are the same within their owner."""
    seen: dict[str, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        number = order(row["try_order"])
        if number is None:
            yield _at(kinds.VALUE, row, "try_order", value=row["try_order"], allowed="1, 2, ...")
            continue
        first = seen[row[owner]].setdefault(number, row)
        if first is not row:
            owned = row[owner] or name
            yield _at(kinds.ORDER_REPEATED, row, "try_order", order=number, owner=owned, other=first[name])
    for key, numbers in seen.items():
        missing = sorted(set(range(1, max(numbers) + 1)) - set(numbers))
        if missing:
            last = numbers[max(numbers)]
            yield _at(kinds.ORDER_GAP, last, "try_order", owner=key or name, missing=", ".join(map(str, missing)))


def _rules(rows: dict[str, list[Row]]) -> _Findings:
    sets: dict[str, set[int]] = defaultdict(set)
    for row in rows["adrg_proc"]:
        sets[row["adrg"]].add(order(row["set"]) or 0)
    with_dx = {row["adrg"] for row in rows["adrg_dx"]}
    valid = bool(rows["valid_proc"])
    for row in rows["adrg"]:
        rule = parse_rule(row["rule"])
        if rule is None:
            yield _at(kinds.RULE, row, "rule", rule=row["rule"])
            continue
        atoms = {atom.kind for atom in rule}
        lacking = [f"adrg_proc set {n}" for n in sorted(sets_of(rule) - sets[row["adrg"]])]
        if atoms & {"dx", "anydx"} and row["adrg"] not in with_dx:
            lacking.append("adrg_dx")
        if "weight" in atoms and not (row["weight_min_g"] or row["weight_below_g"]):
            lacking.append("weight_min_g, weight_below_g")
        if "valid_proc" in atoms and not valid:
            lacking.append("valid_proc")
        if lacking:
            yield _at(kinds.RULE_NEEDS, row, "rule", adrg=row["adrg"], rule=row["rule"], needs="; ".join(lacking))


def _drgs(rows: dict[str, list[Row]]) -> _Findings:
    """Each ADRG has DRGs, and one that takes whatever the others leave."""
    of: dict[str, list[Row]] = defaultdict(list)
    for row in rows["drg"]:
        of[row["adrg"]].append(row)
    for row in rows["adrg"]:
        drgs = sorted(of[row["adrg"]], key=lambda drg: order(drg["try_order"]) or 0)
        if not drgs:
            yield _at(kinds.NO_DRG, row, "", adrg=row["adrg"])
        elif all(drg["condition"] != "any" for drg in drgs):
            yield _at(kinds.NO_LAST, row, "", adrg=row["adrg"])
        yield from _unreached(drgs)


def _unreached(drgs: list[Row]) -> _Findings:
    """A DRG behind one whose condition covers its own is never reached."""
    covers = {"any": {"any", "mcc_or_cc", "mcc"}, "mcc_or_cc": {"mcc_or_cc", "mcc"}, "mcc": {"mcc"}}
    covered: dict[str, Row] = {}
    for drg in drgs:
        before = covered.get(drg["condition"])
        if before is not None:
            yield _at(kinds.DRG_UNREACHED, drg, "condition", drg=drg["drg"], before=before["drg"])
        for condition in covers.get(drg["condition"], ()):
            covered.setdefault(condition, drg)


def _complications(rows: dict[str, list[Row]]) -> _Findings:
    mcc = {row["dx"] for row in rows["mcc"]}
    known = {row["exclusion_table"] for row in rows["exclusion"]} | {layout.NEVER_EXCLUDED}
    for row in rows["cc"]:
        if row["dx"] in mcc:
            yield _at(kinds.BOTH_CC, row, "dx", dx=row["dx"])
    for row in (*rows["cc"], *rows["mcc"]):
        if row["exclusion_table"] not in known:
            yield _at(kinds.EXCLUSION, row, "exclusion_table", table=row["exclusion_table"])
