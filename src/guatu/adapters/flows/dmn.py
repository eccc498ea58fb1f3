"""Decision tables: DMN 1.1 to 1.3 with S-FEEL cells in the one language of conditions.

A decision says which rule it went by, so that a routing can be explained to whoever asks. A rule that cannot be judged,
because a field is missing or of another type, stops the table: a later and kinder rule may not take its place.
"""

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import msgspec
from lxml import etree

from guatu.adapters.flows.xml import local_name, namespace, parse_xml
from guatu.core.kernel.explained import Word
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import (
    Cell,
    Expression,
    RuleError,
    Vocabulary,
    judge,
    parse,
    parse_cell,
    told_lacks,
    value_of,
)
from guatu.core.rules.tree import And

NO_TABLE = Kind("decision.no-table", "error", "文件中没有决策表", "there is no decision table in this file")
SEVERAL = Kind("decision.several", "error", "一个文件只放一个决策表", "put one decision table into a file")
BAD_POLICY = Kind(
    "decision.bad-policy",
    "error",
    "决策表“{element}”的命中策略 {policy} 不支持;用 UNIQUE 或 FIRST",
    "hit policy {policy} of '{element}' is not supported; use UNIQUE or FIRST",
)
BAD_CELL = Kind(
    "decision.bad-cell",
    "error",
    "“{element}”的单元格“{part}”第 {position} 个字符“{near}”处读不懂,此处应为{expected};请改正",
    "cell '{part}' of '{element}' cannot be read at character {position}, '{near_en}': expected {expected_en};"
    " correct it",
)
BAD_SHAPE = Kind(
    "decision.bad-shape",
    "error",
    "规则“{element}”有 {inputs} 个输入、{outputs} 个输出,表头是 {head};请对齐",
    "rule '{element}' has {inputs} inputs and {outputs} outputs, the head has {head}; make them equal",
)
NO_NAME = Kind(
    "decision.no-name",
    "error",
    "输入“{element}”没有表达式,或输出没有名称;请补上,名称里不能有点",
    "input '{element}' has no expression, or an output no name; give it one, without dots",
)


_NO_WORDS = Vocabulary(())


class Decided(msgspec.Struct, frozen=True):
    """What a table decided, by which rule (row from 1) and its description; without a rule nothing fitted.

    `lacking` names what a rule would have had to know: then nothing is decided either.
    """

    outputs: dict[str, Any]
    rule: str = ""
    row: int = 0
    description: str = ""
    lacking: Word | None = None


class TableRule(msgspec.Struct, frozen=True):
    """One rule: the condition that its cells make, and what it sets; None where the cell of an output is empty."""

    id: str
    description: str
    when: Expression
    outputs: tuple[Expression | None, ...]
    line: int = 0


class DecisionTable(msgspec.Struct, frozen=True):
    """One decision table; `outputs` are the fields it sets."""

    id: str
    name: str
    outputs: tuple[str, ...]
    rules: tuple[TableRule, ...]
    policy: str = "UNIQUE"
    line: int = 0

    def decide(self, data: Mapping[str, Any]) -> Decided:
        """The first rule that fits the fields. Fields that no rule sets are None."""
        empty: dict[str, Any] = dict.fromkeys(self.outputs)
        for row, rule in enumerate(self.rules, 1):
            found = judge(rule.when, data)
            # A later and kinder rule does not take its place: an amount that nobody knows is no small amount.
            if found.verdict == "unknown":
                return Decided(empty, lacking=told_lacks(found.lacks, _NO_WORDS))
            if found.verdict == "yes":
                given = (None if one is None else stored(value_of(one, data)) for one in rule.outputs)
                return Decided(dict(zip(self.outputs, given, strict=True)), rule.id, row, rule.description)
        return Decided(empty)


