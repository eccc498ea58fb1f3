"""What a decision table asks and sets, against the fields of its pack; and whether it answers every case once."""

from collections.abc import Iterator
from datetime import date
from itertools import islice

import msgspec

from guatu.adapters.flows.dmn import DecisionTable, TableRule, stored
from guatu.core.cases.case_fields import CaseFields
from guatu.core.cases.flow_facts import facts_of, wrong_condition
from guatu.core.cases.parameters import Parameters
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import Vocabulary, check, judge, names
from guatu.core.rules.cover import Combination, combinations
from guatu.core.rules.tree import Literal, replaced

UNKNOWN_OUTPUT = Kind(
    "decision.unknown-output",
    "error",
    "决策表“{element}”给出的字段“{name}”没有登记在 fields.toml",
    "'{element}' sets field '{name}', which is not declared in fields.toml",
)
WRONG_OUTPUT = Kind(
    "decision.wrong-output",
    "error",
    "决策表“{element}”给字段“{name}”的值“{value}”不对:{zh}",
    "'{element}' sets '{name}' to '{value}': {en}",
)
GAP = Kind(
    "decision.gap",
    "error",
    "决策表“{element}”没有规则管这种情况:{case};请补一条",
    "no rule of '{element}' answers {case}; add one",
)
OVERLAP = Kind(
    "decision.overlap",
    "error",
    "决策表“{element}”(UNIQUE)有几条规则({rules})同时管这种情况:{case};请改开,或改用 FIRST",
    "several rules of '{element}' (UNIQUE) answer at once, {rules}: {case}; part them, or use FIRST",
)
IDLE_RULE = Kind(
    "decision.idle-rule",
    "warning",
    "决策表“{element}”的第 {row} 条规则永远轮不到,前面的规则已经管了;请删去或调整顺序",
    "rule {row} of '{element}' never decides, rules before it answer already; delete or move it",
)
MOST_TOLD = 3
"""Gaps and overlaps of one table that are told; who mends one sees the next."""


def table_faults(table: DecisionTable, fields: CaseFields, parameters: Parameters, file: str) -> list[FileFinding]:
    """Everything that is wrong with a table in a pack with these fields and parameters."""
    words = facts_of(fields, parameters)
    found = [*_outputs(table, fields, file), *_types(table, words, file)]
    if found:
        return found
    tried = [list(_cover(valued, words, file)) for valued in _valued(table, parameters)]
    for one in (one for told in tried for one in told):
        # A rule that never decided by the values of last year may do so by those of this one.
        if one not in found and (one.code != IDLE_RULE.code or all(one in told for told in tried)):
            found.append(one)
    return found


def _valued(table: DecisionTable, parameters: Parameters) -> Iterator[DecisionTable]:
    """The table with the values of its parameters in their places, for each day on which one of them changes: by
    values it can be tried in all ways."""
    asked = {name for rule in table.rules for name in names(rule.when)}
    rows = [row for row in parameters.rows if row.name in asked]
    tried = []
    for day in sorted({row.valid_from for row in rows}) or [date.max]:
        values = {name: Literal(value) for name, value in parameters.on(day).items() if name in asked}
        if values not in tried and len(values) == len({row.name for row in rows}):
            tried.append(values)
            rules = tuple(msgspec.structs.replace(rule, when=replaced(rule.when, values)) for rule in table.rules)
            yield msgspec.structs.replace(table, rules=rules)


def _types(table: DecisionTable, words: Vocabulary, file: str) -> Iterator[FileFinding]:
    for rule in table.rules:
        for one in check(rule.when, words):
            yield wrong_condition(one, (file, rule.line or table.line, table.id))


def _outputs(table: DecisionTable, fields: CaseFields, file: str) -> Iterator[FileFinding]:
    for at, name in enumerate(table.outputs):
        field = fields.by_name.get(name)
        if field is None:
            yield file_finding(UNKNOWN_OUTPUT, file, table.line, table.id, name=name)
            continue
        for rule in table.rules:
            given = rule.outputs[at]
            if not isinstance(given, Literal) or given.value is None:
                continue
            value, faults = field.read(given.value, "")
            said = [(one.message("zh"), one.message("en")) for one in faults]
            if not faults and value != stored(given.value):
                # A case takes it as it stands here: no condition would ever find it.
                said = [(f"请写成 {value}", f"write {value}")]
            for zh, en in said:
                yield file_finding(WRONG_OUTPUT, file, rule.line, table.id, name=name, value=given.value, zh=zh, en=en)


def _cover(table: DecisionTable, vocabulary: Vocabulary, file: str) -> Iterator[FileFinding]:
    """Gaps, overlaps and rules that never decide. Nothing is said of a table whose cells compare fields with fields:
    there no list of values stands for all."""
    cases = combinations([rule.when for rule in table.rules], vocabulary)
    if cases is None:
        return
    gaps, overlaps, first = [], [], set[int]()
    for case in cases:
        rows = [row for row, rule in enumerate(table.rules, 1) if _says(rule, case, vocabulary)]
        first.update(rows[:1])
        if not rows:
            gaps.append(case)
        elif len(rows) > 1 and table.policy == "UNIQUE":
            overlaps.append((case, rows))
    for case in islice(gaps, MOST_TOLD):
        yield file_finding(GAP, file, table.line, table.id, case=_shown(case, vocabulary))
    for case, rows in islice(overlaps, MOST_TOLD):
        words = {"rules": ", ".join(map(str, rows)), "case": _shown(case, vocabulary)}
        yield file_finding(OVERLAP, file, table.rules[rows[1] - 1].line, table.id, **words)
    for row, rule in enumerate(table.rules, 1):
        # A last rule without tests is for whatever a county adds; the classes of today may all have one of their own.
        catches_all = row == len(table.rules) and not names(rule.when)
        if row not in first and not overlaps and not catches_all:
            yield file_finding(IDLE_RULE, file, rule.line, table.id, row=row)


def _says(rule: TableRule, case: Combination, vocabulary: Vocabulary) -> bool:
    return judge(rule.when, case, vocabulary).verdict == "yes"


def _shown(case: Combination, vocabulary: Vocabulary) -> str:
    return ", ".join(f"{vocabulary.label(name).zh} = {'-' if value is None else value}" for name, value in case.items())
