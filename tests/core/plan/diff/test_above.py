"""A higher plan held against the lower one: nothing weaker passes as held, nothing that cannot be compared is judged."""

import datetime
import time

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.kernel.span import Span
from guatu.core.plan.compiler import compile_text
from guatu.core.plan.diff.above import ANSWERS, REASONS, GoalComparison, Line, area_of, compare_with_above
from guatu.core.plan.model import Coverage, Deadline, Document, Plan, SourceInfo, Target, Task

HERE = Span(0, 0)
COUNTY, CITY = "白河县人民政府办公室", "青禾市人民政府"


def target(metric: str, op: str, value: object, unit: str, **more: object) -> Target:
    return Target(more.pop("id", metric), metric, op, value, unit, HERE, **more)  # type: ignore[arg-type]


def plan(*targets: Target, issuer: str = COUNTY, tasks: tuple[Task, ...] = (), **more: object) -> Plan:
    document = Document("水利方案", "plan", HERE, issuer=issuer, targets=list(targets), tasks=list(tasks), **more)  # type: ignore[arg-type]
    return Plan(SourceInfo("p.txt", "", 0, "txt"), [document], [], Coverage(0, 0, 0, 0))


def only(comparison: GoalComparison) -> Line:
    assert len(comparison.lines) == 1, comparison.lines
    return comparison.lines[0]


def answer(higher: Target, lower: Target, above: str = COUNTY) -> tuple[str, str]:
    """The answer for one target, and the reason that decides it."""
    line = only(compare_with_above(plan(higher, issuer=above), plan(lower)))
    return line.answer, next(part.reason for part in line.parts if part.answer == line.answer)


RATE = target("自来水普及率", ">=", 96, "%")
PIPES = target("新建供水管网", "=", 400, "公里")


@pytest.mark.parametrize(
    ("higher", "lower", "expected"),
    [
        (RATE, target("自来水普及率", ">=", 95, "%"), ("weaker", "figure-lower")),
        (RATE, target("自来水普及率", "=", 97, "%"), ("held", "same-name")),
        (RATE, target("自来水普及率", "~", 96, "%"), ("unknown", "about")),
        (RATE, target("自来水普及率", "range", [90, 97], "%"), ("unknown", "range-across")),
        (RATE, target("自来水普及率", "range", [90, 95], "%"), ("weaker", "figure-lower")),
        (RATE, target("自来水普及率", "<=", 97, "%"), ("unknown", "direction-differs")),
        (RATE, target("自来水普及率", "+", 5, "个百分点"), ("unknown", "change-against-level")),
        (RATE, target("自来水普及率", ">=", 96, "处"), ("unknown", "unit-differs")),
        (target("漏损率", "<=", 10, "%"), target("漏损率", "<=", 12, "%"), ("weaker", "figure-higher")),
        (target("漏损率", "<=", 10, "%"), target("漏损率", "<=", 9, "%"), ("held", "same-name")),
        (target("检测频率", "=", 90, "%"), target("检测频率", "=", 80, "%"), ("unknown", "direction-unsaid")),
        (target("检测频率", "=", 90, "%"), target("检测频率", ">=", 80, "%"), ("weaker", "figure-lower")),
        (target("溃口", "=", 0, "起"), target("溃口", "<=", 1, "起"), ("weaker", "figure-higher")),
        (target("改造泵站", "=", 6, "座"), target("改造泵站", "=", 6, "个"), ("held", "same-name")),
        (target("改造泵站", "=", 6, "座"), target("改造泵站", "=", 8, "条"), ("unknown", "unit-differs")),
        (target("改造泵站", "=", 6, "座"), target("改造泵站", "=", 8, "卡拉"), ("unknown", "unit-differs")),
        (target("试点", "=", 6, "卡拉"), target("试点", "=", 5, "卡拉"), ("unknown", "direction-unsaid")),
        (target("产值增长", ">=", 8, "%"), target("产值增长", "+", 7.9, "%"), ("weaker", "figure-lower")),
        (target("产值增长", ">", 8, "%"), target("产值增长", ">=", 8, "%"), ("weaker", "figure-lower")),
        (RATE, target("村级自来水普及率", ">=", 90, "%"), ("unknown", "name-alike")),
        (RATE, target("开工率", ">=", 96, "%"), ("missing", "not-named")),
    ],
)
def test_a_figure_is_judged_where_it_can_be_and_else_it_is_said_why_not(
    higher: Target, lower: Target, expected: tuple[str, str]
) -> None:
    assert answer(higher, lower) == expected


