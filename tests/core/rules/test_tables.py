"""Decision tables: what each hit policy makes of the rules that fit, and what it makes of facts that nobody knows."""

from collections.abc import Sequence
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.explained import Word
from guatu.core.rules import DecisionTable, judge, parse, value_of
from guatu.core.rules.tables import AGGREGATORS, MANY, POLICIES, RESULTS_DIFFER, SEVERAL_FIT, Output, TableRule

LEVELS = ("red", "amber", "green")


def table(
    policy: str, *rules: tuple[str, str], aggregator: str = "", default: str = "", ranked: bool = True
) -> DecisionTable:
    """A table of one output `level`; a rule is its condition and what it sets."""
    output = Output("level", LEVELS if ranked else (), parse(default) if default else None)
    made = [TableRule(f"r{n}", "", parse(when), (parse(then),)) for n, (when, then) in enumerate(rules, 1)]
    return DecisionTable("d", "d", (output,), tuple(made), policy, aggregator)  # type: ignore[arg-type]


RULES = (("late > 3", '"red"'), ("late > 0", '"amber"'), ("asked", '"green"'))


@pytest.mark.parametrize(
    ("policy", "late", "value", "rows", "others"),
    [
        ("FIRST", 5, "red", [1], []),
        ("FIRST", 1, "amber", [2], []),
        ("PRIORITY", 5, "red", [1], [2, 3]),
        ("RULE ORDER", 5, ("red", "amber", "green"), [1, 2, 3], []),
        ("OUTPUT ORDER", 1, ("amber", "green"), [2, 3], []),
        ("COLLECT", 0, ("green",), [3], []),
    ],
)
def test_the_policy_says_which_rules_decide(
    policy: str, late: int, value: object, rows: list[int], others: list[int]
) -> None:
    decided = table(policy, *RULES).decide({"late": late, "asked": True})
    assert (decided.value, decided.lacks) == (value, ())
    assert ([hit.row for hit in decided.hits], [hit.row for hit in decided.others]) == (rows, others)
    assert decided.outputs == {"level": list(value) if isinstance(value, tuple) else value}


def test_output_order_goes_by_the_listed_values_and_not_by_the_rules() -> None:
    decided = table("OUTPUT ORDER", *reversed(RULES)).decide({"late": 5, "asked": True})
    assert decided.value == LEVELS and [hit.row for hit in decided.hits] == [3, 2, 1]


@pytest.mark.parametrize(
    ("aggregator", "value"),
    [("SUM", Decimal("6.5")), ("MIN", Decimal(1)), ("MAX", Decimal("3.5")), ("COUNT", Decimal(3))],
)
def test_what_is_collected_can_be_one_number(aggregator: str, value: Decimal) -> None:
    paid = table("COLLECT", ("a", "1"), ("a", "3.5"), ("not(a)", "100"), ("a", "2"), aggregator=aggregator)
    assert paid.decide({"a": True}).value == value


def test_a_sum_of_texts_is_nothing() -> None:
    assert table("COLLECT", ("a", '"x"'), ("a", '"y"'), aggregator="SUM").decide({"a": True}).value is None
    assert table("COLLECT", ("a", "1"), ("a", '"y"'), aggregator="MAX").decide({"a": True}).value is None


@pytest.mark.parametrize(("policy", "lack"), [("UNIQUE", SEVERAL_FIT), ("ANY", RESULTS_DIFFER)])
def test_rules_that_contradict_each_other_decide_nothing_and_say_so(policy: str, lack: object) -> None:
    decided = table(policy, *RULES).decide({"late": 5, "asked": True})
    assert (decided.value, decided.lacks, [hit.row for hit in decided.hits]) == (None, (lack,), [1, 2, 3])


def test_any_takes_what_all_rules_agree_on() -> None:
    decided = table("ANY", ("late > 3", '"red"'), ("asked", '"red"')).decide({"late": 5, "asked": True})
    assert decided.value == "red" and [hit.row for hit in decided.hits] == [1, 2]


def test_where_no_rule_fits_the_default_is_taken_and_what_it_lacks_is_said() -> None:
    facts = {"late": 0, "asked": False}
    assert table("UNIQUE", *RULES, default='"green"').decide(facts).value == "green"
    assert table("UNIQUE", *RULES).decide(facts).value is None
    asking = table("UNIQUE", *RULES, default="usual").decide(facts)
    assert (asking.value, asking.lacking()) == (None, Word("usual", "usual"))


def test_an_output_that_asks_for_what_nobody_knows_leaves_the_table_open() -> None:
    decided = table("FIRST", ("true", "amount * 2"), ranked=False).decide({})
    assert (decided.value, decided.outputs, decided.lacking()) == (None, {"level": None}, Word("amount", "amount"))
    assert table("FIRST", ("true", "null"), ranked=False).decide({}).lacks == ()


