"""One goal of the higher plan held against the statement of the lower one that belongs to it."""

from collections.abc import Iterator
from typing import Final, NamedTuple

from guatu.core.plan.diff.above.amounts import Amount, Wish, comparable
from guatu.core.plan.diff.above.answers import Part
from guatu.core.plan.diff.above.areas import same_area
from guatu.core.plan.diff.above.statements import Statement
from guatu.core.plan.model import Target

_OPS: Final = {">=": "≥", "<=": "≤", "=": "", "~": "≈", "range": "", "+": "+", ">": ">", "<": "<"}


class Areas(NamedTuple):
    """The places that both plans are made for; empty where they do not say."""

    higher: str
    lower: str

    @property
    def same(self) -> bool:
        return same_area(self.higher, self.lower)


def judged(higher: Statement, lower: Statement, areas: Areas) -> Iterator[Part]:
    """The parts of the answer but for the name: figure, scope, time limit."""
    share = bool(higher.scope) and same_area(higher.scope, areas.lower)
    if higher.amount is not None and lower.amount is not None:
        yield _figure(higher, lower, areas, share=share)
        yield _scope(higher, lower, areas, share=share)
    if higher.said.deadline is not None:
        yield _deadline(higher, lower)


def words_of(target: Target | None) -> str:
    """The figure as the plan writes it: ≥96%, 3–5座."""
    if target is None:
        return ""
    values = target.value if isinstance(target.value, list) else [target.value]
    return (
        f"{_OPS[target.op]}{'–'.join(f'{value:g}' if _short(value) else str(value) for value in values)}{target.unit}"
    )


def _short(value: float | int) -> bool:
    """Whether six digits are all that it has."""
    return float(f"{value:g}") == value and "e" not in f"{value:g}"


def _figure(higher: Statement, lower: Statement, areas: Areas, *, share: bool) -> Part:
    above, below = higher.amount, lower.amount
    assert above is not None and below is not None
    words = {"higher": words_of(higher.said.target), "lower": words_of(lower.said.target)}
    part = _of_amounts(above, below, words)
    of_all = not share and not higher.scope and not higher.of_each
    if above.sums and comparable(above, below) and of_all and not areas.same:
        part = _of_a_total(part, above, areas)
    if part.answer == "held" and lower.striving and not higher.striving:
        return Part("figure", "weaker", "striving")
    return part


def _of_a_total(part: Part, above: Amount, areas: Areas) -> Part:
    """A sum of a larger area asks for no share that could be read: only who reaches it alone holds it for sure."""
    if part.answer == "held" and above.wish == "more":
        return part
    if not areas.higher or not areas.lower:
        return part if part.answer == "held" else Part("figure", "unknown", "area-unsaid")
    return Part("figure", "unknown", "share-unsaid", {"area": areas.higher})


def _of_amounts(above: Amount, below: Amount, words: dict[str, str]) -> Part:
    if above.change != below.change:
        return Part("figure", "unknown", "change-against-level")
    if not comparable(above, below):
        return Part("figure", "unknown", "unit-differs", words)
    if (above.low, above.high, above.op) == (below.low, below.high, below.op):
        return Part("figure", "held", "figure-held")
    if above.wish and below.wish and above.wish != below.wish:
        return Part("figure", "unknown", "direction-differs")
    wish: Wish = above.wish or below.wish
    if not wish:
        inside = above.low <= below.low and below.high <= above.high and below.op != "~"
        return Part("figure", "held", "figure-held") if inside else Part("figure", "unknown", "direction-unsaid")
    return _more(above, below, words) if wish == "more" else _less(above, below, words)


def _more(above: Amount, below: Amount, words: dict[str, str]) -> Part:
    need, least = above.low, below.low
    if least > need or (least == need and (above.op != ">" or below.op == ">")):
        about = least == need and below.op == "~" and above.op != "~"
        return Part("figure", "unknown", "about") if about else Part("figure", "held", "figure-held")
    if below.high >= need and below.op == "range":
        return Part("figure", "unknown", "range-across")
    return Part("figure", "weaker", "figure-lower", words)


def _less(above: Amount, below: Amount, words: dict[str, str]) -> Part:
    limit, most = above.high, below.high
    if most < limit or (most == limit and (above.op != "<" or below.op == "<")):
        about = most == limit and below.op == "~" and above.op != "~"
        return Part("figure", "unknown", "about") if about else Part("figure", "held", "figure-held")
    if below.low <= limit and below.op == "range":
        return Part("figure", "unknown", "range-across")
    return Part("figure", "weaker", "figure-higher", words)


def _scope(higher: Statement, lower: Statement, areas: Areas, *, share: bool) -> Part:
    if share and not lower.scope:
        return Part("scope", "held", "scope-share")
    if higher.scope == lower.scope or higher.in_full == lower.in_full:
        amount = higher.amount
        if not higher.scope and amount is not None and not amount.sums and areas.higher and not areas.same:
            return Part("scope", "held", "scope-of-area", {"area": areas.higher})
        return Part("scope", "held", "scope-same")
    if not higher.scope or share:
        return Part("scope", "weaker", "scope-narrower", {"lower": lower.said.scope})
    words = {"higher": higher.said.scope, "lower": lower.said.scope or areas.lower}
    return Part("scope", "unknown", "scope-differs", words)


def _deadline(higher: Statement, lower: Statement) -> Part:
    above, below = higher.said.deadline or "", lower.said.deadline or ""
    if not below:
        return Part("deadline", "missing", "deadline-missing", {"higher": above})
    words = {"higher": above, "lower": below}
    if higher.due is None or lower.due is None:
        same = above == below
        return Part("deadline", "held", "deadline-held") if same else _unknown_year(words)
    if lower.due > higher.due:
        return Part("deadline", "weaker", "deadline-later", words)
    return Part("deadline", "held", "deadline-held")


def _unknown_year(words: dict[str, str]) -> Part:
    return Part("deadline", "unknown", "deadline-year-unsaid", words)