@pytest.mark.parametrize(
    ("higher", "lower", "expected"),
    [
        ((1, "万亩"), (10000, "亩"), "held"),
        ((1, "万亩"), (9999, "亩"), "weaker"),
        ((15, "亩"), (1, "公顷"), "held"),
        ((1.2, "万亩"), (800, "公顷"), "held"),
        ((0.1, "万株"), (1000, "株"), "held"),
        ((2.56, "亿元"), (25600, "万元"), "held"),
        ((2.56, "亿元"), (25599, "万元"), "weaker"),
        ((3, "公里"), (3000, "米"), "held"),
        ((3, "公里"), (2999, "延米"), "weaker"),
    ],
)
def test_units_that_convert_fool_nobody(higher: tuple[float, str], lower: tuple[float, str], expected: str) -> None:
    assert answer(target("造林", "=", *higher), target("造林", "=", *lower))[0] == expected


@pytest.mark.parametrize(
    ("lower", "expected"),
    [
        (target("新建供水管网", "=", 40, "公里"), ("unknown", "share-unsaid")),
        (target("新建供水管网", "=", 400, "公里"), ("held", "same-name")),
    ],
)
def test_the_total_of_a_larger_area_asks_for_no_share_that_could_be_read(
    lower: Target, expected: tuple[str, str]
) -> None:
    assert answer(PIPES, lower, CITY) == expected
    assert answer(PIPES, target("新建供水管网", "=", 40, "公里"), "") == ("unknown", "area-unsaid")
    ceiling = target("用水总量", "<=", 400, "万立方米")
    assert answer(ceiling, target("用水总量", "<=", 40, "万立方米"), CITY) == ("unknown", "share-unsaid")


def test_the_share_of_a_place_is_held_against_its_own_plan_and_those_of_others_against_none() -> None:
    shares = [
        target("造林", "=", value, "亩", scope=place, id=place) for place, value in (("白河县", 500), ("石桥县", 900))
    ]
    above = plan(*shares, issuer=CITY)
    found = compare_with_above(above, plan(target("造林", "=", 400, "亩")))
    assert (only(found).answer, found.others) == ("weaker", 1)
    assert "scope-share" in {part.reason for part in only(found).parts}
    assert only(compare_with_above(above, plan(target("造林", "=", 500, "亩", scope="全县")))).answer == "held"


def test_a_part_of_the_area_counts_whether_it_was_read_into_the_name_or_not() -> None:
    apart, joined = target("绿地率", ">=", 38, "%", scope="建成区"), target("建成区绿地率", ">=", 40, "%")
    assert answer(joined, apart) == ("weaker", "figure-lower")
    assert answer(apart, joined) == ("held", "same-name")


def test_what_is_asked_of_each_place_is_asked_of_this_one_too() -> None:
    below = target("新建公园", "=", 1, "处")
    assert answer(target("新建公园", "=", 2, "处", scope="每个县"), below, CITY) == ("weaker", "figure-lower")
    assert answer(target("新建公园", "=", 20, "处", scope="各县"), below, CITY) == ("unknown", "share-unsaid")


def test_a_share_that_stands_in_the_name_alone_is_the_share_of_that_place() -> None:
    above = plan(target("白河县清淤河道", "=", 90, "公里"), issuer=CITY)
    line = only(compare_with_above(above, plan(target("清淤河道", "=", 60, "公里"))))
    assert (line.answer, line.higher.name) == ("weaker", "清淤河道")
    assert only(compare_with_above(above, plan(target("清淤河道", "=", 90, "公里")))).answer == "held"


@pytest.mark.parametrize(
    ("higher", "lower", "expected"),
    [
        (None, "城区", ("weaker", "scope-narrower")),
        ("全县", None, ("held", "same-name")),
        ("每个乡镇", "各乡镇", ("held", "same-name")),
        ("城区", "城区", ("held", "same-name")),
        ("城区", "集镇", ("unknown", "scope-differs")),
        ("城区", None, ("unknown", "scope-differs")),
    ],
)
def test_a_narrower_scope_is_weaker_and_another_one_is_not_judged(
    higher: str | None, lower: str | None, expected: tuple[str, str]
) -> None:
    change = msgspec.structs.replace
    assert answer(change(RATE, scope=higher), change(RATE, scope=lower)) == expected


@pytest.mark.parametrize(
    ("higher", "lower", "expected"),
    [
        ("2026-10", "2026-10-31", ("held", "same-name")),
        ("2026-10", "2026-11-01", ("weaker", "deadline-later")),
        ("2026", "2026-12-31", ("held", "same-name")),
        ("2026-10", None, ("missing", "deadline-missing")),
        ("--10-31", "2026-10-31", ("unknown", "deadline-year-unsaid")),
        ("--10-31", "--10-31", ("held", "same-name")),
        (None, None, ("held", "same-name")),
    ],
)
def test_time_limits_are_compared_by_their_last_day(
    higher: str | None, lower: str | None, expected: tuple[str, str]
) -> None:
    change = msgspec.structs.replace
    assert answer(change(RATE, deadline=higher), change(RATE, deadline=lower)) == expected


