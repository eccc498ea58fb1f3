"""Numbers that are no goals, each kind in several layouts, and the goals that look like them."""

import pytest

from guatu.core.plan.compiler import compile_text

LAYOUTS = (
    "青禾县2024年工作方案\n\n一、主要任务\n(一)抓好工作。{}。\n",
    "青禾县2024年工作方案\n\n一、重点任务\n1.抓好工作\n{}。\n责任单位:县发改局\n",
    "青禾县2024年工作要点\n\n第一章 重点任务\n第一条 抓好工作。{}。(县发改局牵头)\n",
)
layouts = pytest.mark.parametrize("layout", LAYOUTS, ids=["heading", "line", "article"])


def targets(text: str, layout: str) -> list[str]:
    documents = compile_text(layout.format(text)).plan.documents
    return [f"{t.metric} {t.op} {t.value} {t.unit}" for document in documents for t in document.targets]


NO_GOALS = {
    "a body of people that is to be good": "打造一支素质过硬的干部队伍,建设一支专业化人才队伍",
    "the same, founded": "组建一支高素质的讲师团队",
    "a system that there is one of": "形成一个上下贯通的工作体系,构建一套管用的制度",
    "a number in the name of a forum": "办好企业家50人论坛,参加青年100人会",
    "a plan named by a number": "实施工匠100人计划",
    "one of each in a manner of working": "建立1名县领导、1个牵头单位、1个工作专班的推进机制",
    "marks taken off": "每少1个扣1个名次,未完成的每项扣2分,超额的加1分",
    "how many of a list are of each sort": "推广改革举措,包括知识产权方面5项、科技金融方面4项",
    "a rate that is punished": "满意率低于70%的扣5分,合格率低于90%,约谈负责人,达标率不到80%的取消评优资格",
    "how strong a thing is": "用500mg/L的含氯消毒液擦拭,配制1000mg/L含氯消毒液,施用50克/袋复合肥",
    "sorts of matters": "下放行政许可事项,其中发改类3项、住建类6项",
}
GOALS = {
    "a bound of what is in water": ("出水浓度不高于50mg/L", ["出水浓度 <= 50 mg/L"]),
    "a rate that is to be reached": ("满意率不低于70%", ["满意率 >= 70 %"]),
    "how fast requests are dealt with": (
        "县发改局在收到申请之日起7个工作日内完成立项审批",
        ["立项审批 <= 7 个工作日"],
    ),
    "how fast, counted from when it is taken": ("自受理之日起20日内作出决定", ["作出决定 <= 20 日"]),
    "a body that is founded": ("组建一支应急救援队伍", ["组建应急救援队伍 = 1 支"]),
    "one for each town": ("每个镇组建1支救援队伍", ["组建救援队伍 = 1 支"]),
    "its people": ("组建一支30人的巡护队伍", ["组建30人的巡护队伍 = 1 支", "组建巡护队伍 = 30 人"]),
    "what comes behind what was done": ("2023年改造水厂12座,2024年再改造水厂8座", ["改造水厂 = 8 座"]),
    "what comes beside what is there": ("现有广场3个,2024年新建广场5个", ["新建广场 = 5 个"]),
    "how often something is done": ("全年开展4次专项检查", ["开展专项检查 = 4 次"]),
    "one building": ("建成一座污水处理厂", ["建成污水处理厂 = 1 座"]),
    "people for a town": (
        "5年内重点引进20名城市管理专家,培养100名专门人才",
        ["重点引进城市管理专家 = 20 名", "培养专门人才 = 100 名"],
    ),
    "shares of what is counted": (
        "新增培训6000人,其中企业2200人、农民3800人",
        ["新增培训 = 6000 人", "新增培训(企业) = 2200 人", "新增培训(农民) = 3800 人"],
    ),
    "a whole whose sorts are listed": ("推广改革举措9项(知识产权方面5项、科技金融方面4项)", ["推广改革举措 = 9 项"]),
}


@pytest.mark.parametrize("text", NO_GOALS.values(), ids=NO_GOALS.keys())
@layouts
def test_what_only_has_a_number_is_no_goal(text: str, layout: str) -> None:
    assert targets(text, layout) == []


@pytest.mark.parametrize(("text", "expected"), GOALS.values(), ids=GOALS.keys())
@layouts
def test_a_goal_that_looks_like_it_is_kept(text: str, expected: list[str], layout: str) -> None:
    assert targets(text, layout) == expected


LIMITS = {
    "年度末": "2024-12-31",
    "2024年度末前": "2024-12-31",
    "本年度末": "2024-12-31",
    "第二季度末前": "2024-06-30",
    "二季度末": "2024-06-30",
    "上半年末前": "2024-06-30",
    "年中前": "2024-06-30",
    "2024年6月30日24时前": "2024-06-30",
    "明年6月底前": "2025-06-30",
    "10月中旬前": "2024-10-20",
    "2023年12月底前": "2023-12-31",
}


@pytest.mark.parametrize(("limit", "iso"), LIMITS.items())
@layouts
def test_a_limit_is_read_and_is_no_word_of_the_goal(limit: str, iso: str, layout: str) -> None:
    document = compile_text(layout.format(f"{limit}完成水厂改造5座")).plan.documents[0]
    assert [deadline.iso for deadline in document.deadlines] == [iso]
    assert [(target.metric, target.value, target.deadline) for target in document.targets] == [("水厂改造", 5, iso)]


@pytest.mark.parametrize("limit", ["国庆节前", "主汛期前", "月底前", "两年内"])
def test_a_time_without_a_day_is_no_word_of_the_goal_either(limit: str) -> None:
    document = compile_text(LAYOUTS[0].format(f"{limit}完成水厂改造5座")).plan.documents[0]
    assert [target.metric for target in document.targets] == ["水厂改造"]


def test_a_number_of_several_levels_is_no_amount() -> None:
    text = "青禾县工作方案\n\n6 重点任务\n6.4.1 对参加人员给予补助。\n6.4.2 人才引进。引进人才5名。\n"
    assert [t.value for d in compile_text(text).plan.documents for t in d.targets] == [5]
