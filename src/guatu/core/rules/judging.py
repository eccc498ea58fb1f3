"""The verdict on a condition, and what decided it.

Of a true disjunction only the first true alternative decided, of a false conjunction only the first false part; of a
false disjunction and a true conjunction all did; where the verdict is open, the open parts. `because` is the rule cut
down to that: judged alone, over the same facts, it gives the same verdict.
"""

from collections.abc import Set
from datetime import date, timedelta
from decimal import Decimal
from numbers import Real
from typing import Any
from typing import Literal as Only

import msgspec

from guatu.core.kernel.explained import Explained, Part, Unknown, Word
from guatu.core.rules.decimals import is_short
from guatu.core.rules.evaluating import Evaluation
from guatu.core.rules.facts import Facts, Lack, Open, Value
from guatu.core.rules.telling import told, told_lacks
from guatu.core.rules.temporal import Months, iso
from guatu.core.rules.tree import And, Expression, Not, Or, names
from guatu.core.rules.vocabulary import NO_WORDS, Vocabulary

Verdict = Only["yes", "no", "unknown"]
_OPPOSITE: dict[Verdict, Verdict] = {"yes": "no", "no": "yes", "unknown": "unknown"}


class Judgement(msgspec.Struct, frozen=True):
    """A verdict, the part of the rule that decided it, and what left it open."""

    verdict: Verdict
    because: Expression
    lacks: tuple[Lack, ...]
    facts: Facts
    vocabulary: Vocabulary

    @property
    def missing(self) -> tuple[str, ...]:
        """The facts that leave it open, each once; none where it is decided."""
        return tuple(dict.fromkeys(lack.fact for lack in self.lacks if lack.fact))

    @property
    def decided_by(self) -> tuple[str, ...]:
        """The facts of the part that decided."""
        return names(self.because)

    @property
    def words(self) -> Word:
        """The deciding part with the values of its facts: 完成率 72% < 80%."""
        return Word(
            told(self.because, self.facts, self.vocabulary, "zh"), told(self.because, self.facts, self.vocabulary, "en")
        )

    @property
    def open_words(self) -> Word:
        """What is lacking, by the labels of the facts and with the reason where it is not simply unknown."""
        return told_lacks(self.lacks, self.vocabulary)

    def parts(self) -> list[Part]:
        """The facts that decided as parts of an explained value, each with its own reason."""
        return fact_parts(self.decided_by, self.facts, self.vocabulary)


def judge(rule: Expression, facts: Facts, vocabulary: Vocabulary = NO_WORDS) -> Judgement:
    """Whether the condition holds. A fact that was not handed in is unknown."""
    verdict, because, lacks = _judged(rule, Evaluation(facts, vocabulary))
    return Judgement(verdict, because, lacks, facts, vocabulary)


def value_of(expression: Expression, facts: Facts, vocabulary: Vocabulary = NO_WORDS) -> Value | None:
    """What an expression gives; None where it is open."""
    found = Evaluation(facts, vocabulary).value(expression)
    return None if isinstance(found, Open) else found


def fact_parts(of: tuple[str, ...] | list[str], facts: Facts, vocabulary: Vocabulary) -> list[Part]:
    """The facts as parts, once each; those that were not handed in are left out."""
    known = ((name, facts.get(name)) for name in dict.fromkeys(of))
    return [
        vocabulary.label(name).of(_part_value(value), "" if term is None else term.unit)
        for name, value in known
        if value is not None
        for term in (vocabulary.get(name),)
    ]


def _part_value(value: Any) -> Any:
    """A fact as a part keeps it, which is JSON: what has no place there is told in words."""
    if isinstance(value, (Explained, Unknown, bool, str, date)):
        return value
    if isinstance(value, (Real, Decimal)):
        return value if is_short(value) else str(value)
    if isinstance(value, (timedelta, Months)):
        return iso(value)
    return "、".join(map(str, value)) if isinstance(value, (list, tuple, Set)) else str(value)


_Judged = tuple[Verdict, Expression, tuple[Lack, ...]]


def _judged(node: Expression, by: Evaluation) -> _Judged:
    if isinstance(node, Not):
        verdict, because, lacks = _judged(node.of, by)
        return _OPPOSITE[verdict], Not(because, node.span), lacks
    if isinstance(node, (And, Or)):
        return _joined(node, by)
    found = by.truth(node)
    if isinstance(found, Open):
        return "unknown", node, found.lacks
    return "yes" if found else "no", node, ()


def _joined(node: And | Or, by: Evaluation) -> _Judged:
    """One part alone decides where it is false in a conjunction, true in a disjunction."""
    alone: Verdict = "no" if isinstance(node, And) else "yes"
    parts = []
    for part in node.parts:
        found = _judged(part, by)
        if found[0] == alone:
            return found
        parts.append(found)
    open_parts = [one for one in parts if one[0] == "unknown"]
    verdict: Verdict = "unknown" if open_parts else _OPPOSITE[alone]
    deciding = tuple(because for _, because, _ in open_parts or parts)
    lacks = tuple(dict.fromkeys(lack for _, _, found in open_parts for lack in found))
    return verdict, deciding[0] if len(deciding) == 1 else type(node)(deciding, node.span), lacks
