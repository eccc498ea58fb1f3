"""What is a target, how it compares, and what is only background."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.commitments.targets import find_targets
from guatu.core.plan.commitments.targets_draft import TargetDraft
from guatu.core.plan.model import SectionKind
from guatu.core.plan.source.normal import normalise


def targets(text: str, kind: SectionKind = "task", year: int | None = 2025) -> list[TargetDraft]:
    norm = normalise(text)
    spans, at = [], 0
    for line in norm.split("\n"):
        spans.append((at, at + len(line), kind))
        at += len(line) + 1
    return find_targets(norm, text, spans, year)


def brief(text: str, kind: SectionKind = "task", year: int | None = 2025) -> list[tuple[str, object, str]]:
    return [(t.op, t.value, t.unit) for t in targets(text, kind, year)]


@pytest.mark.parametrize(
    ("text", "op", "value", "unit"),
    [
        ("渠道衬砌率≥90%。", ">=", 90, "%"),
        ("渠道衬砌率达到90%。", ">=", 90, "%"),
        ("渠道衬砌率达到90%以上。", ">=", 90, "%"),
        ("渠道衬砌率达到90%左右。", "~", 90, "%"),
        ("渠道衬砌率不低于90%。", ">=", 90, "%"),
        ("渠道衬砌率提高到90%。", ">=", 90, "%"),
        ("渠道衬砌率为90%。", "=", 90, "%"),
        ("渠道衬砌率90%。", "=", 90, "%"),
        ("渠道渗漏率控制在3%以内。", "<=", 3, "%"),
        ("渠道渗漏率降至3%以下。", "<=", 3, "%"),
        ("渠道渗漏率不得超过3%。", "<=", 3, "%"),
        ("渠道溃口起数为零。", "=", 0, ""),
        ("确保渠道溃口零发生。", "=", 0, ""),
        ("蔬菜产值同比增长8%。", "+", 8, "%"),
        ("蔬菜产值同比增长8%以上。", ">=", 8, "%"),
        ("蔬菜产值比上年提高5个百分点。", "+", 5, "个百分点"),
        ("蔬菜产值突破50亿元。", ">=", 50, "亿元"),
        ("蔬菜产值翻一番。", "=", 2, "倍"),
        ("新建驿站9处。", "=", 9, "处"),
        ("新建驿站不少于9处。", ">=", 9, "处"),
        ("新建3-5个驿站。", "range", [3, 5], "个"),
        ("新建一个驿站。", "=", 1, "个"),
        ("新建驿站两处。", "=", 2, "处"),
        ("每村至少配备一名管水员。", ">=", 1, "名"),
        ("栽植油茶11.19万亩。", "=", 11.19, "万亩"),
        ("实现居民出行300米见绿。", "<=", 300, "米"),
        ("工期不超过12个月。", "<=", 12, "个月"),
        ("报修件24小时内处置。", "<=", 24, "小时"),
        ("满意度测评90分以上。", ">=", 90, "分"),
        ("推动40%以上的村组开通班车。", ">=", 40, "%"),
        ("打造3个以上的示范渠。", ">=", 3, "个"),
        ("培育340名左右青年农匠。", "~", 340, "名"),
        ("灌溉保证率增加0.5个百分点。", "+", 0.5, "个百分点"),
        ("稻谷产量保持在1.3万亿斤以上。", ">=", 1.3, "万亿斤"),
        ("林长每月至少巡山一次。", ">=", 1, "次"),
        ("断面优良水体比例100%,纳入考核断面。", "=", 100, "%"),
        ("辖区内学校每学期至少开展1次疏散演练。", ">=", 1, "次"),
        ("3.12个驿站年内建成。", "=", 12, "个"),
        ("人均预期寿命达到79岁。", ">=", 79, "岁"),
        ("烟尘平均浓度下降5%。", "=", 5, "%"),
        ("“最多跑一次”比例达到99%。", ">=", 99, "%"),
        ("按照“每500人配备1名管水员”的标准设岗。", "=", 1, "名"),
        ("完成30个问题整改。", "=", 30, "个"),
    ],
)
def test_a_goal_is_read_with_its_comparison(text: str, op: str, value: object, unit: str) -> None:
    assert brief(text) == [(op, value, unit)]


@pytest.mark.parametrize(
    "text",
    [
        "目前全县已建成驿站120处。",
        "截至2024年底,全县共有水库33座,渠道1200公里。",
        "目前,全县渠道衬砌率达到61%。",
        "当前全县仍有危桥12座。",
        "近年来,我县先后新建驿站15处,整修渠道40公里。",
        "去年整修渠道40公里。",
        "2023年,全县整修渠道40公里。",
        "2023年末渠道衬砌率为61%,灌溉保证率70%,人均水田1.2亩,还有差距。",
        "在2024年整修40公里的基础上,继续排查。",
        "巩固提升现有的8.6万亩茶园。",
        "制定《五个一百工程三年行动方案》和“五个一”工程方案。",
        "按照“1个平台、4个系统”的架构建设。",
        "分3个阶段推进,设立4个工作组。",
        "健全三项机制,落实四项任务,形成一个闭环。",
        "每发现1处扣2分,满分100分。",
        "由县长任组长,3名副县长任副组长。",
        "重点围绕8个灌区发力,连续3次的约谈。",
        "成立由5名专家组成的技术组,每季度召开1次会议。",
        "新建25人以上自然村的道路。",
        "对连续居住超过6个月的居民登记造册。",
        "两侧500米范围内清理杂物。",
        "3月5日前报送,6个月内完成,为期3年。",
        "各乡镇以及28家卫生院要加强培训。",
        "拨打12345热线,参照GB/T 30428,路面用C30混凝土。",
        "在5个工作日内将总结上报领导小组。",
        "安排资金2.56亿元,对每户补助3000元。",
        "按照投资额的30%给予补助。",
    ],
)
def test_background_names_and_structure_are_no_targets(text: str) -> None:
    assert brief(text, "goal") == []


def test_only_the_second_of_two_values_is_the_goal() -> None:
    assert brief("渠道衬砌率由85%提高到95%。") == [(">=", 95, "%")]


def test_a_report_before_a_goal_does_not_hide_it() -> None:
    assert brief("目前全县有驿站20处,计划新建驿站9处。") == [("=", 9, "处")]


def test_things_named_by_their_past_do_not_hide_the_goal_for_them() -> None:
    found = brief("对2022年以来改造的1380座水塘逐一排查,问题整改率100%。")
    assert ("=", 100, "%") in found


def test_what_an_earlier_year_brought_is_background_when_the_year_is_known() -> None:
    text = "2024年,全县新建驿站9处。"
    assert brief(text, year=2025) == []
    assert brief(text, year=2024) == [("=", 9, "处")]


def test_a_count_up_to_a_year_is_background_only_where_that_year_is_past() -> None:
    text = "截至2024年底,全县共建成驿站320处。截至2027年底,全县驿站达到400处以上。"
    assert brief(text, year=2025) == [(">=", 400, "处")]
    assert brief(text, year=None) == [(">=", 400, "处")]


def test_without_the_year_of_the_plan_no_dated_goal_is_dropped() -> None:
    assert brief("2025年新建驿站9处。到2027年,新建驿站30处。", year=None) == [("=", 9, "处"), ("=", 30, "处")]


def test_paragraphs_under_a_heading_that_reports_hold_no_targets() -> None:
    text = "一、发展基础\n渠道衬砌率61%,驿站20处。\n(一)成绩\n水库33座。\n二、工作目标\n渠道衬砌率95%。"
    assert brief(text, "goal") == [("=", 95, "%")]


def test_a_bare_count_outside_the_goals_needs_a_verb() -> None:
    assert brief("驿站9处。", "other") == []
    assert brief("新建驿站9处。", "other") == [("=", 9, "处")]


def test_a_list_shares_one_verb() -> None:
    found = targets("建成2个水文站,1个雨量站、一个巡护站。")
    assert [(t.metric, t.value) for t in found] == [("建成水文站", 2), ("建成雨量站", 1), ("建成巡护站", 1)]


def test_numbers_in_brackets_count_only_where_they_split_a_goal() -> None:
    assert brief("新增商户60家(其中餐饮22家、零售38家)。") == [("=", 60, "家"), ("=", 22, "家"), ("=", 38, "家")]
    assert brief("整修水塘60处(东片22处)。") == [("=", 60, "处")]


def test_the_span_runs_from_the_metric_to_the_last_word_of_comparison() -> None:
    text = "年内,全县渠道衬砌率达到90%以上,再报。"
    [target] = targets(text)
    assert text[target.start : target.end] == "全县渠道衬砌率达到90%以上"


def test_the_quantity_is_in_a_base_unit_and_missing_for_a_range() -> None:
    [share, span] = targets("渠道衬砌率达到90%,新建3-5个驿站。")
    assert share.quantity is not None
    assert (share.quantity.value, share.quantity.unit) == (0.9, "1")
    assert span.quantity is None


@given(st.text(alphabet="新建已至少不低于达到以上内个处%亩0123456789一二,。;、()“”《》的率在年月每前后", max_size=80))
def test_any_text_gives_targets_inside_it_and_in_order(text: str) -> None:
    found = targets(text)
    assert all(0 <= t.start < t.end <= len(text) for t in found)
    assert [t.end for t in found] == sorted(t.end for t in found)


def test_time_grows_linearly_on_one_line_without_a_stop() -> None:
    def seconds(copies: int) -> float:
        line = "计划新建驿站12座、整修渠道3.5公里和水塘(其中东片4处)" * copies
        began = time.process_time()
        targets(line)
        return time.process_time() - began

    seconds(50)
    small = min(seconds(200) for _ in range(3))
    large = min(seconds(1600) for _ in range(2))
    assert large < 8 * small * 3