def stored(value: Any) -> Any:
    """A value as fields of a case keep it, which are JSON."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if isinstance(value, (bool, str)) or value is None else str(value)


def read_decision(text: str, file: str) -> tuple[DecisionTable | None, list[FileFinding]]:
    """The decision table of a file, or what is wrong with it."""
    root, found = parse_xml(text, file)
    if root is None:
        return None, found
    model = namespace(root)
    decisions = root.findall(f"{{{model}}}decision")
    tables = root.findall(f".//{{{model}}}decisionTable")
    if len(decisions) != 1 or len(tables) != 1 or not model:
        return None, [file_finding(SEVERAL if tables and model else NO_TABLE, file)]
    found = list(_faults(tables[0], file))
    if found:
        return None, found
    return _table(decisions[0], tables[0]), []


def _table(decision: etree._Element, table: etree._Element) -> DecisionTable:
    """The table of a file in which nothing is wrong."""
    asked = [parse(_text(one)) for part in _parts(table, "input") for one in _parts(part, "inputExpression")[:1]]
    outputs = tuple(part.get("name") or part.get("label") or "" for part in _parts(table, "output"))
    rules = []
    for rule in _parts(table, "rule"):
        cells = [_cell(_text(cell)) for cell in _parts(rule, "inputEntry")]
        tests = tuple(cell.of(one) for cell, one in zip(cells, asked, strict=True))
        gives = tuple(parse(text) if (text := _text(cell)) else None for cell in _parts(rule, "outputEntry"))
        about = "".join(one.text or "" for one in _parts(rule, "description")).strip()
        rules.append(TableRule(rule.get("id") or "", about, And(tests), gives, rule.sourceline or 0))
    id_, name = decision.get("id") or "", decision.get("name") or ""
    return DecisionTable(id_, name, outputs, tuple(rules), _policy(table), table.sourceline or 0)


def _policy(table: etree._Element) -> str:
    return (table.get("hitPolicy") or "UNIQUE").upper()


def _parts(owner: etree._Element, kind: str) -> list[etree._Element]:
    return [part for part in owner if local_name(part) == kind]


def _text(owner: etree._Element) -> str:
    return "".join(part.text or "" for part in _parts(owner, "text")).strip()


def _cell(text: str) -> Cell:
    """A test; an empty cell means any value."""
    return parse_cell(text or "-")


def _faults(table: etree._Element, file: str) -> Iterator[FileFinding]:
    policy = _policy(table)
    if policy not in ("UNIQUE", "FIRST"):
        yield file_finding(BAD_POLICY, file, table.sourceline or 0, table.get("id") or "", policy=policy)
    head = tuple(sum(local_name(part) == kind for part in table) for kind in ("input", "output"))
    for part in table:
        line, id_ = part.sourceline or 0, part.get("id") or ""
        if not _named(part):
            yield file_finding(NO_NAME, file, line, id_)
        if local_name(part) == "input":
            yield from _cells(part, "inputExpression", file, line, id_)
        if local_name(part) == "rule":
            count = tuple(sum(local_name(cell) == kind for cell in part) for kind in ("inputEntry", "outputEntry"))
            if count != head:
                shown = f"{head[0]} + {head[1]}"
                yield file_finding(BAD_SHAPE, file, line, id_, inputs=count[0], outputs=count[1], head=shown)
            yield from _cells(part, "inputEntry", file, line, id_)
            yield from _cells(part, "outputEntry", file, line, id_)


def _named(part: etree._Element) -> bool:
    """Whether an input asks something, and an output sets one field."""
    if local_name(part) == "input":
        return any(_text(one) for one in _parts(part, "inputExpression"))
    if local_name(part) == "output":
        name = part.get("name") or part.get("label") or ""
        return bool(name.strip()) and "." not in name
    return True


def _cells(owner: etree._Element, kind: str, file: str, line: int, id_: str) -> Iterator[FileFinding]:
    read: Callable[[str], object] = _cell if kind == "inputEntry" else parse
    for cell in _parts(owner, kind):
        text = _text(cell)
        try:
            if text:
                read(text)
        except RuleError as error:
            yield file_finding(BAD_CELL, file, cell.sourceline or line, id_, part=text, **error.params())
