"""What a decision file asks and sets, against the fields of a pack."""

from datetime import date

import pytest

from guatu.adapters.flows.dmn_check import overlaps
from guatu.adapters.flows.publish import read_decisions
from guatu.core.cases.case_fields import COMMON, CaseField, CaseFields, Option
from guatu.core.cases.parameters import Parameter, Parameters
from guatu.core.kernel.explained import Word
from tests.adapters.flows.dmn_texts import fact, literal, model, need, table

FIELDS = CaseFields(
    (
        *COMMON,
        CaseField(name="members", kind="number", zh="人口", en="members", least=1, most=20, places=0),  # type: ignore[arg-type]
        CaseField(name="income", kind="money", zh="收入", en="income"),
        CaseField(name="poor", kind="truth", zh="困难", en="poor"),
        CaseField(name="grant", kind="money", zh="救助金", en="grant"),
        CaseField(
            name="level", kind="choice", zh="档次", en="level",
            options=(Option(value="a", zh="一档", en="first"), Option(value="b", zh="二档", en="second")),
        ),
    )
)  # fmt: skip
PARAMETERS = Parameters(
    (Parameter(name="most_income", zh="收入上限", en="most", value=800, valid_from=date(2026, 1, 1)),)
)
OUT = '<output name="level"/>'


def codes(*parts: str, used: frozenset[str] = frozenset()) -> list[str]:
    found = read_decisions({"x.dmn": model(*parts)}, FIELDS, PARAMETERS, used)[1]
    assert all(one.line for one in found)
    return [one.code for one in found]


def levels(policy: str, *rules: tuple[str, str], output: str = OUT) -> str:
    return table("t", "t", ("members",), (output,), *rules, head=f'hitPolicy="{policy}"')


ORDERED = '<output name="level"><outputValues><text>"a", "b"</text></outputValues></output>'


@pytest.mark.parametrize(
    ("policy", "rules", "expected"),
    [
        ("UNIQUE", (("< 3", '"a"'), (">= 3", '"b"')), []),
        ("UNIQUE", (("< 3", '"a"'), ("> 3", '"b"')), ["decision.gap"]),
        ("UNIQUE", (("<= 3", '"a"'), (">= 3", '"b"')), ["decision.overlap"]),
        ("ANY", (("<= 3", '"a"'), (">= 3", '"b"')), ["decision.any-differs"]),
        ("ANY", (("<= 3", '"a"'), (">= 3", '"a"')), []),
        ("PRIORITY", (("<= 3", '"b"'), (">= 3", '"a"')), []),
        ("PRIORITY", (("<= 3", '"b"'), ("> 0", '"a"')), ["decision.idle-rule"]),
        ("FIRST", (("> 0", '"a"'), ("> 3", '"b"')), ["decision.idle-rule"]),
        ("FIRST", (("< 3", '"a"'), ("< most_income", '"b"')), []),
    ],
)
def test_gaps_overlaps_and_idle_rules_go_by_the_policy(
    policy: str, rules: tuple[tuple[str, str], ...], expected: list[str]
) -> None:
    assert codes(levels(policy, *rules, output=ORDERED if policy == "PRIORITY" else OUT)) == expected


def test_a_default_closes_a_gap() -> None:
    default = '<output name="level"><defaultOutputEntry><text>"b"</text></defaultOutputEntry></output>'
    assert codes(levels("UNIQUE", ("< 3", '"a"'), output=default)) == []
    assert codes(levels("UNIQUE", ("< 3", '"a"'), output=default.replace('"b"', '"c"'))) == ["decision.wrong-output"]


def test_what_is_collected_may_be_nothing_and_that_is_said() -> None:
    sums = '<output name="grant"/>', ("poor",)
    collect = 'hitPolicy="COLLECT" aggregation="SUM"'
    text = table("t", "t", sums[1], sums[:1], ("true", "100"), ("true", "50"), head=collect)
    found = read_decisions({"x.dmn": model(text)}, FIELDS, PARAMETERS)[1]
    assert [(one.code, one.severity) for one in found] == [("decision.no-hit", "warning")]
    assert codes(table("t", "t", sums[1], sums[:1], ("true", "100"), ("-", "0"), head=collect)) == []


NEEDED = literal("each", "each", "income / members")


def test_a_needed_decision_is_a_fact_of_its_type_and_no_field() -> None:
    after = table("t", "t", ("each",), (OUT,), ("< 300", '"a"'), (">= 300", '"b"'), needs=need("Decision", "each"))
    assert codes(NEEDED, after) == []
    assert codes(NEEDED, after, used=frozenset({"each"})) == ["decision.unknown-output"]
    assert codes(NEEDED, after.replace("&lt; 300", '"x"')) == ["rule.types-differ"]
    assert codes(NEEDED, after.replace("&gt;= 300", "&gt; 300")) == ["decision.gap"]
    assert codes(after.replace(need("Decision", "each"), "")) == ["rule.unknown-name", "rule.unknown-name"]


