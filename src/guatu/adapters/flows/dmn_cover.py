"""Whether a decision table answers every case once: it is tried in every way that makes a difference."""

from collections.abc import Iterator
from datetime import date
from itertools import combinations as pairs
from itertools import islice

import msgspec

from guatu.core.cases.parameters import Parameters
from guatu.core.kernel.explained import Word
from guatu.core.kernel.file_finding import FileFinding, file_finding
from guatu.core.kernel.finding import Kind
from guatu.core.rules import DecisionTable, Vocabulary, judge, names
from guatu.core.rules.cover import Combination, combinations
from guatu.core.rules.tables import MANY, RESULTS_DIFFER, SEVERAL_FIT
from guatu.core.rules.tree import Literal, replaced

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


class Overlap(msgspec.Struct, frozen=True):
    """Two rules of a table (rows from 1) that can fit at once, and one such case in words."""

    rows: tuple[int, int]
    case: Word


def cover_faults(table: DecisionTable, words: Vocabulary, parameters: Parameters, file: str) -> list[FileFinding]:
    """Gaps, contradictions and rules that never decide, by the values of parameters on every day."""
    found: list[FileFinding] = []
    tried = [list(_cover(valued, words, file)) for valued in _valued(table, parameters)]
    for one in (one for told in tried for one in told):
        # A rule that never decided by the values of last year may do so by those of this one.
        if one not in found and (one.code != IDLE_RULE.code or all(one in told for told in tried)):
            found.append(one)
    return found


def table_overlaps(table: DecisionTable, words: Vocabulary, parameters: Parameters) -> list[Overlap] | None:
    """All pairs of rules that can fit at once, in the order of their rows, by the last values of parameters; None where
    the cases cannot be listed."""
    tables = list(_valued(table, parameters))
    cases = combinations([rule.when for rule in tables[-1].rules], words, MOST_SHOWN) if tables else None
    if cases is None:
        return None
    found: dict[tuple[int, int], Word] = {}
    for case in cases:
        rows = [row for row, rule in enumerate(tables[-1].rules, 1) if judge(rule.when, case, words).verdict == "yes"]
        for pair in pairs(rows, 2):
            found.setdefault(pair, Word(*_shown(case, words).values()))
    return [Overlap(rows, case) for rows, case in sorted(found.items())]


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
