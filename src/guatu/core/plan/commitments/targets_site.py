"""One amount with the words around it, as far as the grammar of targets looks."""

from typing import Final

import msgspec

from guatu.core.kernel.regex import regex
from guatu.core.kernel.units import Dimension, resolve
from guatu.core.plan.clauses.amounts import Amount
from guatu.core.plan.clauses.breaks import clause_start, sentence_start
from guatu.core.plan.commitments.goal_verbs import REACHES, pattern_of
from guatu.core.plan.model import SectionKind

_AFTER_WIDTH: Final = 40
_STOP: Final = regex(r"[,。;:!?\n\t]|\.(?!\d)")
_LIST_JOINT: Final = "、和及与以并 "

# What a plan does to reach a count: the number behind or before such a verb is the goal.
VERB: Final = pattern_of(REACHES)
_VERB: Final = regex(VERB)


class Site(msgspec.Struct, gc=False):
    """`before` runs from the start of the clause (or the end of the amount before) to the number, `after` from the unit
    on."""

    amount: Amount
    kind: SectionKind
    sentence: str
    """The sentence as far as the clause."""
    clause: str
    """The clause as far as the number."""
    before: str
    before_start: int
    after: str
    tail: str
    """`after` as far as the end of its clause."""
    dimension: Dimension
    written: str
    """The number with its unit."""

    @property
    def has_verb(self) -> bool:
        return _VERB.search(self.clause) is not None


def site_of(norm: str, amount: Amount, kind: SectionKind, floor: int, ceiling: int, previous_end: int) -> Site | None:
    """The amount in its clause; None where its unit is not known."""
    measure = resolve(amount.unit)
    if measure is None:
        return None
    clause_at = clause_start(norm, amount.start, floor)
    before_at = clause_at
    if previous_end > clause_at:
        before_at = previous_end
    while before_at < amount.start and norm[before_at] in _LIST_JOINT:
        before_at += 1
    after = norm[amount.end : min(ceiling, amount.end + _AFTER_WIDTH)]
    stop = _STOP.search(after)
    return Site(
        amount=amount,
        kind=kind,
        sentence=norm[sentence_start(norm, clause_at, floor) : clause_at] if clause_at > floor else "",
        clause=norm[clause_at : amount.start],
        before=norm[before_at : amount.start],
        before_start=before_at,
        after=after,
        tail=after[: stop.start()] if stop else after,
        dimension=measure.dimension,
        written=norm[amount.start : amount.end],
    )
