"""Titles over several lines, heads on one line, and several documents in one file."""

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Plan
from guatu.core.plan.outline.informs import NEWS

BODY = "一、主要任务\n(一)开展对接。10月底前举办2场。(责任单位:县商务局)\n"
SIGNED = "青禾县人民政府办公室\n2024年4月2日\n"


def read(text: str) -> Plan:
    return compile_text(text).plan


TITLES = [
    (
        "the second line indented",
        "青禾县人民政府办公室关于深入开展\n 消费帮扶助力乡村振兴的实施意见\n 青政办发〔2024〕12号\n",
        "青禾县人民政府办公室关于深入开展消费帮扶助力乡村振兴的实施意见",
    ),
    (
        "three lines",
        "青禾县人民政府办公室\n关于进一步推进农产品产销\n对接工作的实施意见\n",
        "青禾县人民政府办公室关于进一步推进农产品产销对接工作的实施意见",
    ),
    ("the kind alone on its line", "青禾县农村人居环境整治提升\n工作方案\n", "青禾县农村人居环境整治提升工作方案"),
    (
        "cut behind a word that ends titles",
        "青禾县人民政府办公室关于印发青禾县产销对接行动\n实施方案的通知\n",
        "青禾县人民政府办公室关于印发青禾县产销对接行动实施方案的通知",
    ),
    (
        "its kind below an action",
        "青禾县农村人居环境整治行动\n实施方案(试行)\n",
        "青禾县农村人居环境整治行动实施方案(试行)",
    ),
    ("the title alone", "青禾县产销对接工作方案\n", "青禾县产销对接工作方案"),
    ("an office above it", "青禾县商务局\n2024年产销对接工作方案\n", "2024年产销对接工作方案"),
    (
        "two offices",
        "中共青禾县委\n青禾县人民政府\n关于开展产销对接的实施意见\n",
        "中共青禾县委 青禾县人民政府关于开展产销对接的实施意见",
    ),
    ("a letterhead", "青禾县人民政府文件\n青政发〔2024〕5号\n青禾县产销对接工作方案\n", "青禾县产销对接工作方案"),
]


@pytest.mark.parametrize(("name", "head", "title"), TITLES, ids=[t[0] for t in TITLES])
def test_a_title_is_read_whole(name: str, head: str, title: str) -> None:
    document = read(head + BODY + SIGNED).documents[0]
    assert (document.title, document.date) == (title, "2024-04-02")


ITEMS = "1.设立专项资金。(责任单位:县财政局) 2.减免房租。申报期限延长至6月24日。(责任单位:县税务局) 3.提供法律服务。(责任单位:县司法局)"
NOTICE = "青禾县人民政府办公室关于印发支持企业发展若干措施的通知 青政办发〔2024〕9号 各乡镇人民政府,县政府各部门: 现将《支持企业发展若干措施》印发给你们。 青禾县人民政府办公室 2024年2月4日 支持企业发展若干措施 "


def test_a_notice_on_one_line_is_taken_apart() -> None:
    notice, plan = read(NOTICE + ITEMS).documents
    assert (notice.title, notice.doc_no) == (
        "青禾县人民政府办公室关于印发支持企业发展若干措施的通知",
        "青政办发〔2024〕9号",
    )
    assert (plan.title, plan.doc_no) == ("支持企业发展若干措施", "青政办发〔2024〕9号")
    assert (plan.issuer, plan.date) == ("青禾县人民政府办公室", "2024-02-04")
    assert [task.path for task in plan.tasks] == [["1"], ["2"], ["3"]]
    assert [deadline.iso for deadline in plan.deadlines] == ["2024-06-24"]


def test_a_signature_behind_the_last_item_of_one_line_is_the_signature() -> None:
    (plan,) = read(
        "青禾县支持企业若干措施 青政办发〔2024〕9号 " + ITEMS + " 青禾县人民政府办公室 2024年2月4日"
    ).documents
    assert (plan.title, plan.doc_no) == ("青禾县支持企业若干措施", "青政办发〔2024〕9号")
    assert (plan.issuer, plan.date, len(plan.tasks)) == ("青禾县人民政府办公室", "2024-02-04", 3)


def test_a_title_that_runs_into_its_first_sentence_ends_before_it() -> None:
    (plan,) = read(
        "青禾县2024年绿化行动计划为推动绿化,制定本计划。一、主要任务(一)植树。(县林业局负责)(二)护树。(县林业局负责)二、保障措施(一)加强领导。"
    ).documents
    assert plan.title == "青禾县2024年绿化行动计划"
    assert [task.path for task in plan.tasks] == [["一", "(一)"], ["一", "(二)"]]


