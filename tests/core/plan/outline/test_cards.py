"""What the card of a government site says belongs to the head of the document, and nothing of it is a deadline."""

import pytest

from guatu.core.plan.compiler import compile_text

BODY = "一、主要任务\n(一)建设道路。2024年底前建设道路5公里。(责任单位:县住建局)\n"
TITLE = "青禾县人民政府办公室关于做好道路建设工作的通知"

CARDS = [
    (
        "lines",
        f"索 引 号: 1122/2024-00096\n分  类: 交通 ; 通知\n发文机关: 青禾县人民政府办公室\n成文日期: 2024年03月15日\n标  题: {TITLE}\n发文字号: 青政办发〔2024〕3号\n发布日期: 2024年03月16日\n\n",
    ),
    (
        "one line",
        f"索引号:1122/2024-00096 主题分类:交通 发文机关:青禾县人民政府办公室 成文日期:2024-03-15 发布日期:2024-03-16\n标题:{TITLE} 发文字号:青政办发〔2024〕3号 有效性:有效\n",
    ),
    (
        "label and value below",
        f"索引号\n1122/2024-00096\n发文机关\n青禾县人民政府办公室\n成文日期\n2024年3月15日\n标题\n{TITLE}\n发文字号\n青政办发〔2024〕3号\n发布日期\n2024年3月16日\n",
    ),
    (
        "cells",
        f"索引号\t1122/2024-00096\t发文机关\t青禾县人民政府办公室\n成文日期\t2024-03-15\t发布日期\t2024-03-16\n标题\t{TITLE}\t发文字号\t青政办发〔2024〕3号\n",
    ),
    (
        "no colons",
        f"索引号 1122/2024-00096 发文单位 青禾县人民政府办公室\n印发时间 2024年3月15日\n文件名称 {TITLE}\n文件编号 青政办发〔2024〕3号\n",
    ),
    (
        "labels of a site's own among them",
        f"公文编号:青政办发〔2024〕3号\n公开目录:交通运输\n服务对象:企业\n发布单位:青禾县人民政府办公室\n签发日期:2024-03-15\n信息名称:{TITLE}\n",
    ),
]


@pytest.mark.parametrize("title", ["", TITLE + "\n\n"], ids=["no title below", "the title below"])
@pytest.mark.parametrize(("name", "card"), CARDS, ids=[c[0] for c in CARDS])
def test_a_card_is_the_head_of_the_document(name: str, card: str, title: str) -> None:
    (document,) = compile_text(card + title + BODY).plan.documents
    assert (document.title, document.doc_no) == (TITLE, "青政办发〔2024〕3号")
    assert (document.issuer, document.date) == ("青禾县人民政府办公室", "2024-03-15")
    assert [deadline.iso for deadline in document.deadlines] == ["2024-12-31"]
    assert [task.path for task in document.tasks] == [["一", "(一)"]]


def test_the_line_under_the_title_of_a_page_is_no_deadline() -> None:
    text = TITLE + "\n发布时间:2024-03-16 来源:县政府办 浏览次数:128\n" + BODY
    (document,) = compile_text(text).plan.documents
    assert (document.title, document.date) == (TITLE, None)
    assert [deadline.iso for deadline in document.deadlines] == ["2024-12-31"]


def test_what_is_signed_counts_more_than_the_card() -> None:
    text = (
        "索引号: 1122\n发文机关: 青禾县人民政府\n成文日期: 2024年3月1日\n\n"
        + TITLE
        + "\n"
        + BODY
        + "青禾县交通运输局\n2024年3月5日\n"
    )
    (document,) = compile_text(text).plan.documents
    assert (document.issuer, document.date) == ("青禾县交通运输局", "2024-03-05")


def test_labels_that_plans_have_as_well_are_no_card() -> None:
    text = "青禾县植树活动方案\n时间:2024年3月12日前\n来源:县级财政\n一、主要任务\n(一)植树。(县林业局负责)\n"
    (document,) = compile_text(text).plan.documents
    assert [deadline.iso for deadline in document.deadlines] == ["2024-03-12"]


def test_a_table_with_a_head_that_cards_have_is_no_card() -> None:
    text = "青禾县绿化工作方案\n序号\t文件名称\t责任单位\n1\t制定管护办法\t县林业局\n一、主要任务\n(一)植树。(县林业局负责)\n"
    (document,) = compile_text(text).plan.documents
    assert ["县林业局"] in [[duty.unit for duty in task.duties] for task in document.tasks if task.path == ["1"]]
