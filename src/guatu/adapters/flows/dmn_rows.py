"""A decision table as rows of cells, to be shown and changed without an editor for DMN; the rest of the file stays."""

from collections.abc import Sequence

import msgspec
from lxml import etree

from guatu.adapters.flows.dmn import NO_TABLE
from guatu.adapters.flows.xml import local_name, namespace, parse_xml
from guatu.core.kernel.difference import Difference
from guatu.core.kernel.file_finding import FileFinding, file_finding


class RuleRow(msgspec.Struct, frozen=True):
    """One rule: its cells, tests first and then what it sets, and why it is there."""

    cells: tuple[str, ...]
    description: str = ""


class TableRows(msgspec.Struct, frozen=True):
    """A decision table: the heads of its inputs and outputs in words and as fields, and its rules in order."""

    id: str
    name: str
    inputs: tuple[tuple[str, str], ...]
    outputs: tuple[tuple[str, str], ...]
    rules: tuple[RuleRow, ...]

    @property
    def width(self) -> int:
        return len(self.inputs) + len(self.outputs)


def read_rows(text: str, file: str) -> tuple[TableRows | None, list[FileFinding]]:
    """The table of a file; cells are not judged here, `read_decision` does that."""
    root, found = parse_xml(text, file)
    if root is None:
        return None, found
    table = _table(root)
    if table is None:
        return None, [file_finding(NO_TABLE, file)]
    decision = table.getparent()
    inputs, outputs = [one for one in table if local_name(one) == "input"], _outputs(table)
    rows = TableRows(
        id=(decision.get("id") or "") if decision is not None else "",
        name=(decision.get("name") or "") if decision is not None else "",
        inputs=tuple((one.get("label") or "", _text(one)) for one in inputs),
        outputs=tuple((one.get("label") or "", one.get("name") or "") for one in outputs),
        rules=tuple(_rule(one) for one in table if local_name(one) == "rule"),
    )
    return rows, []


def with_rules(text: str, rules: Sequence[RuleRow]) -> str:
    """The file with other rules. Raises ValueError for a file without a table or a rule of another width."""
    rows, _found = read_rows(text, "table")
    root, _again = parse_xml(text, "table")
    if rows is None or root is None or any(len(rule.cells) != rows.width for rule in rules):
        raise ValueError("no table, or a rule of another width")
    table = _table(root)
    assert table is not None
    for old in [one for one in table if local_name(one) == "rule"]:
        table.remove(old)
    for number, rule in enumerate(rules, 1):
        _append(table, number, rule, len(rows.inputs))
    etree.indent(root)
    written: str = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{written}\n'


def _append(table: etree._Element, number: int, rule: RuleRow, inputs: int) -> None:
    model = namespace(table)
    element = etree.SubElement(table, f"{{{model}}}rule", id=f"rule_{number}")
    if rule.description:
        etree.SubElement(element, f"{{{model}}}description").text = rule.description
    for at, cell in enumerate(rule.cells):
        kind, place = ("input", at + 1) if at < inputs else ("output", at - inputs + 1)
        entry = etree.SubElement(element, f"{{{model}}}{kind}Entry", id=f"rule_{number}_{kind}_{place}")
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
        found.append(
            Difference(f"决策表“{called}”的次序或表头有变", f"order or head of table '{called}' changed", new.id)
        )
    return found


def _table(root: etree._Element) -> etree._Element | None:
    return next((one for one in root.iter() if local_name(one) == "decisionTable"), None)


def _outputs(table: etree._Element) -> list[etree._Element]:
    return [one for one in table if local_name(one) == "output"]


def _rule(rule: etree._Element) -> RuleRow:
    entries = [one for kind in ("inputEntry", "outputEntry") for one in rule if local_name(one) == kind]
    about = next((one.text or "" for one in rule if local_name(one) == "description"), "")
    return RuleRow(tuple(_text(one) for one in entries), about.strip())


def _text(element: etree._Element) -> str:
    return "".join(one.text or "" for one in element.iter() if local_name(one) == "text").strip()
