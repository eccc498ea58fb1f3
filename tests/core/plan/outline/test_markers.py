"""Numbers in front of items."""

import pytest

from guatu.core.plan.outline.markers import marker_at, numeral
from guatu.core.plan.source.normal import normalise

GOOD = [
    ("一、总体要求", "一、", 1, "一"),
    ("十二、保障措施", "一、", 12, "十二"),
    ("一.总体要求", "一、", 1, "一"),
    ("一 总体要求", "一、", 1, "一"),
    ("（三）完善设施", "(一)", 3, "(三)"),
    ("(二十一)加强管护", "(一)", 21, "(二十一)"),
    ("1.修建水厂", "1.", 1, "1"),
    ("１．修建水厂", "1.", 1, "1"),
    ("12、建设泵站", "1.", 12, "12"),
    ("2、9月10日召开会议", "1.", 2, "2"),
    ("⒊开展排查", "1.", 3, "⒊"),
    ("1.三级医院改造", "1.", 1, "1"),
    ("4、四类林地核查", "1.", 4, "4"),
    ("三、2号泵站改造", "一、", 3, "三"),
    ("(4)加强培训", "(1)", 4, "(4)"),
    ("(l)收集数据", "(1)", 1, "(l)"),
    ("⑵整理数据", "(1)", 2, "⑵"),
    ("3)验收", "1)", 3, "3)"),
    ("01 建设水厂", "1.", 1, "01"),
    ("12.2022年度续建工程", "1.", 12, "12"),
    ("②修桥", "①", 2, "②"),
    ("第一章 总则", "章", 1, "第一章"),
    ("第十二条 各乡镇负责", "条", 12, "第十二条"),
    ("第二部分　重点任务", "章", 2, "第二部分"),
    ("一是加强领导", "一是", 1, "一是"),
    ("二要抓好落实", "一是", 2, "二要"),
    ("其三,严格考核", "一是", 3, "其三"),
    ("任务五:修路", "项", 5, "任务五"),
    ("问题二:停水频繁", "项", 2, "问题二"),
    ("整改任务3:修建管网", "项", 3, "整改任务3"),
    ("1.2 建设内容", "1.1", 2, "1.2"),
]
BAD = [
    "2.5万亩造林",
    "3.6公里道路",
    "2021年工作",
    "一、二期工程建设",
    "1、2号楼",
    "十年树木",
    "三农工作",
    "(见附件)",
    "一是",
    "一、",
    "100个村",
    "二级公路",
    "四好农村路",
    "(2021年)",
    "一要求",
    "问题一直存在",
    "事项二次办理",
    "1000.示范",
]


@pytest.mark.parametrize(("text", "kind", "value", "label"), GOOD)
def test_a_number_in_front_of_words_is_read(text: str, kind: str, value: int, label: str) -> None:
    norm = normalise(text)
    marker = marker_at(norm, 0, len(norm))
    assert marker is not None
    assert (marker.kind, marker.value, marker.label) == (kind, value, label)
    assert norm[marker.end].strip()


@pytest.mark.parametrize("text", BAD)
def test_words_that_begin_with_a_figure_are_no_items(text: str) -> None:
    norm = normalise(text)
    assert marker_at(norm, 0, len(norm)) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [("七", 7), ("十", 10), ("十九", 19), ("四十二", 42), ("一百零三", 103), ("15", 15), ("零", 0), ("百", 0)],
)
def test_numerals_of_outlines(text: str, value: int) -> None:
    assert numeral(text) == value