def test_a_sentence_with_blanks_stays_whole() -> None:
    (plan,) = read("青禾县绿化工作方案\n按照县委 县政府要求 制定本方案 请认真落实。\n" + BODY).documents
    assert plan.title == "青禾县绿化工作方案"


def notice(no: int, what: str) -> str:
    head = f"青政办发〔2024〕{no}号\n青禾县人民政府办公室关于做好{what}工作的通知\n各乡镇人民政府:\n"
    return head + f"一、主要任务\n(一)推进{what}。(县林业局负责)\n(二)检查{what}。(县林业局负责)\n" + SIGNED


def test_documents_copied_one_behind_the_other_stay_apart() -> None:
    plan = read(notice(1, "植树") + notice(2, "护林") + notice(3, "防火"))
    assert [document.doc_no for document in plan.documents] == [
        "青政办发〔2024〕1号",
        "青政办发〔2024〕2号",
        "青政办发〔2024〕3号",
    ]
    assert [len(document.tasks) for document in plan.documents] == [2, 2, 2]
    assert "plan.several-documents" in [finding.code for finding in plan.findings]


def test_what_a_notice_forwards_is_no_other_document() -> None:
    text = "青禾县人民政府办公室转发县林业局关于加强植树工作意见的通知\n各乡镇人民政府:\n现转发给你们。\n" + SIGNED
    plan = read(text + "关于加强植树工作的意见\n县人民政府:\n" + BODY)
    assert [document.title for document in plan.documents][1:] == ["关于加强植树工作的意见"]
    assert "plan.several-documents" not in [finding.code for finding in plan.findings]


@pytest.mark.parametrize(
    ("issued", "title"),
    [
        ("青禾县苗木产业发展若干措施", "青禾县苗木产业\n发展若干措施"),
        ("关于青禾县城乡绿化和古树名木保护实施方案", "关于青禾县城乡绿化\n和古树名木保护\n实施方案"),
        ("青禾县古树普查清单(共26株)", "青禾县古树普查清单\n(共26株)"),
    ],
)
def test_a_plan_behind_its_notice_is_read_under_its_whole_title(issued: str, title: str) -> None:
    text = f"青禾县人民政府办公室关于印发{issued}的通知\n各乡镇人民政府:\n现印发给你们。\n{SIGNED}{title}\n{BODY}"
    notice, plan = read(text).documents
    assert (notice.date, plan.title) == ("2024-04-02", issued)


def test_a_line_that_no_notice_names_is_no_part_of_a_title() -> None:
    text = (
        f"关于印发青禾县古树清单的通知\n各乡镇人民政府:\n现印发。\n{SIGNED}青禾县古树清单\n县林业局绿化股编制\n{BODY}"
    )
    assert read(text).documents[1].title == "青禾县古树清单"


FLAT_ITEMS = ITEMS.replace(") ", ")")
WITHOUT_BLANKS = NOTICE.replace(" ", "") + FLAT_ITEMS


def test_a_notice_without_line_breaks_and_blanks_is_taken_apart() -> None:
    notice, plan = read(WITHOUT_BLANKS).documents
    assert (notice.title, notice.doc_no) == (
        "青禾县人民政府办公室关于印发支持企业发展若干措施的通知",
        "青政办发〔2024〕9号",
    )
    assert (plan.title, plan.issuer, plan.date) == ("支持企业发展若干措施", "青禾县人民政府办公室", "2024-02-04")
    assert [task.path for task in plan.tasks] == [["1"], ["2"], ["3"]]


def test_a_limit_behind_a_sentence_is_no_signature() -> None:
    text = "青禾县工作方案\n一、主要任务\n(一)修路。由县交通局牵头。县交通局2024年10月1日前完成。\n(二)治水。完成。县水利局2024年9月1日起执行。\n"
    (plan,) = read(text).documents
    assert (plan.date, len(plan.tasks)) == (None, 2)


SIGNED_ANNEX = " 青禾县人民政府 2024年1月20日 附件1 任务分工表 1.新建学校。(县教育局) 2.改造医院。(县卫健局)"
FLAT_PLAN = "青禾县民生实事方案 为办好实事,制定本方案。 一、总体要求 坚持为民。 二、重点任务 (一)新建学校。(牵头单位:县教育局) (二)建设公园。(牵头单位:县住建局) 三、保障措施 (一)加强领导。 (二)强化考核。"


