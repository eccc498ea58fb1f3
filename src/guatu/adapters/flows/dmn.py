"""Decision tables: DMN 1.1 to 1.3, decided by SpiffWorkflow, with cells of the safe subset only.

A decision says which rule it went by, so that a routing can be explained to whoever asks.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

import msgspec
from lxml import etree
from SpiffWorkflow.bpmn.parser.ValidationException import ValidationException
from SpiffWorkflow.dmn.engine.DMNEngine import DMNEngine
from SpiffWorkflow.dmn.parser.DMNParser import DMNParser

from guatu.adapters.flows.expressions import SafeExpressions
from guatu.adapters.flows.xml import local_name, namespace, parse_xml
from guatu.core.cases.conditions import ConditionError, is_list, parse
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind

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
    "规则“{element}”的单元格“{part}”不允许;只能用字段、常量和比较",
    "cell '{part}' of rule '{element}' is not allowed; use fields, constants and comparisons",
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
UNREADABLE = Kind("decision.unreadable", "error", "决策表读不出来:{reason}", "the table cannot be read: {reason}")


class Decided(msgspec.Struct, frozen=True):
    """What a table decided, by which rule (row from 1) and its description; without a rule nothing fitted."""

    outputs: dict[str, Any]
    rule: str = ""
    row: int = 0
    description: str = ""


class DecisionTable:
    """One decision table; `outputs` are the fields it sets."""

    def __init__(self, id_: str, name: str, engine: DMNEngine) -> None:
        self.id, self.name = id_, name
        self._engine = engine
        self.outputs = tuple(output.name or output.label for output in engine.decision_table.outputs)

    def decide(self, data: Mapping[str, Any]) -> Decided:
        """The first rule that fits the fields. Fields that no rule sets are None."""
        asked = _Asked(dict(data))
        empty: dict[str, Any] = dict.fromkeys(self.outputs)
        for rule in self._engine.decide(asked)[:1]:
            outputs = {**empty, **rule.output_as_dict(asked)}
            return Decided(outputs, rule.id, rule.row_number, (rule.description or "").strip())
        return Decided(empty)


class _Asked:
    """What the table's engine wants to know of a task: its data and who evaluates."""

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data
        self.workflow = self
        self.script_engine = SafeExpressions()


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
    for cell in tables[0].iter(f"{{{model}}}inputEntry"):
        _plainly(cell)
    try:
        parser = DMNParser(None, root, {"dmn": model}, filename=file)
        parser.parse()
    except (ValidationException, KeyError, IndexError) as error:
        return None, [file_finding(UNREADABLE, file, 0, "", reason=error)]
    name = decisions[0].get("name") or ""
    return DecisionTable(parser.bpmn_id, name, DMNEngine(parser.decision.decisionTables[0])), []


def _plainly(entry: etree._Element) -> None:
    """Writes a test as SpiffWorkflow takes it: an empty cell means any value, a list any of its values."""
    for part in entry:
        if local_name(part) != "text":
            continue
        text = (part.text or "").strip()
        if not text:
            part.text = "-"
        elif text.startswith(("in ", "in(", "not in ", "not in(")):
            part.text = f"? {text}"
        elif is_list(text):
            part.text = f"? in ({text})"


def _faults(table: etree._Element, file: str) -> Iterator[FileFinding]:
    policy = (table.get("hitPolicy") or "UNIQUE").upper()
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
        texts = [text.text or "" for text in part.iter() if local_name(text) == "text"]
        return any(text.strip() for text in texts)
    if local_name(part) == "output":
        name = part.get("name") or part.get("label") or ""
        return bool(name.strip()) and "." not in name
    return True


def _cells(owner: etree._Element, kind: str, file: str, line: int, id_: str) -> Iterator[FileFinding]:
    for cell in owner:
        if local_name(cell) != kind:
            continue
        text = "".join(part.text or "" for part in cell if local_name(part) == "text").strip()
        if text not in ("", "-") and not _safe(text, kind):
            yield file_finding(BAD_CELL, file, cell.sourceline or line, id_, part=text)


def _safe(text: str, kind: str) -> bool:
    """A test may leave out its left side (`> 5`) or write ? for it; everything else is a whole expression."""
    outside = re.sub(r"'[^']*'|\"[^\"]*\"", "''", text)
    tries = [text, f"v {text}"] if kind == "inputEntry" else [text]
    if "?" in outside and kind == "inputEntry":
        tries = [outside.replace("?", "v")]
    for one in tries:
        try:
            parse(one)
        except ConditionError:
            continue
        return True
    return False
