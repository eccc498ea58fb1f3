"""The values that stand for all: whatever facts a case has, some combination is judged by every rule as they are."""

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from guatu.core.rules import Choice, Term, Vocabulary, judge, parse, parse_cell
from guatu.core.rules.cover import combinations

WORDS = Vocabulary(
    (
        Term("n", "number", "数", "n"),
        Term("share", "number", "比例", "share", "1", (), Decimal(0), Decimal(1)),
        Term("kind", "text", "类", "kind", "", (Choice("a", "甲", "a"), Choice("b", "乙", "b"))),
        Term("word", "text", "词", "word"),
        Term("yes", "boolean", "是否", "yes"),
    )
)
NUMBERS = st.sampled_from(["n < 3", "n >= 3", "n in [1..5]", "n between 2 and 9", "n = 4", "not(n > 7)"])
SHARES = st.sampled_from(["share < 0.5", "share >= 0.6", "share in (0.2..0.8]"])
TEXTS = st.sampled_from(['kind = "a"', 'kind != "b"', 'word = "x"', 'word in ("x", "y")', "yes", "not(yes)"])
RULES = st.lists(st.one_of(NUMBERS, SHARES, TEXTS), min_size=1, max_size=6)
FACTS = st.fixed_dictionaries(
    {
        "n": st.decimals(-20, 20, places=1),
        "share": st.decimals(0, 1, places=2),
        "kind": st.sampled_from(["a", "b"]),
        "word": st.sampled_from(["x", "y", "z"]),
        "yes": st.booleans(),
    }
)


@given(RULES, FACTS)
def test_some_combination_is_judged_as_any_facts_are(texts: list[str], facts: dict[str, object]) -> None:
    rules = [parse(text, WORDS) for text in texts]
    cases = combinations(rules, WORDS)
    assert cases is not None
    wanted = [judge(rule, facts, WORDS).verdict for rule in rules]
    assert any([judge(rule, case, WORDS).verdict for rule in rules] == wanted for case in cases)


def test_facts_compared_with_facts_have_no_list_of_values() -> None:
    assert combinations([parse("n < share", WORDS)], WORDS) is None
    assert combinations([parse("n * 3 < 2", WORDS)], WORDS) is None
    assert combinations([parse("m < 2", WORDS)], WORDS) is None


def test_too_many_ways_are_not_tried() -> None:
    many = Vocabulary(tuple(Term(f"n{i}", "number", "数", "n") for i in range(12)))
    assert combinations([parse(f"n{i} < 5", many) for i in range(12)], many) is None


def test_a_cell_of_a_table_is_a_rule_like_any_other() -> None:
    cases = combinations([parse_cell('"a"').of(parse("kind"))], WORDS)
    assert cases is not None and [case["kind"] for case in cases] == ["a", "b"]
