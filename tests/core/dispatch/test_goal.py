import pytest

from guatu.core.dispatch.goal import Goal, read_goal, target_value
from guatu.core.kernel.explained import Explained, Unknown, explain


@pytest.mark.parametrize(
    ("op", "words", "unit", "goal"),
    [
        (">=", "自来水普及率达到95%", "%", Goal("up", "level")),
        (">=", "垃圾处理率不低于90%", "%", Goal("up", "level")),
        (">=", "力争森林覆盖率提高到40%", "%", Goal("up", "level", strength="striving")),
        ("<=", "破损率控制在2%以内", "%", Goal("down", "level", bound="ceiling")),
        ("<=", "投诉量降至30件以下", "件", Goal("down", "level", bound="ceiling")),
        ("<=", "能耗不超过120吨", "吨", Goal("down", "level", bound="ceiling")),
        (">=", "入学率保持在99%以上", "%", Goal("hold", "level", bound="floor")),
        ("<=", "失业率稳定在4%以内", "%", Goal("hold", "level", bound="ceiling")),
        ("=", "人口密度保持不变", "人", Goal("hold", "level", bound="band")),
        ("+", "新增绿地30公顷", "公顷", Goal("up", "cumulative")),
        ("=", "累计改造管网12公里", "公里", Goal("up", "cumulative")),
        ("=", "力争建成3个停车场", "个", Goal("up", "cumulative", strength="striving")),
        ("=", "床位数为200张", "张", Goal("reach", "level", bound="band")),
        ("~", "绿地率40%左右", "%", Goal("reach", "level", bound="band")),
        (">=", "收入增长6%", "%", Goal("up", "level", change="by-share")),
        ("<=", "事故数下降10%", "%", Goal("down", "level", change="by-share", bound="ceiling")),
        (">=", "覆盖率提高5个百分点", "个百分点", Goal("up", "level", change="by")),
        (">=", "到2027年,覆盖率提高5个百分点", "个百分点", Goal("up", "level", change="by")),
        (">=", "到2027年,收入提高到3万元", "万元", Goal("up", "level")),
        ("<=", "空置房减少40套", "套", Goal("down", "level", change="by", bound="ceiling")),
    ],
)
def test_the_words_of_a_target_are_read_as_a_goal(op: str, words: str, unit: str, goal: Goal) -> None:
    assert read_goal(op, words, unit).value == goal


def test_a_reading_names_the_words_it_went_by() -> None:
    read = read_goal(">=", "力争普及率达到95%", "%")
    assert explain(read).splitlines()[0] == "按“力争、达到”和比较方式“>=”理解;请确认 [goal.read]"
    assert explain(read, "en").splitlines()[0] == (
        "read from “力争、达到” and the comparison “>=”; please confirm [goal.read]"
    )


@pytest.mark.parametrize(
    ("goal", "figure", "base", "target"),
    [
        (Goal("up", "level"), 95, 80, 95),
        (Goal("up", "level", "by"), 5, 80, 85),
        (Goal("down", "level", "by"), 5, 80, 75),
        (Goal("up", "level", "by-share"), 10, 80, 88),
        (Goal("down", "level", "by-share"), 10, 80, 72),
        (Goal("up", "cumulative"), 30, None, 30),
    ],
)
def test_a_change_becomes_a_figure_to_arrive_at(goal: Goal, figure: float, base: float | None, target: float) -> None:
    found = target_value(goal, figure, base)
    assert isinstance(found, Explained) and found.value == pytest.approx(target)


def test_a_change_without_its_base_is_unknown_and_says_what_to_enter() -> None:
    found = target_value(Goal("up", "level", "by"), 5, None, "个百分点")
    assert isinstance(found, Unknown)
    assert found.sentence() == "方案只写了变动 5 个百分点,没有基期值,算不出目标值;请填写基期值"
