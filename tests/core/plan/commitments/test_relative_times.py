"""Time limits that count from something: what they count from, and when they have a day."""

import pytest

from guatu.core.plan.commitments.relative_times import EVENTS, relative_times
from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Deadline
from guatu.core.plan.source.normal import normalise


def read(text: str, issued: str | None = None) -> list[tuple[str, str | None, str]]:
    norm = normalise(text)
    return [(one.iso, one.since, norm[one.start : one.end]) for one in relative_times(norm, 0, len(norm), issued)]


@pytest.mark.parametrize(
    ("text", "iso", "since", "written"),
    [
        ("方案印发后30日内，各乡镇制定管护办法。", "P30D", "方案印发", "方案印发后30日内"),
        ("自本方案印发之日起两年内，覆盖率达到95%。", "P2Y", "本方案印发", "本方案印发之日起两年内"),
        ("各镇须于通知印发之日起六个月内完成。", "P6M", "通知印发", "通知印发之日起六个月内"),
        ("各镇要在本方案印发后20个工作日内制定细则。", "P20WD", "本方案印发", "本方案印发后20个工作日内"),
        ("方案实施一年内，覆盖80%社区。", "P1Y", "方案实施", "方案实施一年内"),
        ("项目竣工验收后3个月内移交。", "P3M", "项目竣工验收", "项目竣工验收后3个月内"),
        ("摸底完成后半年内开工。", "P6M", "摸底完成", "摸底完成后半年内"),
        ("县林业局于任务完成后20日内组织验收。", "P20D", "任务完成", "任务完成后20日内"),
        ("自收到本通知之日起，10个工作日内报送。", "P10WD", "收到本通知", "收到本通知之日起,10个工作日内"),
        ("开工后2周内完成围挡。", "P2W", "开工", "开工后2周内"),
        ("两年内，覆盖全部社区。", "P2Y", None, "两年内"),
        ("编制规划，两个月内完成设计。", "P2M", None, "两个月内"),
        ("力争三年内实现全覆盖。", "P3Y", None, "三年内"),
        ("用三年左右时间，建成示范区。", "P3Y", None, "三年左右时间"),
        ("2026年起三年内，新建分拣中心9座。", "2026/2028", None, "2026年起三年内"),
    ],
)
def test_a_limit_keeps_what_it_counts_from(text: str, iso: str, since: str | None, written: str) -> None:
    assert read(text) == [(iso, since, written)]


@pytest.mark.parametrize("text", EVENTS.values())
def test_each_event_starts_a_limit(text: str) -> None:
    ((iso, since, _),) = read(text)
    assert iso.startswith("P") and since


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("方案印发后30日内，制定办法。", "2026-02-14"),
        ("自印发之日起六个月内完成。", "2026-07-15"),
        ("自本办法发布之日起2周内备案。", "2026-01-29"),
        ("本通知下发后一个月内完成。", "2026-02-15"),
        ("两年内，覆盖全部社区。", "2028-01-15"),
    ],
)
def test_what_counts_from_the_issue_has_a_day_where_that_is_known(text: str, day: str) -> None:
    assert [(iso, since) for iso, since, _ in read(text, "2026-01-15")] == [(day, None)]


def test_a_month_that_is_shorter_ends_on_its_last_day() -> None:
    assert read("自印发之日起一个月内完成。", "2026-01-31")[0][0] == "2026-02-28"


@pytest.mark.parametrize(
    "text",
    [
        "项目开工后18个月内建成。",
        "自本方案印发之日起60个工作日内完成组建。",
        "省级政策出台后30日内修订。",
    ],
)
def test_the_day_of_other_events_and_working_days_stay_open(text: str) -> None:
    ((iso, since, _),) = read(text, "2026-01-15")
    assert iso.startswith("P") and since


@pytest.mark.parametrize(
    "text",
    [
        "收到申请之日起7个工作日内完成审批。",
        "接到报告后2小时内到场处置。",
        "发现问题后3日内整改。",
        "疫情结束后3个月内补缴。",
        "每次检查结束后5日内报送情况。",
        "审批时限压缩至5个工作日以内。",
        "三年内不准其申请补贴。",
        "36个月内不得变更。",
        "近三年内无违法记录。",
        "任期五年内考核两次。",
        "质保期2年内免费维修。",
        "6月30日内完成。",
        "亏损可在10年内弥补。",
        "2026年内完成改造。",
        "全县范围内开展排查。",
    ],
)
def test_standards_terms_and_conditions_are_no_limits_of_the_plan(text: str) -> None:
    assert read(text) == []


def deadlines(text: str) -> list[Deadline]:
    return [one for document in compile_text(text).plan.documents for one in document.deadlines]


def test_a_dated_plan_says_the_day_and_an_undated_one_the_span() -> None:
    plan = "青禾县供水方案\n\n一、主要任务\n（一）铺设管网。方案印发后30日内完成设计。\n"
    assert [(one.iso, one.since) for one in deadlines(plan)] == [("P30D", "方案印发")]
    dated = plan + "青禾县人民政府\n2026年1月15日\n"
    assert [(one.iso, one.since) for one in deadlines(dated)] == [("2026-02-14", None)]


def test_phases_may_count_from_one_another() -> None:
    plan = (
        "青禾县供水方案\n\n一、实施步骤\n（一）动员阶段（印发之日起1个月内）。召开会议。\n"
        "（二）建设阶段（动员结束后12个月内）。完成主体。\n"
    )
    document = compile_text(plan).plan.documents[0]
    assert [phase.iso for phase in document.phases] == ["P1M", "P12M"]


@pytest.mark.parametrize("limit", ["方案印发后1年内", "两年内", "项目开工后6个月内", "15日内"])
def test_a_cell_of_a_column_of_limits_is_read_and_not_called_unread(limit: str) -> None:
    compiled = compile_text(f"青禾县任务表\n\n序号\t任务\t牵头单位\t完成时限\n1\t改造管网\t县水利局\t{limit}\n")
    assert len(compiled.plan.documents[0].tasks[0].deadlines) == 1
    assert [one for one in compiled.findings if one.code == "plan.limit-unread"] == []


def test_a_target_is_due_by_the_limit_before_it() -> None:
    plan = "青禾县供水方案\n\n一、工作目标\n自本方案印发之日起两年内，自来水普及率达到95%。\n"
    (target,) = compile_text(plan).plan.documents[0].targets
    assert target.deadline == "P2Y"
