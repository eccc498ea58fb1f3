"""A blank that is left of a line break parts paragraphs and headings; other blanks part nothing."""

import pytest

from guatu.core.plan.compiler import compile_text


def read(text: str) -> dict[str, tuple[str, list[str]]]:
    documents = compile_text(text).plan.documents
    return {"/".join(t.path): (t.title, [d.unit for d in t.duties]) for d in documents for t in d.tasks}


HEAD = "青禾县关于稳定就业的若干措施 各镇人民政府: 现就稳定就业提出如下措施。 "
BREAKS = {"one blank": " ", "the indent of the next line": " \u3000\u3000", "a line": "\n"}


@pytest.mark.parametrize("gap", BREAKS.values(), ids=BREAKS.keys())
def test_headings_and_paragraphs_of_one_line_are_parted(gap: str) -> None:
    text = HEAD + gap.join(
        (
            "一、拓宽岗位",
            "(一)支持企业招工",
            "对招用毕业生的企业给予补贴。(对接部门:县人社局;联系人:李明)",
            "对稳岗的企业返还费用。(对接部门:县税务局;联系电话:3312345)",
            "(二)开发公益岗位",
            "优先安置困难人员,做到人岗相适。(对接部门:县民政局)",
            "二、加强培训",
            "(三)开设订单班",
            "按企业需要设置课程,毕业后直接上岗。(对接部门:县教体局)",
        )
    )
    assert read(text) == {
        "一/(一)": ("支持企业招工", ["县人社局", "县税务局"]),
        "一/(二)": ("开发公益岗位", ["县民政局"]),
        "二/(三)": ("开设订单班", ["县教体局"]),
    }


@pytest.mark.parametrize(
    "words",
    [
        "新建道路 20公里,改造桥梁 3座。每月通报进度。",
        "由县交通局 县财政局共同核定补助标准。每月通报进度。",
        "对排查出的 隐患限期整改,不留死角。每月通报进度。",
    ],
)
def test_a_blank_inside_a_sentence_parts_nothing(words: str) -> None:
    (title, _), *_ = read(f"青禾县工作方案\n一、主要任务\n1.{words}\n2.加强养护。每周巡查。\n").values()
    assert title.startswith(words[: words.index(" ") + 2])


def test_units_on_a_line_of_their_own_close_an_item() -> None:
    text = (
        HEAD
        + "一、稳住岗位 1.返还费用。按季办理。 县人社局、县税务局 2.减免房租。免收三个月。 县国资中心 3.加强宣传。每周推送。"
    )
    assert [units for _, units in read(text).values()] == [["县人社局", "县税务局"], ["县国资中心"], []]


def test_the_office_that_signs_is_no_unit_of_the_last_item() -> None:
    text = "青禾县工作方案\n一、主要任务\n1.修路。\n新建道路。\n2.修桥。\n加固桥梁。\n青禾县人民政府\n2026年2月3日\n"
    assert [units for _, units in read(text).values()] == [[], []]


STYLES = {
    "figures with a blank behind": "1. {} 2. {} 3. {}",
    "a figure with half a bracket": "1){} 2){} 3){}",
    "rings": "①{} ②{} ③{}",
    "numerals with a point": "一.{} 二.{} 三.{}",
    "numerals with a blank": "一 {} 二 {} 三 {}",
    "numerals with a comma": "一,{} 二,{} 三,{}",
}


@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES.keys())
def test_items_of_every_style_begin_inside_a_line(style: str) -> None:
    items = ("加强巡查。逐户登记。", "备足物资。保证供应。", "严格值守。轮流值班。")
    text = "青禾县关于做好防汛工作的通知 各镇人民政府: 现就有关事项通知如下: " + style.format(*items)
    assert [title for title, _ in read(text).values()] == ["加强巡查", "备足物资", "严格值守"]


GAPS = {"nothing": ("", ""), "a blank before the first": (" ", ""), "blanks": (" ", " ")}


@pytest.mark.parametrize("end", [";", "。"], ids=["semicolons", "stops"])
@pytest.mark.parametrize(("first", "between"), GAPS.values(), ids=GAPS.keys())
def test_the_list_that_a_notice_announces_is_its_items(first: str, between: str, end: str) -> None:
    items = ("一、加强巡查,逐户登记", "二、备足物资,保证供应", "三、严格值守,轮流值班")
    text = "青禾县防汛指挥部通告 为做好防汛工作,现就有关事项通告如下:" + first + (end + between).join(items) + "。"
    assert list(read(text)) == ["一", "二", "三"]


def test_a_list_inside_the_sentence_of_an_item_is_none_of_its_own() -> None:
    text = "青禾县工作方案\n一、主要任务\n1.加强巡查。各镇做好以下工作:1.逐户登记;2.每日汇总;3.及时上报。\n2.备足物资。保证供应。\n"
    assert [title for title, _ in read(text).values()] == ["加强巡查", "备足物资"]
