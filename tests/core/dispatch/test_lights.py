from itertools import product

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.dispatch.lights import Colour, LightRule, check_light_rules, light
from guatu.core.dispatch.starting_rules import STARTING_RULES
from guatu.core.dispatch.vocabulary import FACTS, Fact, Facts, judged
from guatu.core.kernel.explained import Explained, Rule, explain
from guatu.core.rules import Verdict

GIVEN = Rule("given", "给定 {value}", "given {value}")
MISSING = Rule("missing", "还没有报数", "no figure has been reported")

RULES = (
    LightRule("far-behind", "red", "严重滞后", "far behind", "attainment < 0.8"),
    LightRule("behind", "amber", "滞后", "behind", "attainment < 0.95 and days_left < 90"),
    LightRule("on-course", "green", "正常", "on course"),
)


def known(value: float, unit: str = "") -> Fact:
    return GIVEN.gives(value, unit=unit)


UNKNOWN = MISSING.lacks()


def test_a_light_says_which_rule_with_which_numbers() -> None:
    found = light(RULES, {"attainment": known(0.72, "1"), "days_left": known(200, "day")})
    assert found.value == "red"
    assert explain(found).splitlines()[0] == "红灯:严重滞后(完成率 72% < 80%) [light.by-rule]"
    assert explain(found, "en").splitlines()[0] == "red: far behind (attainment 72% < 80%) [light.by-rule]"
    assert "给定 72% [given]" in explain(found)


def test_the_first_rule_that_holds_decides() -> None:
    assert light(RULES, {"attainment": known(0.9), "days_left": known(30)}).value == "amber"
    assert light(RULES, {"attainment": known(0.9), "days_left": known(100)}).value == "green"


def test_an_unknown_figure_is_grey_with_its_reason_and_never_green() -> None:
    found = light(RULES, {"attainment": UNKNOWN, "days_left": known(30)})
    assert found.value == "grey"
    assert explain(found).splitlines()[0] == "灰灯:完成率未知,可能是红灯或黄灯或绿灯,不能判定 [light.unknown]"
    assert explain(found, "en").splitlines()[0] == (
        "grey: attainment unknown; it may be red or amber or green, which cannot be decided [light.unknown]"
    )
    assert "还没有报数 [missing]" in explain(found)


def test_a_light_that_is_red_either_way_is_red() -> None:
    rules = (
        RULES[0],
        LightRule("late", "red", "节点逾期", "milestone late", "milestones_overdue > 0"),
    )
    found = light((*rules, RULES[2]), {"attainment": UNKNOWN, "milestones_overdue": known(1)})
    assert found.value == "red"
    assert "节点逾期" in found.sentence()


def test_a_fact_that_nobody_handed_in_is_unknown() -> None:
    assert light(RULES, {}).value == "grey"


def test_a_condition_may_say_what_an_unknown_fact_counts_as() -> None:
    rules = (
        LightRule("f", "amber", "预计不足", "short", "is defined(forecast_attainment) and forecast_attainment < 1"),
        RULES[2],
    )
    assert light(rules, {"forecast_attainment": UNKNOWN}).value == "green"


def test_a_reason_names_the_cause_that_holds_and_no_other() -> None:
    rules = (LightRule("late", "red", "滞后", "late", "late_reports >= 3 or attainment < 0.8 or lag > 0.5"), RULES[2])
    found = light(rules, {"attainment": known(0.7, "1"), "late_reports": known(1, "item"), "lag": known(0.6, "1")})
    assert found.sentence() == "红灯:滞后(完成率 70% < 80%)"
    assert [part.key for part in found.parts] == ["colour", "rule", "tests", "attainment"]


def test_a_figure_of_another_type_is_grey_with_the_reason() -> None:
    found = light(
        RULES, {"attainment": Rule("typed", "填 {value}", "typed {value}").gives("70%"), "days_left": known(30)}
    )  # type: ignore[dict-item]
    assert found.value == "grey"
    assert found.sentence() == "灰灯:完成率 (不是数)未知,可能是红灯或黄灯或绿灯,不能判定"


def test_where_no_rule_applies_the_light_is_grey_and_says_so() -> None:
    found = light(RULES[:1], {"attainment": known(1)})
    assert (found.value, found.rule) == ("grey", "light.no-rule")
    assert found.sentence("en") == "grey: no rule applies"


@pytest.mark.parametrize(
    ("op", "limit", "verdict"),
    [("<", 2, "no"), ("<=", 2, "yes"), (">", 2, "no"), (">=", 2, "yes"), ("=", 2, "yes"), ("!=", 2, "no")],
)
def test_each_comparison_means_what_it_says_at_its_limit(op: str, limit: float, verdict: Verdict) -> None:
    assert judged(f"late_reports {op} {limit}", {"late_reports": known(2)}).verdict == verdict