def test_a_task_without_a_target_is_held_to_its_time_limit() -> None:
    def with_task(iso: str, title: str = "编制水网规划") -> Plan:
        task = Task("k1", ["一"], title, HERE, deadlines=["d1"])
        return plan(tasks=(task,), deadlines=[Deadline("d1", iso, HERE)])

    assert only(compare_with_above(with_task("2026-06"), with_task("2026-09"))).answer == "weaker"
    assert only(compare_with_above(with_task("2026-06"), with_task("2026-06-30"))).answer == "held"
    assert only(compare_with_above(with_task("2026-06"), plan())).answer == "missing"
    assert only(compare_with_above(with_task("2026-06"), with_task("2026-06", "编制县级水网规划"))).answer == "unknown"


def test_of_several_of_one_name_each_goes_with_its_own_task_or_is_not_judged() -> None:
    def planted(*values: int, titles: tuple[str, ...]) -> Plan:
        targets = [target("绿化面积", "=", value, "亩", id=f"t{n}") for n, value in enumerate(values)]
        tasks = tuple(Task(f"k{n}", [str(n)], title, HERE, targets=[f"t{n}"]) for n, title in enumerate(titles))
        return plan(*targets, tasks=tasks)

    titles = ("绿化环城公路", "绿化学校校园")
    above = planted(300, 50, titles=titles)
    swapped = compare_with_above(above, planted(50, 200, titles=titles[::-1]))
    assert [line.answer for line in swapped.lines] == ["weaker", "held"]
    foreign = compare_with_above(above, planted(290, 40, titles=("整治河道", "新修水渠")))
    assert {line.answer for line in foreign.lines} == {"unknown"}
    fewer = compare_with_above(above, planted(300, titles=titles[:1]))
    assert [line.answer for line in fewer.lines] == ["held", "unknown"]


def test_thousands_of_one_name_are_coupled_in_good_time() -> None:
    many = [target("绿化面积", "=", value, "亩", id=f"t{value}") for value in range(1, 3001)]
    tasks = tuple(Task(f"k{t.id}", [t.id], f"绿化第{t.id}段公路", HERE, targets=[t.id]) for t in many)
    above, began = plan(*many, tasks=tasks), time.perf_counter()
    assert compare_with_above(above, above).count("held") == 3000
    other = tuple(msgspec.structs.replace(task, title=f"{task.title}两侧") for task in tasks)
    assert len(compare_with_above(above, plan(*many, tasks=other)).lines) == 3000
    assert time.perf_counter() - began < 10


def text(area: str, words: str) -> str:
    return f"{area}人民政府关于印发{area}2026年水利方案的通知\n\n{area}2026年水利方案\n\n一、工作目标\n  {words}\n"


def test_what_the_lower_plan_strives_for_only_is_weaker_and_what_it_names_without_a_figure_is_shown() -> None:
    above = compile_text(text("白河县", "到2026年底,自来水普及率达到96%以上。"))
    striving = compile_text(text("白河县", "力争到2026年底,自来水普及率达到96%以上。"))
    named = compile_text(text("白河县", "稳步提高自来水普及率。"))

    def answered(below: object) -> Line:
        return only(compare_with_above(above.plan, below.plan, higher_text=above.text, lower_text=below.text))  # type: ignore[attr-defined]

    assert [part.reason for part in answered(striving).parts if part.answer == "weaker"] == ["striving"]
    both = compile_text(
        striving.text + "\n二、任务\n  1.供水。自来水普及率达到96%以上,2026年12月底前完成。(责任单位:县水利局)\n"
    )
    assert answered(both).answer == "held"
    line = answered(named)
    assert line.answer == "unknown" and line.parts[0].reason == "named-without-figure"
    assert line.lower is not None and line.lower.span.text(named.text) == "自来水普及率"