@pytest.mark.parametrize(
    ("policy", "facts", "value"),
    [
        ("FIRST", {"late": 5}, "red"),
        ("FIRST", {"asked": True}, None),
        # Whatever is known of `asked`, red is the most wanted.
        ("PRIORITY", {"late": 5}, "red"),
        ("PRIORITY", {"asked": True}, None),
        ("COLLECT", {"late": 5}, None),
        ("UNIQUE", {"late": 0, "asked": True}, "green"),
    ],
)
def test_what_nobody_knows_leaves_open_only_what_it_could_change(
    policy: str, facts: dict[str, Any], value: object
) -> None:
    decided = table(policy, *RULES).decide(facts)
    assert decided.value == value and (decided.lacks != ()) == (value is None)


# Conditions over two numbers and a truth value; every fact has few values, so that all can be tried.
FACTS = {"a": (0, 1, 2), "b": (0, 1), "c": (False, True)}
CONDITION = st.sampled_from(
    ["a > 0", "a = 2", "a < 1", "b = 1", "c", "not(c)", "a > b", "a in [1..2] and c", "b = 0 or c", "true", "false"]
)
TABLES = st.builds(
    lambda policy, aggregator, rules, default: table(
        policy, *rules, aggregator=aggregator if policy == "COLLECT" else "", default=default
    ),
    st.sampled_from(POLICIES),
    st.sampled_from(AGGREGATORS),
    st.lists(st.tuples(CONDITION, st.sampled_from(["1", "2", "-1", '"red"', '"green"', "a"])), min_size=1, max_size=5),
    st.sampled_from(["", "7", '"amber"']),
)


def plainly(of: DecisionTable, facts: dict[str, Any]) -> Any:
    """What the standard says of a table where every fact is known, written down without regard to anything else."""
    fits = [rule for rule in of.rules if _plain(rule.when, facts)]
    values: Sequence[Any] = [_value(rule.outputs[0], facts) for rule in fits]
    if not fits:
        return None if of.outputs[0].default is None else _value(of.outputs[0].default, facts)
    if of.policy == "UNIQUE":
        return values[0] if len(values) == 1 else None
    if of.policy == "ANY":
        return values[0] if all(one == values[0] for one in values) else None
    if of.policy in ("FIRST", "PRIORITY"):
        return values[0] if of.policy == "FIRST" else min(values, key=_wanted)
    if of.policy == "OUTPUT ORDER":
        return tuple(sorted(values, key=_wanted))
    return _aggregate(of.aggregator, values)


def _wanted(value: Any) -> int:
    return LEVELS.index(value) if value in LEVELS else len(LEVELS)


def _aggregate(by: str, values: Sequence[Any]) -> Any:
    if not by:
        return tuple(values)
    if by == "COUNT":
        return Decimal(len(values))
    if any(isinstance(one, str) for one in values):
        return None
    return {"SUM": sum, "MIN": min, "MAX": max}[by](values)


def _plain(when: Any, facts: dict[str, Any]) -> bool:
    return judge(when, facts).verdict == "yes"


def _value(of: Any, facts: dict[str, Any]) -> Any:
    return value_of(of, facts)


@given(TABLES)
def test_with_all_facts_known_a_table_gives_what_the_standard_says(of: DecisionTable) -> None:
    for values in product(*FACTS.values()):
        facts = dict(zip(FACTS, values, strict=True))
        assert of.decide(facts).value == plainly(of, facts), (of.policy, of.aggregator, facts)


@given(TABLES, st.sets(st.sampled_from(sorted(FACTS)), min_size=1))
def test_what_is_decided_without_a_fact_holds_whatever_the_fact_is(of: DecisionTable, hidden: set[str]) -> None:
    """The one exception: rules of a UNIQUE table shut each other out, and where they do not the table is at fault."""
    for values in product(*FACTS.values()):
        facts = dict(zip(FACTS, values, strict=True))
        known = of.decide({name: value for name, value in facts.items() if name not in hidden})
        whole = of.decide(facts)
        if not known.lacks and not (of.policy == "UNIQUE" and SEVERAL_FIT in whole.lacks):
            assert known.value == whole.value, (of.policy, of.aggregator, facts, hidden)


@given(TABLES)
def test_every_answer_names_its_rules(of: DecisionTable) -> None:
    for values in product(*FACTS.values()):
        facts = dict(zip(FACTS, values, strict=True))
        decided = of.decide(facts)
        fits = [row for row, rule in enumerate(of.rules, 1) if _plain(rule.when, facts)]
        rows = sorted(hit.row for hit in (*decided.hits, *decided.others))
        assert rows == (fits[:1] if of.policy == "FIRST" else fits)
        assert not (of.policy in MANY and decided.others)
