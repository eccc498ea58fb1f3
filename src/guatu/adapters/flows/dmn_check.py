"""What a decision asks and sets, against the fields of its pack; and whether its table answers every case once."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations as pairs
from itertools import islice
from typing import get_args

import msgspec

from guatu.core.cases.case_fields import CaseFields
from guatu.core.cases.flow_facts import facts_of, wrong_condition
from guatu.core.cases.parameters import Parameters
from guatu.core.kernel.explained import Word
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import (
    Choice,
    Decision,
    DecisionTable,
    Expression,
    Term,
    Vocabulary,
    check,
    check_value,
    judge,
    names,
)
from guatu.core.rules.cover import Combination, combinations
from guatu.core.rules.tables import MANY, RESULTS_DIFFER, SEVERAL_FIT, stored
from guatu.core.rules.tree import Literal, replaced
from guatu.core.rules.vocabulary import TYPE_WORDS, Type

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
TYPE_DIFFERS = Kind(
    "decision.type-differs",
    "error",
    "文件把“{name}”当作{zh},fields.toml 里是{zh_here};请改成一样",
    "the file takes '{name}' for a {en}, fields.toml has a {en_here}; make them one",
)
NO_TYPE = Kind(
    "decision.no-type",
    "error",
    "“{element}”的结果是哪一类看不出来;请写明类型(typeRef)",
    "what type '{element}' gives cannot be told; say it (typeRef)",
)
GAP = Kind(
    "decision.gap",
    "error",
    "决策表“{element}”没有规则管这种情况:{case};请补一条",
    "no rule of '{element}' answers {case_en}; add one",
)
NO_HIT = Kind(
    "decision.no-hit",
    "warning",
    "决策表“{element}”在这种情况没有规则适用,结果是空的:{case};如应有结果,请补一条或写默认值",
    "no rule of '{element}' fits {case_en}, and its result is empty; add one or a default where there should be one",
)
OVERLAP = Kind(
    "decision.overlap",
    "error",
    "决策表“{element}”(UNIQUE)有几条规则({rules})同时管这种情况:{case};请改开,或改用 FIRST",
    "several rules of '{element}' (UNIQUE) answer at once, {rules}: {case_en}; part them, or use FIRST",
)
ANY_DIFFERS = Kind(
    "decision.any-differs",
    "error",
    "决策表“{element}”(ANY)有几条规则({rules})同时管这种情况而结果不同:{case};请改成一致",
    "several rules of '{element}' (ANY) answer differently, {rules}: {case_en}; make them give the same",
)
IDLE_RULE = Kind(
    "decision.idle-rule",
    "warning",
    "决策表“{element}”的第 {row} 条规则永远轮不到,前面的规则已经管了;请删去或调整顺序",
    "rule {row} of '{element}' never decides, rules before it answer already; delete or move it",
)
MOST_TOLD = 3
"""Gaps and overlaps of one table that are told; who mends one sees the next."""
MOST_SHOWN = 5_000
"""Cases that are tried to show which rules can fit at once: a page waits for it."""


def decision_faults(
    decision: Decision, fields: CaseFields, parameters: Parameters, file: str, sets: bool = True
) -> list[FileFinding]:
    """Everything that is wrong with a decision in a pack with these fields and parameters; `sets` says whether what it
    gives is a field of a case, and not only for other decisions."""
    words = _words(decision, facts_of(fields, parameters))
    found = [*_types(decision, words, file), *_declared(decision, fields.vocabulary, file)]
    found += _outputs(decision, fields, file) if sets else _typed(decision, words, file)
    if found or not isinstance(decision.logic, DecisionTable):
        return found
    tried = [list(_cover(valued, words, file)) for valued in _valued(decision.logic, parameters)]
    for one in (one for told in tried for one in told):
        # A rule that never decided by the values of last year may do so by those of this one.
        if one not in found and (one.code != IDLE_RULE.code or all(one in told for told in tried)):
            found.append(one)
    return found


class Overlap(msgspec.Struct, frozen=True):
    """Two rules of a table (rows from 1) that can fit at once, and one such case in words."""

    rows: tuple[int, int]
    case: Word


def overlaps(decision: Decision, fields: CaseFields, parameters: Parameters) -> list[Overlap] | None:
    """All pairs of rules that can fit at once, in the order of their rows, by the last values of parameters; None where
    the cases cannot be listed."""
    words = _words(decision, facts_of(fields, parameters))
    tables = list(_valued(decision.logic, parameters)) if isinstance(decision.logic, DecisionTable) else []
    cases = combinations([rule.when for rule in tables[-1].rules], words, MOST_SHOWN) if tables else None
    if cases is None:
        return None
    found: dict[tuple[int, int], Word] = {}
    for case in cases:
        rows = [row for row, rule in enumerate(tables[-1].rules, 1) if judge(rule.when, case, words).verdict == "yes"]
        for pair in pairs(rows, 2):
            found.setdefault(pair, Word(*_shown(case, words).values()))
    return [Overlap(rows, case) for rows, case in sorted(found.items())]


def _words(decision: Decision, own: Vocabulary) -> Vocabulary:
    """The facts of the pack, and what the needed decisions give."""
    given = {term.name: term for need in decision.needs for term in _given(need, own)}
    return Vocabulary((*(term for name in own if name not in given and (term := own.get(name))), *given.values()))


def _given(need: Decision, own: Vocabulary) -> Iterator[Term]:
    """What a needed decision is to others: of texts that are written down, these are the choices."""
    for at, (name, type_) in enumerate(zip(_names(need), _result_types(need, _words(need, own)), strict=True)):
        if type_ is not None:
            values = _written(need, at) if type_ == "text" else ()
            yield Term(name, type_, name, name, choices=tuple(Choice(one, one, one) for one in values))


def _names(decision: Decision) -> tuple[str, ...]:
    """The names by which others know what it gives, in the order of its outputs."""
    whole, *single = decision.gives
    return tuple(single) or (whole,)


def _result_types(decision: Decision, words: Vocabulary) -> list[Type | None]:
    return [_result_type(decision, at, name, words) for at, name in enumerate(_names(decision))]


def _result_type(decision: Decision, at: int, name: str, words: Vocabulary) -> Type | None:
    if declared := decision.words.get(name):
        return declared.type
    if isinstance(decision.logic, DecisionTable) and decision.logic.policy in MANY and not decision.logic.aggregator:
        return "list"
    if isinstance(decision.logic, DecisionTable) and decision.logic.aggregator == "COUNT":
        return "number"
    found = {check_value(one, words)[0] for one in _cells(decision, at)} - {"null"}
    return next((one for one in get_args(Type) if found == {one}), None)


def _cells(decision: Decision, at: int) -> Iterator[Expression]:
    """What one of its outputs may be set to."""
    if isinstance(decision.logic, DecisionTable):
        cells = [*(rule.outputs[at] for rule in decision.logic.rules), decision.logic.outputs[at].default]
        yield from (one for one in cells if one is not None)
    elif decision.logic is not None:
        yield decision.logic


def _written(decision: Decision, at: int) -> tuple[str, ...]:
    """The texts that an output may be; none where one of them is not written down."""
    values = [one.value if isinstance(one, Literal) else None for one in _cells(decision, at)]
    return tuple(dict.fromkeys(one for one in values if isinstance(one, str))) if None not in values else ()


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


def _types(decision: Decision, words: Vocabulary, file: str) -> Iterator[FileFinding]:
    """What its cells ask that the pack does not know or that cannot be compared."""
    rules = decision.logic.rules if isinstance(decision.logic, DecisionTable) else ()
    for rule in rules:
        for one in check(rule.when, words):
            yield wrong_condition(one, (file, rule.line or decision.line, decision.id))
    for at in range(len(decision.outputs)):
        for cell in _cells(decision, at):
            for one in check_value(cell, words)[1]:
                yield wrong_condition(one, (file, decision.line, decision.id))


def _declared(decision: Decision, fields: Vocabulary, file: str) -> Iterator[FileFinding]:
    """Facts of which the file says another type than the pack."""
    for name in sorted(decision.asked):
        there, here = decision.words.get(name), fields.get(name)
        if there is not None and here is not None and there.type != here.type:
            (zh, en), (zh_here, en_here) = TYPE_WORDS[there.type], TYPE_WORDS[here.type]
            words = {"name": name, "zh": zh, "en": en, "zh_here": zh_here, "en_here": en_here}
            yield file_finding(TYPE_DIFFERS, file, decision.line, decision.id, **words)


def _typed(decision: Decision, words: Vocabulary, file: str) -> Iterator[FileFinding]:
    if decision.logic is not None and None in _result_types(decision, words):
        yield file_finding(NO_TYPE, file, decision.line, decision.id)


def _outputs(decision: Decision, fields: CaseFields, file: str) -> Iterator[FileFinding]:
    for at, name in enumerate(decision.outputs):
        field = fields.by_name.get(name)
        if field is None:
            line = decision.logic.line if isinstance(decision.logic, DecisionTable) else decision.line
            yield file_finding(UNKNOWN_OUTPUT, file, line, decision.id, name=name)
            continue
        for line, given in _set(decision, at):
            if not isinstance(given, Literal) or given.value is None:
                continue
            value, faults = field.read(given.value, "")
            said = [(one.message("zh"), one.message("en")) for one in faults]
            if not faults and value != stored(given.value):
                # A case takes it as it stands here: no condition would ever find it.
                said = [(f"请写成 {value}", f"write {value}")]
            for zh, en in said:
                words = {"name": name, "value": given.value, "zh": zh, "en": en}
                yield file_finding(WRONG_OUTPUT, file, line, decision.id, **words)


def _set(decision: Decision, at: int) -> Iterator[tuple[int, Expression | None]]:
    """What an output is set to, with the line of the rule."""
    if isinstance(decision.logic, DecisionTable):
        yield from ((rule.line, rule.outputs[at]) for rule in decision.logic.rules)
        yield decision.logic.line, decision.logic.outputs[at].default
    elif decision.logic is not None:
        yield decision.line, decision.logic


def _cover(table: DecisionTable, vocabulary: Vocabulary, file: str) -> Iterator[FileFinding]:
    """Gaps, overlaps and rules that never decide. Nothing is said of a table whose cells compare fields with fields:
    there no list of values stands for all."""
    cases = combinations([rule.when for rule in table.rules], vocabulary)
    if cases is None:
        return
    gaps, overlaps, decide = [], [], set[int]()
    for case in cases:
        decided = table.decide(case, vocabulary)
        rows = [hit.row for hit in decided.hits]
        decide.update(rows if table.policy in MANY else rows[:1])
        if decided.lacks in ((SEVERAL_FIT,), (RESULTS_DIFFER,)):
            overlaps.append((case, rows))
        elif not rows and all(output.default is None for output in table.outputs):
            gaps.append(case)
    for case in islice(gaps, MOST_TOLD):
        kind = NO_HIT if table.policy in MANY else GAP
        yield file_finding(kind, file, table.line, table.id, **_shown(case, vocabulary))
    for case, rows in islice(overlaps, MOST_TOLD):
        words = {"rules": ", ".join(map(str, rows)), **_shown(case, vocabulary)}
        kind = OVERLAP if table.policy == "UNIQUE" else ANY_DIFFERS
        yield file_finding(kind, file, table.rules[rows[1] - 1].line, table.id, **words)
    for row, rule in enumerate(table.rules, 1):
        # A last rule without tests is for whatever a county adds; the classes of today may all have one of their own.
        catches_all = row == len(table.rules) and not names(rule.when)
        # One of several with the same result does no harm where the policy is ANY.
        if row not in decide and not overlaps and not catches_all and table.policy != "ANY":
            yield file_finding(IDLE_RULE, file, rule.line, table.id, row=row)


def _shown(case: Combination, vocabulary: Vocabulary) -> dict[str, str]:
    """A case in the words of its facts, for both languages of a finding."""
    told = {name: (vocabulary.label(name), _value_words(name, value, vocabulary)) for name, value in case.items()}
    return {
        "case": "、".join(f"{label.zh} = {value.zh}" for label, value in told.values()),
        "case_en": ", ".join(f"{label.en} = {value.en}" for label, value in told.values()),
    }


def _value_words(name: str, value: object, vocabulary: Vocabulary) -> Word:
    term = vocabulary.get(name)
    choice = next((one for one in term.choices if one.value == value), None) if term is not None else None
    plain = "-" if value is None else f"{value}"
    return Word(plain, plain) if choice is None else Word(f"{choice.zh}({plain})", f"{choice.en} ({plain})")