@pytest.mark.parametrize(
    ("issuer", "title", "area"),
    [
        ("青禾县人民政府办公室", "", "青禾县"),
        ("中共青禾县委办公室", "", "青禾县"),
        ("南州市青禾县水利局", "", "南州市青禾县"),
        ("柳林镇人民政府", "", "柳林镇"),
        ("国务院办公厅", "", "全国"),
        ("", "国务院关于加强水利工作的意见", "全国"),
        ("国家税务总局", "", "全国"),
        ("国家税务总局青禾县税务局", "", "青禾县"),
        ("", "青禾县水利局关于印发供水方案的通知", "青禾县"),
        ("南州市水利局", "", "南州市"),
        ("景德镇市人民政府", "", "景德镇市"),
        ("", "青禾县2026年造林实施方案", "青禾县"),
        ("", "老旧小区改造实施方案", ""),
        ("", "城市更新2026年行动方案", ""),
        ("", "美丽乡村建设方案", ""),
        ("市场监督管理局", "", ""),
    ],
)
def test_the_place_of_a_plan_is_read_from_its_issuer_or_its_title(issuer: str, title: str, area: str) -> None:
    document = Document(title, "plan", HERE, issuer=issuer or None)
    assert area_of(Plan(SourceInfo("", "", 0, "txt"), [document], [], Coverage(0, 0, 0, 0))) == area


# Random plans: each target has a name of its own, so that every weakening has one goal that it must be found at.
NAMES = ("造林面积", "管网长度", "培训农户", "入户普及率", "渗漏率", "机电完好率", "检修次数", "投入资金", "新修水窖")
UNITS = st.sampled_from(["%", "亩", "万亩", "公顷", "米", "公里", "人", "万人", "万元", "亿元", "座", "次"])
DAYS = st.dates(datetime.date(2026, 1, 1), datetime.date(2027, 12, 31))


@st.composite
def one_target(draw: st.DrawFn, name: str) -> Target:
    op = draw(st.sampled_from([">=", "<=", "=", "~", "+", ">", "<"]))
    value = draw(st.one_of(st.integers(1, 10**6), st.decimals("0.1", 999, places=2).map(float)))
    deadline = draw(st.one_of(st.none(), DAYS.map(str)))
    scope = draw(st.sampled_from([None, "全县", "城区"]))
    return target(name, op, value, draw(UNITS), deadline=deadline, scope=scope)


@st.composite
def targets(draw: st.DrawFn) -> list[Target]:
    names = draw(st.lists(st.sampled_from(NAMES), min_size=1, max_size=len(NAMES), unique=True))
    return [draw(one_target(name)) for name in names]


@given(targets(), st.sampled_from([COUNTY, CITY, ""]))
def test_a_plan_holds_all_of_itself(made: list[Target], issuer: str) -> None:
    itself = plan(*made, issuer=issuer)
    assert [line.answer for line in compare_with_above(itself, itself).lines] == ["held"] * len(made)


def weakened(one: Target, how: str) -> Target | None:
    """The target made weaker in one way; None where that way does not make it so."""
    change = msgspec.structs.replace
    if how == "figure":
        down = one.op in (">=", ">", "+") or (one.op in ("=", "~") and one.unit not in ("%",))
        return change(one, value=float(one.value) * (0.9 if down else 1.1))  # type: ignore[arg-type]
    if how == "deadline":
        day = datetime.date.fromisoformat(one.deadline) if one.deadline else None
        return change(one, deadline=str(day + datetime.timedelta(days=1))) if day else None
    return change(one, scope="柳林镇") if one.scope != "城区" else None


@given(targets(), st.sampled_from(["figure", "deadline", "scope", "gone"]), st.data())
def test_weakening_any_one_value_is_found_and_nothing_else_is(
    made: list[Target], how: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(made) - 1))
    other = None if how == "gone" else weakened(made[at], how)
    if how != "gone" and other is None:
        return
    below = [*made[:at], *([other] if other else []), *made[at + 1 :]]
    found = [line.answer for line in compare_with_above(plan(*made), plan(*below)).lines]
    # A share without a word of comparison is neither floor nor ceiling: then it is said that nobody can tell.
    silent = how == "figure" and made[at].op in ("=", "~")
    expected = {"weaker", "unknown"} if silent else {"missing"} if how == "gone" else {"weaker"}
    assert found[at] in expected
    assert all(one == "held" for n, one in enumerate(found) if n != at)


@given(st.integers(1, 10**7), st.sampled_from([("万亩", "亩", 10_000), ("亿元", "万元", 10_000), ("公里", "米", 1000)]))
def test_a_figure_in_another_unit_is_the_same_figure(value: int, units: tuple[str, str, int]) -> None:
    large, small, times = units
    higher = target("任务量", ">=", value / times, large)
    assert answer(higher, target("任务量", ">=", value, small))[0] == "held"
    assert answer(higher, target("任务量", ">=", value - 1, small))[0] == "weaker" or value == 1


def test_every_reason_says_itself_in_both_languages_with_the_same_words() -> None:
    for zh, en in REASONS.values():
        assert zh and en and set(_fields(zh)) == set(_fields(en))
    assert ANSWERS[0] == "weaker" and ANSWERS[-1] == "held"


def _fields(template: str) -> list[str]:
    return [part.split("}")[0] for part in template.split("{")[1:]]
