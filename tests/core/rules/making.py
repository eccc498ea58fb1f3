"""Random rules and facts for the properties that every rule has."""

from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import msgspec
from hypothesis import strategies as st

from guatu.core.rules import Term, Vocabulary
from guatu.core.rules import tree as t
from guatu.core.rules.temporal import Months

VOCABULARY = Vocabulary(
    (
        Term("attainment", "number", "完成率", "attainment", "1"),
        Term("days left", "number", "距期限", "days to the deadline", "day"),
        Term("overdue", "number", "逾期", "overdue by", "working-day"),
        Term("met", "boolean", "已达目标", "target met"),
        Term("kind", "text", "类别", "kind"),
        Term("due", "day", "期限", "due"),
        Term("tags", "list", "标签", "tags"),
    )
)

# Few values, so that random facts meet random limits.
numbers = st.sampled_from([Decimal(0), Decimal(1), Decimal("1.50"), Decimal(2), Decimal("0.8")])
texts = st.sampled_from(["", "甲", 'b"\\', "\n\u2028", "70%"])
booleans = st.booleans()
days = st.dates(date(2026, 2, 27), date(2026, 3, 2))
durations = st.sampled_from([timedelta(0), timedelta(days=1, hours=2), -timedelta(seconds=5), Months(14), Months(-1)])
moments = st.sampled_from([time(8, 30), *map(datetime.fromisoformat, ("2026-02-28T08:30", "2026-03-01"))])
constants = st.none() | numbers | texts | booleans | days | durations | moments

names = st.sampled_from(list(VOCABULARY)).map(t.Name)
operators = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
signs = st.sampled_from(["+", "-", "*", "/", "**"])

FACTS = {
    "attainment": numbers,
    "days left": numbers,
    "overdue": numbers,
    "met": booleans,
    "kind": texts,
    "due": days,
    "tags": st.lists(texts, max_size=2),
}


def facts(known: bool = False) -> st.SearchStrategy[dict[str, Any]]:
    """Facts of which, where `known` is false, some are unknown and some of another type than they should be."""
    strange = st.none() | texts | numbers
    return st.fixed_dictionaries({name: one if known else one | strange for name, one in FACTS.items()})


# Comparisons that fit, because what is drawn at random seldom does.
atoms = st.sampled_from(["attainment", "days left", "overdue", "kind", "due"]).flatmap(
    lambda name: st.builds(t.Comparison, operators, st.just(t.Name(name)), FACTS[name].map(t.Literal))
) | st.builds(t.Comparison, st.just("="), st.just(t.Name("met")), booleans.map(t.Literal))


def rules(defined: bool = True) -> st.SearchStrategy[t.Expression]:
    """Conditions of all shapes; `defined` false leaves out what asks whether something is known."""
    values = constants if defined else constants.filter(lambda one: one is not None)
    leaves = values.map(t.Literal) | names | atoms
    return st.recursive(leaves, lambda inner: _branches(inner, defined), max_leaves=8)


def _branches(inner: st.SearchStrategy[Any], defined: bool) -> st.SearchStrategy[t.Expression]:
    tests = st.builds(t.Endpoint, operators, inner) | st.builds(t.Range, inner, inner, booleans, booleans)
    several = st.lists(inner, min_size=2, max_size=3).map(tuple)
    made = (
        st.builds(t.And, several)
        | st.builds(t.Or, several)
        | st.builds(t.Not, inner)
        | st.builds(t.Comparison, operators, inner, inner)
        | st.builds(t.Between, inner, inner, inner)
        | st.builds(t.In, inner, st.lists(tests, min_size=1, max_size=3).map(tuple))
        | st.builds(t.Arithmetic, signs, inner, inner)
        | st.builds(t.Minus, inner)
    )
    return made | st.builds(t.IsDefined, names) if defined else made


def bare(node: Any) -> Any:
    """The tree without its places."""
    if isinstance(node, tuple):
        return tuple(bare(one) for one in node)
    if isinstance(node, (*_NODES, t.Cell)):
        fields = {name: bare(getattr(node, name)) for name in node.__struct_fields__ if name != "span"}
        return msgspec.structs.replace(node, span=t.NOWHERE, **fields)
    return node


_NODES = (
    t.Literal,
    t.Name,
    t.Minus,
    t.Arithmetic,
    t.Comparison,
    t.Between,
    t.Endpoint,
    t.Range,
    t.In,
    t.And,
    t.Or,
    t.Not,
)
_NODES = (*_NODES, t.IsDefined)
