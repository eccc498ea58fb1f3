"""Page marks of a site for sharing documents are left out; numbers of items are not."""

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.source.reading import Reading

TITLE = "青禾县2024年城乡融合行动计划"
TEXT = TITLE + (
    "为推动城乡融合,制定本计划。一、优化空间布局(一)编制国土空间规划。完成县级规划编制,划定三条控制线。(责任单位:县自然资源局)"
    "(二)改造老旧小区。年内开工12个小区。(责任单位:县住建局、县财政局)二、提升基础设施(三)改造农村公路。年内改造35公里。"
    "(责任单位:县交通运输局)(四)建设供水管网。年内新建管网20公里,改造水厂2座。(责任单位:县水利局、县住建局)"
)
PRAISE = f"《{TITLE}.docx》由会员分享,可在线阅读,更多相关《{TITLE}.docx(3页珍藏版)》请在某某文库上搜索。\n"


def shared(text: str, length: int, sign: str = "、") -> str:
    pages = [text[at : at + length] for at in range(0, len(text), length)]
    return "\n".join(f"{number}{sign}{page}" for number, page in enumerate(pages, start=1))


@pytest.mark.parametrize("sign", ["、", "."])
@pytest.mark.parametrize("head", [PRAISE, ""], ids=["with praise", "without"])
@pytest.mark.parametrize("length", [31, 47, 60, 75])
def test_marks_at_one_distance_are_left_out(length: int, head: str, sign: str) -> None:
    written = head + shared(TEXT, length, sign)
    assert Reading(written).norm.strip() == TEXT
    (document,) = compile_text(written).plan.documents
    assert document.title == TITLE
    assert [task.path for task in document.tasks] == [["一", "(一)"], ["一", "(二)"], ["二", "(三)"], ["二", "(四)"]]
    assert [duty.unit for task in document.tasks[:2] for duty in task.duties] == [
        "县自然资源局",
        "县住建局",
        "县财政局",
    ]


@pytest.mark.parametrize(
    "line", ["资料来自网络,版权归原作者所有", "精品文档,下载可编辑。", "本文档由某某网站整理,欢迎下载使用"]
)
def test_a_last_line_of_the_site_is_left_out(line: str) -> None:
    reading = Reading(TEXT + "\n" + line)
    assert reading.norm.strip() == TEXT
    assert [span.text(reading.text) for span in reading.furniture] == [line]


def test_items_of_one_length_are_no_page_marks() -> None:
    items = [f"{n}、新建第{n}号道路5公里,投资300万元。由县交通局牵头" for n in range(1, 10)]
    reading = Reading("青禾县工作方案\n" + "\n".join(items))
    assert not reading.page_marks
    assert reading.norm.count("\n") == 9


def test_items_with_brackets_are_no_page_marks() -> None:
    items = [f"{n}、新建第{n}号道路5公里。投资300万元(县级财政安排)。(县交通局负责)" for n in range(1, 10)]
    assert not Reading("\n".join(items)).page_marks


def test_words_of_the_site_in_a_plan_are_no_furniture() -> None:
    text = "青禾县资料共享方案\n" + "一、建设平台\n(一)资料可下载、可打印。(县档案局负责)\n" * 3
    assert not Reading(text).furniture


@pytest.mark.parametrize("length", [31, 47])
def test_the_first_page_may_be_without_its_mark(length: int) -> None:
    written = shared(TEXT, length)[2:]
    assert Reading(written).norm.strip() == TEXT


@pytest.mark.parametrize("name", ["青禾县绿化方案.docx", "《青禾县绿化方案.doc》", "  绿化方案.PDF"])
def test_the_name_of_the_file_on_the_first_line_is_no_title(name: str) -> None:
    plan = compile_text(name + "\n青禾县绿化工作方案\n一、主要任务\n(一)植树。(县林业局负责)\n").plan
    assert plan.documents[0].title == "青禾县绿化工作方案"
    assert [finding.code for finding in plan.findings if "furniture" in finding.code] == ["plan.web-furniture"]