NAMES = ["attainment", "days_left", "lag", "late_reports"]
COLOURS: list[Colour] = ["green", "amber", "red"]
conditions = st.builds("{} {} {}".format, st.sampled_from(NAMES), st.sampled_from(["<", ">=", "="]), st.integers(0, 2))
joins = st.sampled_from([" and ", " or "])
tables = st.lists(
    st.builds(
        LightRule,
        id=st.text(max_size=3),
        colour=st.sampled_from(COLOURS),
        zh=st.just("规"),
        en=st.just("rule"),
        when=st.builds(lambda join, parts: join.join(parts), joins, st.lists(conditions, max_size=3)),
    ),
    max_size=5,
)
partial_facts = st.fixed_dictionaries({name: st.none() | st.integers(0, 2) for name in NAMES})


@given(tables, partial_facts)
def test_a_light_that_is_not_grey_stays_what_it_is_whatever_the_unknown_turns_out_to_be(
    rules: list[LightRule], partial: dict[str, int | None]
) -> None:
    facts: Facts = {name: UNKNOWN if value is None else known(value) for name, value in partial.items()}
    shown = light(rules, facts)
    open_names = [name for name, value in partial.items() if value is None]
    outcomes = {
        light(rules, {**facts, **{name: known(value) for name, value in zip(open_names, values, strict=True)}}).value
        for values in product(range(3), repeat=len(open_names))
    }
    if shown.value != "grey":
        assert outcomes == {shown.value}


@given(tables, partial_facts.map(lambda row: {name: value or 0 for name, value in row.items()}))
def test_where_everything_is_known_the_first_rule_that_holds_decides(
    rules: list[LightRule], values: dict[str, int]
) -> None:
    facts: Facts = {name: known(value) for name, value in values.items()}
    holding = [rule.colour for rule in rules if judged(rule.when, facts).verdict == "yes"]
    assert light(rules, facts).value == (holding[0] if holding else "grey")


def test_a_table_of_rules_is_checked_before_it_is_used() -> None:
    bad = (
        LightRule("a", "green", "甲", "a"),
        LightRule("a", "red", "乙", "b", "attainmnt < 1"),
    )
    assert [found.code for found in check_light_rules(bad)] == [
        "rule.unknown-name",
        "light.same-id",
        "light.never-reached",
    ]
    assert [found.code for found in check_light_rules(RULES[:2])] == ["light.no-end"]
    assert check_light_rules(RULES) == []


def test_a_bad_rule_is_reported_with_what_to_do() -> None:
    (found,) = check_light_rules(RULES[:1])
    assert found.message() == (
        "最后一条规则“far-behind”有条件,可能有任务一条规则都不适用而亮灰灯;请在末尾加一条无条件的规则"
    )
    assert found.message("en") == (
        "the last rule, “far-behind”, has conditions: where none applies the light is grey; end with a rule without"
        " conditions"
    )


def test_the_rules_to_start_from_are_sound_and_survive_json() -> None:
    assert check_light_rules(STARTING_RULES) == []
    line = msgspec.json.encode(STARTING_RULES)
    assert msgspec.json.decode(line, type=tuple[LightRule, ...]) == STARTING_RULES


CALM: dict[str, float] = {
    "days_to_start": -30,
    "days_left": 200,
    "met": False,
    "attainment": 1,
    "missing_in_a_row": 0,
    "milestones_overdue": 0,
    "milestone_days_late": 0,
}


@pytest.mark.parametrize(
    ("changed", "colour", "word"),
    [
        ({}, "green", "进度正常"),
        ({"days_to_start": 3, "attainment": None, "met": None}, "grey", "尚未开始"),
        ({"attainment": 0.9}, "amber", "九成五"),
        ({"attainment": 0.7}, "red", "八成"),
        ({"attainment": 0.7, "met": True}, "green", "已达目标"),
        ({"days_left": -1}, "red", "期限已过"),
        ({"days_left": -1, "met": None, "attainment": None}, "red", "期限已过"),
        ({"missing_in_a_row": 1}, "amber", "缺报"),
        ({"missing_in_a_row": 2, "attainment": None, "met": None}, "red", "缺报"),
        ({"attainment": None, "met": None}, "grey", "未知"),
        ({"milestones_overdue": 1, "milestone_days_late": 5}, "amber", "节点"),
        ({"milestones_overdue": 1, "milestone_days_late": 21}, "red", "节点"),
        ({"forecast_attainment": 0.5}, "amber", "趋势"),
    ],
)
def test_the_rules_to_start_from_say_what_a_supervisor_would_say(
    changed: dict[str, float | None], colour: Colour, word: str
) -> None:
    values = {**CALM, **changed}
    found = light(STARTING_RULES, {name: UNKNOWN if v is None else known(v) for name, v in values.items()})
    assert found.value == colour
    assert word in found.sentence()


def test_every_fact_has_words_in_both_languages() -> None:
    assert all(FACTS.label(name).zh != name and FACTS.label(name).en for name in FACTS)


def test_a_light_survives_json() -> None:
    found = light(RULES, {"attainment": UNKNOWN})
    assert msgspec.json.decode(msgspec.json.encode(found), type=Explained[Colour]) == found
