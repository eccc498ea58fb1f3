"""A decision table as rows of cells, to be shown and changed without an editor for DMN; the rest of the file stays."""

from collections.abc import Sequence

import msgspec
from lxml import etree

from guatu.adapters.flows.dmn import NO_TABLE, id_of, parts
from guatu.adapters.flows.xml import namespace, parse_xml, texts_of
from guatu.core.kernel.difference import Difference
from guatu.core.kernel.file_finding import FileFinding, file_finding


class RuleRow(msgspec.Struct, frozen=True):
    """One rule: its cells, tests first and then what it sets, and why it is there."""

    cells: tuple[str, ...]
    description: str = ""


class TableRows(msgspec.Struct, frozen=True):
    """A decision table: its hit policy, the heads of its inputs and outputs in words and as fields, and its rules in
    order; `id` is that of its decision."""

    id: str
    name: str
    policy: str
    inputs: tuple[tuple[str, str], ...]
    outputs: tuple[tuple[str, str], ...]
    rules: tuple[RuleRow, ...]

    @property
    def width(self) -> int:
        return len(self.inputs) + len(self.outputs)


def read_rows(text: str, file: str) -> tuple[tuple[TableRows, ...], list[FileFinding]]:
    """The tables of a file; cells are not judged here, `read_decisions_of` does that."""
    root, found = parse_xml(text, file)
    if root is None:
        return (), found
    if not parts(root, "decision"):
        return (), [file_finding(NO_TABLE, file)]
    return tuple(_rows(decision, table) for decision, table in _tables(root)), []


def with_rules(text: str, decision: str, rules: Sequence[RuleRow]) -> str:
    """The file with other rules in the table of a decision. Raises ValueError for a file without that table or a rule
    of another width."""
    root, _found = parse_xml(text, "table")
    table = next((table for one, table in _tables(root) if id_of(one) == decision), None) if root is not None else None
    if root is None or table is None:
        raise ValueError("no table")
    inputs = len(parts(table, "input"))
    if any(len(rule.cells) != inputs + len(parts(table, "output")) for rule in rules):
        raise ValueError("a rule of another width")
    for old in parts(table, "rule"):
        table.remove(old)
    for number, rule in enumerate(rules, 1):
        _append(table, number, rule, inputs, "" if table is _tables(root)[0][1] else f"{decision}_")
    etree.indent(root)
    written: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _append(table: etree._Element, number: int, rule: RuleRow, inputs: int, before: str) -> None:
    model, id_ = namespace(table), f"{before}rule_{number}"
    element = etree.SubElement(table, f"{{{model}}}rule", id=id_)
    if rule.description:
        etree.SubElement(element, f"{{{model}}}description").text = rule.description
    for at, cell in enumerate(rule.cells):
        kind, place = ("input", at + 1) if at < inputs else ("output", at - inputs + 1)
        entry = etree.SubElement(element, f"{{{model}}}{kind}Entry", id=f"{id_}_{kind}_{place}")
        etree.SubElement(entry, f"{{{model}}}text").text = cell


def compare_rows(old: TableRows, new: TableRows) -> list[Difference]:
    """Which rules are new, gone or changed, in the order of the new table."""
    found = []
    called = new.name or new.id
    for number, rule in enumerate(new.rules, 1):
        if rule not in old.rules:
            cells = " | ".join(cell or "-" for cell in rule.cells)
            found.append(
                Difference(
                    f"决策表“{called}”第 {number} 条:{cells}", f"table '{called}', rule {number}: {cells}", new.id
                )
            )
    gone = [rule for rule in old.rules if rule not in new.rules]
    for rule in gone:
        cells = " | ".join(cell or "-" for cell in rule.cells)
        found.append(Difference(f"决策表“{called}”不再有:{cells}", f"table '{called}' no longer has: {cells}", new.id))
    if not found and old != new:
        zh, en = f"决策表“{called}”的次序、表头或命中策略有变", f"order, head or hit policy of table '{called}' changed"
        found.append(Difference(zh, en, new.id))
    return found


def _tables(root: etree._Element) -> list[tuple[etree._Element, etree._Element]]:
    """The decisions that are tables, each with its table."""
    return [(one, table) for one in parts(root, "decision") for table in parts(one, "decisionTable")[:1]]


def _rows(decision: etree._Element, table: etree._Element) -> TableRows:
    inputs, outputs = parts(table, "input"), parts(table, "output")
    asked = ["".join(map(texts_of, parts(one, "inputExpression")[:1])) for one in inputs]
    return TableRows(
        id=id_of(decision),
        name=decision.get("name") or "",
        policy=" ".join(one for one in (table.get("hitPolicy") or "UNIQUE", table.get("aggregation")) if one),
        inputs=tuple((one.get("label") or "", text) for one, text in zip(inputs, asked, strict=True)),
        outputs=tuple((one.get("label") or "", one.get("name") or "") for one in outputs),
        rules=tuple(_rule(one) for one in parts(table, "rule")),
    )


def _rule(rule: etree._Element) -> RuleRow:
    entries = [*parts(rule, "inputEntry"), *parts(rule, "outputEntry")]
    about = next((one.text or "" for one in parts(rule, "description")), "")
    return RuleRow(tuple(map(texts_of, entries)), about.strip())
