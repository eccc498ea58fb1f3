"""Heads of annexes in every form begin a document; entries of a list of annexes do not."""

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Document

PLAN = "青禾县家庭医生工作方案\n\n一、主要任务\n(一)壮大队伍。招聘医生20名。(责任单位:县卫健局)\n"
SIGNED = "附件:任务分工表\n\n青禾县卫生健康局\n2024年3月1日\n\n"
TABLE = "序号\t工作任务\t牵头单位\t配合单位\n1\t招聘医生\t县卫健局\t县人社局\n2\t培训医生\t县卫健局\t县财政局\n"
ITEMS = "一、主要任务\n(一)招聘医生。(责任单位:县卫健局)\n(二)培训医生。(责任单位:县卫健局)\n"


def documents(text: str) -> list[Document]:
    return compile_text(text).plan.documents


HEADS = [
    ("stretched", "附　　件 1\n青禾县任务分工表\n\n", "附件1", "青禾县任务分工表"),
    ("a number in brackets", "附件（一）：青禾县任务分工表\n\n", "附件一", "青禾县任务分工表"),
    ("a number of two parts", "附件1-2\n青禾县任务分工表\n\n", "附件1-2", "青禾县任务分工表"),
    ("the label alone", "附件1\n\n青禾县任务分工表\n\n", "附件1", "青禾县任务分工表"),
    ("label and title on one line", "附件1 青禾县任务分工表\n\n", "附件1", "青禾县任务分工表"),
    ("label, colon and title", "附件1：青禾县任务分工表\n\n", "附件1", "青禾县任务分工表"),
    ("no sign between them", "附件1青禾县任务分工表\n\n", "附件1", "青禾县任务分工表"),
    ("a colon and no number", "附件：青禾县任务分工表\n\n", "附件", "青禾县任务分工表"),
    ("a table", "附表2 青禾县任务分工表\n\n", "附表2", "青禾县任务分工表"),
    ("the short label", "附1\n\n青禾县任务分工表\n\n", "附1", "青禾县任务分工表"),
    ("in brackets", "（附件一）\n青禾县任务分工表\n\n", "附件一", "青禾县任务分工表"),
    ("a title of another kind", "附件3 青禾县医生签约情况\n\n", "附件3", "青禾县医生签约情况"),
]


@pytest.mark.parametrize("body", [TABLE, ITEMS], ids=["table", "items"])
@pytest.mark.parametrize(("name", "head", "label", "title"), HEADS, ids=[h[0] for h in HEADS])
def test_the_head_of_an_annex_begins_a_document(name: str, head: str, label: str, title: str, body: str) -> None:
    plan, annex = documents(PLAN + SIGNED + head + body)
    assert [task.path for task in plan.tasks] == [["一", "(一)"]]
    assert (annex.annex, annex.title, len(annex.tasks)) == (label, title, 2)
    assert all("一" not in task.path or body is ITEMS for task in annex.tasks)


@pytest.mark.parametrize("row", ["附件1 青禾县任务分工表\t\t\t\n", "附件1　青禾县任务分工表\n"])
def test_a_head_in_the_merged_first_row_of_a_table_begins_a_document(row: str) -> None:
    plan, annex = documents(PLAN + row + TABLE)
    assert [task.title for task in plan.tasks] == ["壮大队伍"]
    assert (annex.annex, annex.title) == ("附件1", "青禾县任务分工表")
    assert [task.path for task in annex.tasks] == [["1"], ["2"]]


def test_the_caption_of_a_table_behind_the_last_item_begins_a_document() -> None:
    plan, table = documents(PLAN + "青禾县家庭医生任务分工表\n" + TABLE)
    assert [task.path for task in plan.tasks] == [["一", "(一)"]]
    assert (table.annex, table.title, [task.path for task in table.tasks]) == (
        None,
        "青禾县家庭医生任务分工表",
        [["1"], ["2"]],
    )


def test_a_table_between_items_belongs_to_them() -> None:
    (plan,) = documents(PLAN + "青禾县家庭医生任务分工表\n" + TABLE + "二、保障措施\n(一)加强领导。成立专班。\n")
    assert [task.path for task in plan.tasks] == [["一", "(一)", "1"], ["一", "(一)", "2"]]


LISTS = [
    ("counted", "附件:1.任务分工表\n2.考核细则\n"),
    ("each with its label", "附件1:任务分工表\n附件2:考核细则\n"),
    ("a single one", "附件:任务分工表\n"),
    ("counted without a colon", "附件1.任务分工表\n2.考核细则\n"),
    ("the label on a line of its own", "附件:\n1.任务分工表\n2.考核细则\n"),
]


@pytest.mark.parametrize(("name", "listed"), LISTS, ids=[one[0] for one in LISTS])
def test_the_list_of_annexes_is_no_head(name: str, listed: str) -> None:
    (plan,) = documents(PLAN + "\n" + listed + "\n青禾县卫生健康局\n2024年3月1日\n")
    assert (plan.issuer, plan.date, len(plan.tasks)) == ("青禾县卫生健康局", "2024-03-01", 1)


def test_the_list_and_the_heads_of_the_same_annexes() -> None:
    listed = "附件1:任务分工表\n附件2:考核细则\n\n青禾县卫生健康局\n2024年3月1日\n\n"
    heads = "附件1:任务分工表\n" + TABLE + "\n附件2:考核细则\n一、考核内容\n1.组织领导。\n"
    found = documents(PLAN + listed + heads)
    assert [document.annex for document in found] == [None, "附件1", "附件2"]
    assert [len(document.tasks) for document in found[:2]] == [1, 2]


@pytest.mark.parametrize(
    "line", ["附件1所列任务由各镇负责。", "附则自印发之日起施行。", "附近居民要积极参与。", "附件1见县政府网站,请下载"]
)
def test_sentences_that_begin_alike_are_no_heads(line: str) -> None:
    assert [document.annex for document in documents(PLAN + line + "\n" + TABLE)] == [None]