def test_the_annex_of_a_plan_on_one_line_is_a_document() -> None:
    plan, annex = read(FLAT_PLAN + SIGNED_ANNEX).documents
    assert (plan.title, plan.issuer, plan.date) == ("青禾县民生实事方案", "青禾县人民政府", "2024-01-20")
    assert [task.path for task in plan.tasks] == [["二", "(一)"], ["二", "(二)"]]
    assert [section.title for section in plan.sections] == ["总体要求", "重点任务", "保障措施", "加强领导", "强化考核"]
    assert (annex.annex, annex.title, len(annex.tasks)) == ("附件1", "任务分工表", 2)


@pytest.mark.parametrize(("what", "own"), [("关于做好植树工作的通知", 2), ("关于印发植树工作方案的通知", 0)])
def test_a_notice_that_orders_things_itself_has_tasks_beside_its_annexes(what: str, own: int) -> None:
    text = f"青禾县人民政府{what}\n各乡镇人民政府:\n一、开展植树。栽植500株。\n二、加强管护。落实责任。\n{SIGNED}附件1\n植树任务分工表\n1.栽植树木。(县林业局)\n"
    assert [len(document.tasks) for document in read(text).documents] == [own, 1]


def plan_of(what: str, signed: str) -> str:
    return f"青禾县{what}工作方案\n一、主要任务\n(一)开展{what}。(县林业局负责)\n二、保障措施\n(一)加强领导。成立专班。\n{signed}"


@pytest.mark.parametrize(("signed", "reported"), [("青禾县林业局\n2024年3月1日\n", True), ("", False)])
def test_plans_copied_one_behind_the_other_stay_apart(signed: str, reported: bool) -> None:
    plan = read(plan_of("植树", signed) + plan_of("护林", signed) + plan_of("防火", signed))
    assert [document.title for document in plan.documents] == [
        "青禾县植树工作方案",
        "青禾县护林工作方案",
        "青禾县防火工作方案",
    ]
    assert [[task.path for task in document.tasks] for document in plan.documents] == [[["一", "(一)"]]] * 3
    assert ("plan.several-documents" in [finding.code for finding in plan.findings]) is reported


@pytest.mark.parametrize(
    "behind",
    [
        "青禾县植树工作考核细则\n一、考核内容\n(一)进度。\n",
        "青禾县植树任务分工表\n序号\t任务\t责任单位\n1\t植树\t县林业局\n",
    ],
)
def test_what_belongs_to_a_signed_plan_is_no_unrelated_document(behind: str) -> None:
    plan = read(plan_of("植树", "青禾县林业局\n2024年3月1日\n") + behind)
    assert len(plan.documents) == 2
    assert "plan.several-documents" not in [finding.code for finding in plan.findings]


@pytest.mark.parametrize("apart", ["\n", " ", ""], ids=["lines", "blanks", "nothing"])
def test_labels_below_an_item_are_read_however_they_are_joined(apart: str) -> None:
    labels = apart.join(["", "牵头单位:县商务局", "责任单位:县文旅局、县财政局", "完成时限:2024年6月底前"])
    text = f"青禾县工作方案\n一、主要任务\n1.打造商圈。引进首店20家。{labels}\n2.发展经济。建设夜市。{labels}\n"
    (plan,) = read(text).documents
    assert [[duty.unit for duty in task.duties] for task in plan.tasks] == [["县商务局", "县文旅局", "县财政局"]] * 2
    assert [deadline.iso for deadline in plan.deadlines] == ["2024-06-30"] * 2


def test_labels_in_a_bracket_stay_there() -> None:
    (plan,) = read(
        "青禾县工作方案\n1.打造商圈。引进首店。(牵头单位:县商务局;责任单位:县文旅局)\n2.建夜市。(县商务局)\n"
    ).documents
    assert [(duty.role, duty.unit) for duty in plan.tasks[0].duties] == [
        ("lead", "县商务局"),
        ("responsible", "县文旅局"),
    ]


@pytest.mark.parametrize("words", NEWS.values())
def test_a_text_without_items_that_a_reporter_tells_is_a_report_and_sets_no_goals(words: str) -> None:
    plan = compile_text(f"青禾县供水工作见闻\n\n{words}水质达标率达到95%。\n").plan
    assert plan.documents[0].kind == "report" and plan.documents[0].targets == []


@pytest.mark.parametrize(
    "text",
    [
        "青禾县供水方案\n\n一、主要任务\n（一）新建泵站5座。据悉水质达标率达到95%。\n",
        "青禾县供水方案\n\n新建泵站5座，邀请记者参加开工仪式。\n",
        "青禾县供水任务表\n\n任务\t牵头单位\n新建泵站5座\t县水利局\n据悉\t县水利局\n",
    ],
)
def test_items_tables_and_reporters_who_are_invited_make_no_news(text: str) -> None:
    (document,) = compile_text(text).plan.documents
    assert document.kind == "plan" and document.targets
