"""Values that stand for all: so that a set of conditions can be tried in every way that makes a difference.

A condition that compares facts with written values changes only at these values. One value at each, one between two
neighbours and one beyond either end therefore stand for every number; the choices, or the written texts and one other,
for every text.
"""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import pairwise, product
from math import prod
from typing import Any, Final

from guatu.core.rules.tree import Between, Comparison, Endpoint, Expression, In, IsDefined, Literal, Name, Range, walk
from guatu.core.rules.vocabulary import Term, Vocabulary

Combination = dict[str, Any]
MOST: Final = 50_000
OTHER: Final = "…"
"""A text that is none of those that are written."""


def combinations(rules: Sequence[Expression], vocabulary: Vocabulary, most: int = MOST) -> Iterator[Combination] | None:
    """Every way in which the facts of the rules can differ for them; None where that cannot be listed: facts compared
    with facts or reckoned with, facts that are not declared, more ways than `most`."""
    written: dict[str, set[Any]] = {}
    for rule in rules:
        if not _gather(rule, written):
            return None
    values = []
    for name, literals in written.items():
        term = vocabulary.get(name)
        known = None if term is None else _values(term, literals - {None})
        if known is None:
            return None
        values.append([*known, None] if None in literals else known)
    if prod(map(len, values)) > most:
        return None
    return (dict(zip(written, chosen, strict=True)) for chosen in product(*values))


def _gather(rule: Expression, written: dict[str, set[Any]]) -> bool:
    """Adds what each fact is compared with; whether that is all there is to the rule. Whether a fact is known at all
    makes a difference where it is asked."""
    for node in walk(rule):
        if isinstance(node, IsDefined):
            written.setdefault(node.of.name, set()).add(None)
        elif isinstance(node, Comparison):
            if not _compared(node.left, [node.right], written):
                return False
        elif isinstance(node, Between):
            if not _compared(node.of, [node.low, node.high], written):
                return False
        elif isinstance(node, In) and not _in(node, written):
            return False
        elif isinstance(node, Name):
            # A truth value may stand alone.
            written.setdefault(node.name, set())
    return True


def _in(node: In, written: dict[str, set[Any]]) -> bool:
    if not isinstance(node.of, Name):
        # A whole condition asked for true or false: what is in it was gathered by itself.
        return all(isinstance(test, Endpoint) and _is_truth(test.of) for test in node.tests)
    ends: list[Expression] = []
    for test in node.tests:
        ends += [test.low, test.high] if isinstance(test, Range) else [test.of]
    return _compared(node.of, ends, written)


def _is_truth(of: Expression) -> bool:
    return isinstance(of, Literal) and isinstance(of.value, bool)


def _compared(of: Expression, with_: Sequence[Expression], written: dict[str, set[Any]]) -> bool:
    sides = [of, *with_]
    facts = [one for one in sides if isinstance(one, Name)]
    literals = [one.value for one in sides if isinstance(one, Literal)]
    if len(facts) != 1 or len(facts) + len(literals) != len(sides):
        return False
    written.setdefault(facts[0].name, set()).update(literals)
    return True


def _values(term: Term, literals: set[Any]) -> list[Any] | None:
    if term.type == "boolean":
        return [True, False]
    if term.type == "text":
        return [one.value for one in term.choices] or [*sorted(literals), OTHER]
    if term.type == "number" and all(isinstance(one, Decimal) for one in literals):
        return _between(sorted(literals), Decimal(1), term)
    if term.type in ("day", "moment") and all(isinstance(one, (date, datetime)) for one in literals):
        return _between(sorted(literals), timedelta(days=1), term)
    return None


def _between(ends: list[Any], step: Any, term: Term) -> list[Any]:
    if not ends:
        return [Decimal(0)] if term.type == "number" else [date(2000, 1, 1)]
    middle = [low + (high - low) / 2 for low, high in pairwise(ends)]
    lowest, highest = ends[0] - step, ends[-1] + step
    if term.type != "number":
        return [lowest, *ends, *middle, highest]
    # A share is no less than nothing and no more than all: beyond its bounds a number has no values.
    least = lowest if term.least is None else max(lowest, term.least)
    most = highest if term.most is None else min(highest, term.most)
    return sorted(one for one in {least, *ends, *middle, most} if least <= one <= most)
