"""Which times are the plan's own limits, and what they are in ISO 8601."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.commitments.deadlines import find_deadlines
from guatu.core.plan.commitments.times import times
from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import SectionKind
from guatu.core.plan.source.normal import normalise


def limits(text: str, year: int | None = 2024, kind: SectionKind = "task") -> list[str]:
    norm = normalise(text)
    return [d.iso for d in find_deadlines(norm, [(0, len(norm), kind)], year)]


GOOD = [
    ("6月底前完成管网改造。", ["2024-06-30"]),
    ("２０２４年５月２０日前完成排查。", ["2024-05-20"]),
    ("2025年2月底前完成。", ["2025-02-28"]),
    ("到2025年,自来水普及率达到95%。", ["2025"]),
    ("到2025年底,自来水普及率达到95%。", ["2025-12-31"]),
    ("力争2025年自来水普及率达到95%。", ["2025"]),
    ("2024年,新建水厂2座。", ["2024"]),
    ("2024年新建水厂2座。", ["2024"]),
    ("年底前全部通水。", ["2024-12-31"]),
    ("年末完成验收。", ["2024-12-31"]),
    ("上半年完成招标。", ["2024-06-30"]),
    ("第三季度末前完成招标。", ["2024-09-30"]),
    ("“十四五”末,管网漏损率控制在9%以内。", ["2025-12-31"]),
    ("4-6月集中开展整治。", ["2024-04/2024-06"]),
    ("2024年4月1日—5月31日:集中排查。", ["2024-04-01/2024-05-31"]),
    ("2024年12月1日—31日,组织验收。", ["2024-12-01/2024-12-31"]),
    ("2024年9月至2025年3月,组织施工。", ["2024-09/2025-03"]),
    ("2025年3月底前完成设计,9月底前开工。", ["2025-03-31", "2025-09-30"]),
    ("20xx年底前完成。", ["--12-31"]),
    ("其中2024年60个、2025年70个。", ["2024", "2025"]),
    ("完成时限:2024年10月", ["2024-10"]),
    ("首批示范村于2024年10月验收。", ["2024-10"]),
    ("总投资5亿元,2025年9月试营业。", ["2025-09"]),
    ("6月10日主汛期前主体完工。", ["2024-06-10"]),
    ("收费标准2024年5月1日起执行。", ["2024-05-01"]),
    ("参评率2024年达到80%。", ["2024"]),
    ("床位占比2024年达到50%,2025年达到55%。", ["2024", "2025"]),
    ("第四季度迎接验收。", ["2024-12-31"]),
    ("2026.9.30前完成。", ["2026-09-30"]),
    ("2026-09-30前完成。", ["2026-09-30"]),
    ("2026/4/1前完成。", ["2026-04-01"]),
    ("2026.9底前完成。", ["2026-09-30"]),
    ("2026.3.1-2026.9.30,组织施工。", ["2026-03-01/2026-09-30"]),
    ("2026.3.1至9.30,组织施工。", ["2026-03-01/2026-09-30"]),
    ("二〇二六年九月底前完成。", ["2026-09-30"]),
    ("二○二六年九月三十日前完成。", ["2026-09-30"]),
    ("九月底前完成。", ["2024-09-30"]),
    ("十月一日至十二月三十一日,组织验收。", ["2024-10-01/2024-12-31"]),
]  # fmt: skip
BAD = [
    "每月5日前报送进展。",
    "软件升级到V2024.1.3前的版本。",
    "第三月前报送。",
    "三月内办结。",
    "年终开展督查。", "次月5日前报送进展。", "2020年已建成水厂3座。", "截至2023年底,全县共有水厂9座。", "在2023年工作基础上继续推进。",
    "按照《青禾县2025年底前供水规划》执行。", "自2024年1月起施行。", "水价3.5元。", "持续3年。", "2月1日新出台的政策。", "对2022年完成的管网进行维护。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_time_limits_are_read(text: str, expected: list[str]) -> None:
    assert limits(text) == expected


@pytest.mark.parametrize("text", BAD)
def test_other_times_are_no_limits(text: str) -> None:
    assert limits(text) == []


def test_a_month_without_any_year_keeps_its_year_open() -> None:
    assert limits("6月底前完成。", year=None) == ["--06-30"]


def test_what_stands_before_the_first_section_is_no_limit_unless_it_says_so() -> None:
    assert limits("2024年新建水厂2座。", kind="other") == []
    assert limits("到2025年,普及率达到95%。", kind="other") == ["2025"]


@given(st.text(alphabet="年月日底前到至-0123456789xX末一二三四五六七八九十“”每季度上下半,。", max_size=120))
def test_every_time_is_a_place_in_the_text_and_a_valid_iso_value(text: str) -> None:
    for time in times(text, 0, len(text), 2024):
        assert 0 <= time.start < time.end <= len(text)
        assert time.iso is None or all(
            part[:2].strip("-").isdecimal() or part[:2] == "--" for part in time.iso.split("/")
        )


@pytest.mark.parametrize("written", ["2026.9", "2026-09", "2026/9", " 2026.09 "])
def test_a_month_alone_in_a_cell_of_limits_is_one(written: str) -> None:
    text = f"青禾县任务表\n\n任务\t责任单位\t完成时限\n修渠\t县水利局\t{written}\n"
    assert [one.iso for one in compile_text(text).plan.documents[0].deadlines] == ["2026-09"]


NAMES = {
    "a year that sorts applications": "2024年受理的申请按原标准办理。",
    "a year that sorts people": "2024年毕业生签约时间顺延。",
    "the year of a meeting": "召开“2024年度趋势会商会”,分析形势。",
    "months in a list": "将1月、2月应缴的费用征收期顺延。",
    "a day left blank": "2024年  月  日",
    "the day of issue on a card": "发布机构:县政府办公室 发文日期:2024-02-10 名称:一图读懂",
    "a place that begins as a limit ends": "3月5日内蒙古客商来访。",
}


@pytest.mark.parametrize("text", NAMES.values(), ids=NAMES.keys())
def test_times_that_name_something_are_no_limits(text: str) -> None:
    assert limits(text) == []


def test_a_year_of_accounts_says_nothing_of_the_month_behind_it() -> None:
    assert limits("核对2019年度账目,2月底前兑付贴息。", year=None) == ["--02-28"]
