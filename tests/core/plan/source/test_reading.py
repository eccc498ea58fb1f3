"""The working copy of a text and the way back to the source."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.source.normal import normalise
from guatu.core.plan.source.reading import Lines, Reading

WRAPPED = (
    "青禾县将在今后三年里对全县所有乡镇的供水管网逐一排查并分批更新,其中老旧管网\n"
    "优先安排,所需资金由县财政统筹解决,各乡镇负责做好群众工作并按月报送进展情况和\n"
    "— 3 —\n"
    "存在的问题,县水利局每季度组织一次现场督导,对进度滞后的乡镇下达督办单并限期整改\n"
    "到位。各乡镇要落实专人,建立台账,做到任务清单化、责任具体化、推进项目化和管理常\n"
    "态化,确保年度任务如期完成,切实把这件民生实事办好办实办到群众心坎上去,不留尾巴\n"
    "不打折扣,让群众看得见摸得着感受得到,并把经验做法形成制度固定下来长期坚持下去。\n"
)


@given(st.text())
def test_normalising_moves_no_character(text: str) -> None:
    assert len(normalise(text)) == len(text)


@given(
    st.one_of(
        st.text(alphabet="一二(（）)。,，、-— 3\n第页共/青禾县", max_size=400),
        st.text(alphabet="2026 年月日底前⽔利\u200b\u00ad\u3000\u00a0\ufeff县局。\n— 3", max_size=200),
    )
)
def test_every_working_character_leads_back_to_itself_in_the_source(text: str) -> None:
    reading = Reading(text)
    assert len(reading.raw) == len(reading.norm)
    assert len(reading.raw) == len(reading.written)
    for i, character in enumerate(reading.written):
        assert text[reading.position(i)] == character


@given(st.text(alphabet="一二。,- 3\n第页县", max_size=300), st.integers(0, 300), st.integers(0, 300))
def test_a_span_of_the_source_covers_the_working_range(text: str, left: int, right: int) -> None:
    reading = Reading(text)
    start, end = sorted((min(left, len(reading.raw)), min(right, len(reading.raw))))
    span = reading.source_span(start, end)
    kept = text[span.start : span.end]
    assert 0 <= span.start <= span.end <= len(text)
    assert all(c in kept for c in reading.raw[start:end])


@pytest.mark.parametrize(
    ("text", "raw"),
    [
        ("县水\u200b利\u00ad局、\ufeff县财\u2060政局", "县水利局、县财政局"), ("县⽔利局", "县水利局"), ("县\u3000水\u3000利\u3000局", "县水利局"),
        ("县 水 利 局", "县水利局"), ("2026 年 6 月 30 日前", "2026年6月30日前"), ("2026 年 6 月底前", "2026年6月底前"), ("6 月 底前", "6月底前"),
        ("1\u00a0200\u00a0万元", "1200\u00a0万元"), ("2\u200b026 年 底前", "2026年底前"),
    ],
)  # fmt: skip
def test_what_parts_nothing_is_left_out_of_the_working_copy(text: str, raw: str) -> None:
    assert Reading(text).raw == raw


@pytest.mark.parametrize(
    "text", ["县水利局\u3000县财政局", "高 洁", "一 二 三", "是 否 无", "12 34 座", "表1 月度安排", "2026 3 4"]
)
def test_blanks_that_may_part_something_stay(text: str) -> None:
    assert Reading(text).raw == text


def test_what_was_written_is_kept_beside_what_it_looks_like() -> None:
    reading = Reading("县⽔利局")
    assert (reading.written, reading.raw, reading.norm) == ("县⽔利局", "县水利局", "县水利局")


def test_lines_of_one_width_are_joined_and_the_page_mark_between_them_is_left_out() -> None:
    reading = Reading(WRAPPED)
    assert "老旧管网优先安排" in reading.raw
    assert "进展情况和存在的问题" in reading.raw
    assert "—" not in reading.raw
    span = reading.source_span(reading.raw.index("情况和存在"), reading.raw.index("情况和存在") + 5)
    assert WRAPPED[span.start : span.end] == "情况和\n— 3 —\n存在"


def test_paragraphs_of_any_length_stay_apart() -> None:
    text = "一、总体要求\n坚持统筹。\n二、主要任务\n(一)修路\n完成修路10公里。\n"
    assert Reading(text).raw == text


@pytest.mark.parametrize("mark", ["— 12 —", "- 3 -", "第 3 页 共 9 页", "第4页", "3/9"])
def test_a_page_mark_inside_a_sentence_is_bridged(mark: str) -> None:
    text = f"各乡镇要按照要求\n{mark}\n抓好落实。"
    assert Reading(text).raw == "各乡镇要按照要求抓好落实。"


@pytest.mark.parametrize("line", ["2021-2025", "3 处", "第三批", "-", "100"])
def test_other_short_lines_stay(line: str) -> None:
    text = f"完成情况。\n{line}\n下一步工作。"
    assert line in Reading(text).raw


def test_lines_and_columns_count_from_one() -> None:
    lines = Lines("甲乙\n丙\n\n丁")
    assert [lines.at(i) for i in range(7)] == [(1, 1), (1, 2), (1, 3), (2, 1), (2, 2), (3, 1), (4, 1)]