def test_the_texts_of_a_needed_table_are_all_that_it_can_be() -> None:
    first = table("size", "size", ("members",), ("<output/>",), ("< 3", '"small"'), (">= 3", '"large"'))
    rules = ('"small"', '"a"'), ('"large"', '"b"')
    assert codes(first, table("t", "t", ("size",), (OUT,), *rules, needs=need("Decision", "size"))) == []
    assert codes(first, table("t", "t", ("size",), (OUT,), *rules[:1], needs=need("Decision", "size"))) == [
        "decision.gap"
    ]
    wrong = ('"smal"', '"a"'), rules[1]
    found = codes(first, table("t", "t", ("size",), (OUT,), *wrong, needs=need("Decision", "size")))
    assert found == ["rule.no-choice"]


def test_a_type_of_the_file_that_is_not_the_packs_is_told() -> None:
    rules = ("< 3", '"a"'), (">= 3", '"b"')
    assert codes(fact("members", "number"), levels("UNIQUE", *rules)) == []
    assert codes(fact("members", "string"), levels("UNIQUE", *rules)) == ["decision.type-differs"]


def test_what_type_a_needed_decision_gives_must_be_told() -> None:
    first = table("x", "x", ("members",), ("<output/>",), ("< 3", '"small"'), (">= 3", "7"))
    after = table("t", "t", ("x",), (OUT,), ('"small"', '"a"'), needs=need("Decision", "x"))
    assert codes(first, after)[0] == "decision.no-type"


def test_an_output_may_not_ask_for_what_the_pack_does_not_know() -> None:
    paid = '<output name="grant"/>'
    assert codes(table("t", "t", ("poor",), (paid,), ("true", "income * 2"), ("false", "0"))) == []
    assert codes(table("t", "t", ("poor",), (paid,), ("true", "incom * 2"), ("false", "0"))) == ["rule.unknown-name"]
    assert codes(literal("d", "grant", "income * 2")) == []
    assert codes(literal("d", "paid", "income * 2")) == ["decision.unknown-output"]


def test_one_decision_in_two_files_is_told() -> None:
    text = model(levels("UNIQUE", ("< 3", '"a"'), (">= 3", '"b"')))
    assert [one.code for one in read_decisions({"x.dmn": text, "y.dmn": text}, FIELDS)[1]] == ["decision.same-id"]


def test_rules_that_can_fit_at_once_are_listed_with_a_case() -> None:
    first = levels("FIRST", ("< 3", '"a"'), ("< most_income", '"b"'), ("> 5", '"a"'))
    (decision,) = read_decisions({"x.dmn": model(first)})[0].values()
    found = overlaps(decision, FIELDS, PARAMETERS)
    assert found is not None and [one.rows for one in found] == [(1, 2), (2, 3)]
    assert found[0].case == Word("人口 = 2", "members = 2")
    assert overlaps(decision, FIELDS, Parameters()) is None
    compared = table("t", "t", ("members",), (OUT,), ("> income", '"a"'))
    assert overlaps(read_decisions({"x.dmn": model(compared)})[0]["t"], FIELDS, PARAMETERS) is None


@pytest.mark.parametrize(
    ("head", "field", "cell", "expected"),
    [
        # A list has no place in a field that holds one value.
        ("COLLECT", "level", '"a"', ["decision.output-type"]),
        ("RULE ORDER", "grant", "100", ["decision.output-type"]),
        ('COLLECT" aggregation="SUM', "grant", "100", []),
        ('COLLECT" aggregation="COUNT', "members", '"x"', []),
        ('COLLECT" aggregation="COUNT', "level", '"a"', ["decision.output-type"]),
        ('COLLECT" aggregation="SUM', "level", '"a"', ["decision.no-sum"]),
        ('COLLECT" aggregation="MAX', "level", '"a"', ["decision.no-sum"]),
        # What is reckoned is held to the field as well as what is written down.
        ("FIRST", "level", "income * 2", ["decision.output-type"]),
        ("FIRST", "grant", "income * 2", []),
        ("FIRST", "poor", "members > 3", []),
    ],
)
def test_what_a_table_gives_fits_the_field(head: str, field: str, cell: str, expected: list[str]) -> None:
    sets = f'<output name="{field}"><defaultOutputEntry><text>null</text></defaultOutputEntry></output>'
    assert codes(table("t", "t", ("poor",), (sets,), ("true", cell), head=f'hitPolicy="{head}"')) == expected
