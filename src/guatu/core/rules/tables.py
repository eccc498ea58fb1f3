"""Decision tables: rules side by side, of which the hit policy says how many decide and in which order.

Source: OMG DMN 1.3, section 8.2.8 (hit policies) and 8.2.11 (no rule fits: the default outputs, else null). Otherwise
than there a rule that cannot be judged, because a fact is not known, is not taken for one that does not fit: where it
could change the answer the table gives none and says which fact it lacks.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import date, time
from decimal import Decimal
from functools import cached_property
from typing import Any, get_args
from typing import Literal as Only

import msgspec

from guatu.core.kernel.explained import Word
from guatu.core.rules.decimals import calculate
from guatu.core.rules.evaluating import Evaluation
from guatu.core.rules.facts import Facts, Lack, Open, Value
from guatu.core.rules.judging import judge
from guatu.core.rules.operations import compare
from guatu.core.rules.telling import told_lacks
from guatu.core.rules.temporal import iso
from guatu.core.rules.tree import Expression, Literal, names
from guatu.core.rules.vocabulary import NO_WORDS, Vocabulary

Policy = Only["UNIQUE", "ANY", "PRIORITY", "FIRST", "RULE ORDER", "OUTPUT ORDER", "COLLECT"]
Aggregator = Only["", "SUM", "MIN", "MAX", "COUNT"]
POLICIES: tuple[str, ...] = get_args(Policy)
AGGREGATORS: tuple[str, ...] = get_args(Aggregator)
MANY = ("RULE ORDER", "OUTPUT ORDER", "COLLECT")
"""Policies that give a list of what all fitting rules set, unless it is aggregated."""

SEVERAL_FIT = Lack("", "几条规则同时适用", "several rules fit at once")
RESULTS_DIFFER = Lack("", "适用的规则结果不一样", "the rules that fit give different results")
"""Why a table of the policy UNIQUE, of the policy ANY, decides nothing though rules fit."""

Given = tuple[Value | None, ...]


class Output(msgspec.Struct, frozen=True):
    """What a table sets: its field, its values from the most to the least wanted where they are listed, and what it
    is where no rule fits."""

    name: str
    values: tuple[Value, ...] = ()
    default: Expression | None = None


class TableRule(msgspec.Struct, frozen=True):
    """One rule: the condition that its cells make, and what it sets; None where the cell of an output is empty."""

    id: str
    description: str
    when: Expression
    outputs: tuple[Expression | None, ...]
    line: int = 0


class Hit(msgspec.Struct, frozen=True):
    """A rule that fits (row from 1), what it sets, and what an output would have had to know."""

    row: int
    rule: str
    description: str
    given: Given
    lacks: tuple[Lack, ...] = ()


class Decided(msgspec.Struct, frozen=True):
    """What was decided: one value, a dict of several outputs, or a list of either; None where nothing is.

    `outputs` are the same as fields of a case keep them. `hits` are the rules that decided, `others` fit as well and
    gave way; `lacks` is what left it open, and then `hits` are all that fit.
    """

    value: Any
    outputs: dict[str, Any]
    hits: tuple[Hit, ...] = ()
    others: tuple[Hit, ...] = ()
    lacks: tuple[Lack, ...] = ()

    def lacking(self, words: Vocabulary = NO_WORDS) -> Word | None:
        """What is lacking, by the labels of the facts; None where it is decided."""
        return told_lacks(self.lacks, words) if self.lacks else None


class DecisionTable(msgspec.Struct, frozen=True, dict=True):
    """One decision table; `id` and `name` are those of its decision."""

    id: str
    name: str
    outputs: tuple[Output, ...]
    rules: tuple[TableRule, ...]
    policy: Policy = "UNIQUE"
    aggregator: Aggregator = ""
    line: int = 0

    @cached_property
    def asked(self) -> tuple[str, ...]:
        """The facts that its cells name, each once."""
        cells = [one for rule in self.rules for one in (rule.when, *rule.outputs)]
        cells += [output.default for output in self.outputs]
        return tuple(dict.fromkeys(name for cell in cells if cell is not None for name in names(cell)))

    def decide(self, facts: Facts, words: Vocabulary = NO_WORDS) -> Decided:
        """What its rules give over the facts."""
        hits: list[Hit] = []
        open_: list[Hit] = []
        lacks: list[Lack] = []
        for row, rule in enumerate(self.rules, 1):
            found = judge(rule.when, facts, words)
            if found.verdict == "no":
                continue
            (hits if found.verdict == "yes" else open_).append(self._hit(row, facts, words))
            lacks += found.lacks
            if self.policy == "FIRST":
                # A later and kinder rule does not take its place: an amount that nobody knows is no small amount.
                break
        decided = _DECIDE[self.policy](self, hits, open_)
        if isinstance(decided, Lack):
            return self._undecided([decided], hits)
        if decided is None:
            return self._undecided(lacks, hits)
        if not decided:
            given, lacks = _given((output.default for output in self.outputs), Evaluation(facts, words))
            return self._undecided(lacks, ()) if lacks else self._with(given, ())
        lacks = [lack for hit in decided[: None if self.policy in MANY else 1] for lack in hit.lacks]
        return self._undecided(lacks, decided) if lacks else self._decided(decided)

    def _hit(self, row: int, facts: Facts, words: Vocabulary) -> Hit:
        rule = self.rules[row - 1]
        given, lacks = _given(rule.outputs, Evaluation(facts, words))
        return Hit(row, rule.id, rule.description, given, tuple(lacks))

    def _undecided(self, lacks: Sequence[Lack], hits: Sequence[Hit]) -> Decided:
        return Decided(None, dict.fromkeys(self.names), tuple(hits), lacks=tuple(dict.fromkeys(lacks)))

    def _decided(self, hits: Sequence[Hit]) -> Decided:
        if self.policy not in MANY:
            same = [hit for hit in hits if hit.given == hits[0].given]
            return self._with(hits[0].given, same, [hit for hit in hits if hit not in same])
        columns = list(zip(*(hit.given for hit in hits), strict=True))
        if self.aggregator:
            return self._with([_aggregated(self.aggregator, column) for column in columns], hits)
        value = tuple(self._value(hit.given) for hit in hits)
        fields = {name: [stored(one) for one in column] for name, column in zip(self.names, columns, strict=True)}
        return Decided(value, fields, tuple(hits))

    def _with(self, given: Sequence[Value | None], hits: Sequence[Hit], others: Sequence[Hit] = ()) -> Decided:
        fields = dict(zip(self.names, map(stored, given), strict=True))
        return Decided(self._value(given), fields, tuple(hits), tuple(others))

    def _value(self, given: Sequence[Value | None]) -> Any:
        return given[0] if len(given) == 1 else dict(zip(self.names, given, strict=True))

    @property
    def names(self) -> tuple[str, ...]:
        """The fields that it sets."""
        return tuple(output.name for output in self.outputs)

    def rank(self, hit: Hit) -> tuple[int, ...]:
        """The place of what a rule sets among the listed values, column by column; the most wanted is the least."""
        return tuple(_place(output.values, value) for output, value in zip(self.outputs, hit.given, strict=True))


def stored(value: Any) -> Any:
    """A value as fields of a case keep it, which are JSON."""
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, tuple):
        return [stored(one) for one in value]
    if isinstance(value, (date, time)):
        return value.isoformat()
    return value if isinstance(value, (bool, str)) or value is None else iso(value)


def _given(cells: Iterable[Expression | None], by: Evaluation) -> tuple[Given, list[Lack]]:
    """What outputs set, and what they would have had to know. A `null` that is written down lacks nothing."""
    values = [None if one is None or one == Literal(None, one.span) else by.value(one) for one in cells]
    lacks = [lack for one in values if isinstance(one, Open) for lack in one.lacks]
    return tuple(None if isinstance(one, Open) else one for one in values), lacks


# The hits that decide, in their order; None where a rule that could not be judged may change them, or why not.
_Found = list[Hit] | Lack | None


def _unique(table: DecisionTable, hits: list[Hit], open_: list[Hit]) -> _Found:
    # Rules of such a table shut each other out: one that fits leaves nothing open.
    if len(hits) > 1:
        return SEVERAL_FIT
    return hits if hits or not open_ else None


def _any(table: DecisionTable, hits: list[Hit], open_: list[Hit]) -> _Found:
    if any(hit.given != hits[0].given for hit in hits):
        return RESULTS_DIFFER
    return hits if (hits and all(one.given == hits[0].given for one in open_)) or not open_ else None


def _first(table: DecisionTable, hits: list[Hit], open_: list[Hit]) -> _Found:
    return None if open_ else hits


def _priority(table: DecisionTable, hits: list[Hit], open_: list[Hit]) -> _Found:
    ranked = sorted(hits, key=table.rank)
    if any(not ranked or table.rank(one) < table.rank(ranked[0]) for one in open_):
        return None
    return ranked


def _output_order(table: DecisionTable, hits: list[Hit], open_: list[Hit]) -> _Found:
    return None if open_ else sorted(hits, key=table.rank)


def _collect(table: DecisionTable, hits: list[Hit], open_: list[Hit]) -> _Found:
    if not open_:
        return hits
    if table.aggregator not in ("MIN", "MAX") or not hits:
        return None
    with_and_without = [
        [_aggregated(table.aggregator, column) for column in zip(*(one.given for one in of), strict=True)]
        for of in ([*hits, *open_], hits)
    ]
    return hits if with_and_without[0] == with_and_without[1] else None


_DECIDE: dict[str, Callable[[DecisionTable, list[Hit], list[Hit]], _Found]] = {
    "UNIQUE": _unique,
    "ANY": _any,
    "FIRST": _first,
    "PRIORITY": _priority,
    "RULE ORDER": lambda table, hits, open_: None if open_ else hits,
    "OUTPUT ORDER": _output_order,
    "COLLECT": _collect,
}


def _place(values: Sequence[Value], value: Value | None) -> int:
    found = (at for at, one in enumerate(values) if value is not None and compare("=", one, value))
    return next(found, len(values))


def _aggregated(by: Aggregator, column: Sequence[Value | None]) -> Value | None:
    """One value of a column; None where its values have no such one (a sum of texts, an unknown among them)."""
    if by == "COUNT":
        return Decimal(len(column))
    if any(one is None for one in column):
        return None
    found = column[0]
    for one in column[1:]:
        found = _two(by, found, one)
    return found if (by == "SUM" and isinstance(found, Decimal)) or (by != "SUM" and _ordered(column)) else None


def _ordered(column: Sequence[Value | None]) -> bool:
    first: Any = column[0]
    return all(one is not None and compare("<=", first, one) is not None for one in column)


def _two(by: Aggregator, left: Value | None, right: Value | None) -> Value | None:
    if left is None or right is None:
        return None
    if by == "SUM":
        both = isinstance(left, Decimal) and isinstance(right, Decimal)
        return calculate("+", left, right) if both else None  # type: ignore[arg-type]
    less = compare("<", left, right)
    return None if less is None else left if less == (by == "MIN") else right
