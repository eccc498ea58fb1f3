"""What a task is: decided by what an item says and by the units it names, not by a word in the title above it."""

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Document
from guatu.core.plan.outline.kinds import section_kind
from guatu.core.plan.outline.says import saying


def documents(text: str) -> list[Document]:
    return compile_text(text).plan.documents


def tasks(text: str) -> dict[str, list[str]]:
    return {"/".join(t.path): [duty.unit for duty in t.duties] for d in documents(text) for t in d.tasks}


TITLES = [
    "工作目标",
    "预期目标",
    "适用范围",
    "补贴对象",
    "实施范围",
    "保障措施",
    "资金管理",
    "资金来源",
    "时间安排",
    "考核验收",
    "总体要求",
]
LAYOUTS = {
    "a bracket": "(责任单位:{})",
    "a line": "\n责任单位:{}",
    "a role behind": "({}负责)",
    "the name alone": "({})",
}


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("title", TITLES)
def test_items_with_units_are_tasks_whatever_their_section_is_called(title: str, layout: str) -> None:
    text = "青禾县工作方案\n一、主要任务\n(一)修建道路。新建道路。(责任单位:县交通局)\n二、" + title + "\n"
    text += (
        "(一)规范流程。按季办理。"
        + layout.format("县财政局")
        + "\n(二)加强监管。开展检查。"
        + layout.format("县审计局")
        + "\n"
    )
    assert tasks(text) == {"一/(一)": ["县交通局"], "二/(一)": ["县财政局"], "二/(二)": ["县审计局"]}


@pytest.mark.parametrize("title", TITLES)
def test_items_without_units_are_none_in_a_section_of_another_kind(title: str) -> None:
    text = "青禾县工作方案\n一、主要任务\n(一)修建道路。新建道路。(责任单位:县交通局)\n二、" + title + "\n"
    assert list(tasks(text + "(一)规范流程。按季办理。\n(二)加强监管。开展检查。\n")) == ["一/(一)"]


def test_the_one_item_of_a_section_that_names_units_is_a_task_alone() -> None:
    text = "青禾县工作方案\n一、主要任务\n(一)修建道路。(责任单位:县交通局)\n二、保障措施\n"
    text += "(一)加强领导。成立专班。\n(二)落实资金。安排500万元。(责任单位:县财政局)\n(三)强化宣传。营造氛围。\n"
    assert tasks(text) == {"一/(一)": ["县交通局"], "二/(二)": ["县财政局"]}


def test_where_members_of_a_group_come_from_assigns_nothing() -> None:
    text = "青禾县工作方案\n一、主要任务\n(一)修建道路。(责任单位:县交通局)\n二、组织领导\n"
    assert list(tasks(text + "(一)成立小组。组长:李明(县政府办公室)\n(二)压实责任。\n")) == ["一/(一)"]


PLAN = "青禾县考核方案\n一、主要任务\n(一)栽植树木。(责任单位:县林业局)\n"
NO_TASKS = [
    ("definitions", "附件1\n指标解释\n1.绿化率:指绿化面积与总面积之比。\n2.成活率:成活株数占栽植株数的比重。\n"),
    (
        "definitions under another title",
        "附件1\n考核指标\n1.绿化率,指绿化面积占比。\n2.成活率是指成活株数占比。\n3.保存率。计算公式:保存面积/总面积×100%\n",
    ),
    (
        "definitions in groups, with labels on lines",
        "附件1\n考核指标体系\n一、生态指标\n1.绿化率\n定义:绿化面积与总面积之比。\n数据来源:县统计局\n2.成活率\n定义:成活株数占比。\n数据来源:县林业局\n",
    ),
    ("scores", "附件1\n考核细则\n一、组织领导\n1.成立小组(5分)。未成立的扣5分。\n2.召开会议(5分)。每少1次扣1分。\n"),
    (
        "scores with who gives them",
        "附件1\n考核细则\n1.招商引资。每少1%扣1分。(考核单位:县商务局)\n2.项目建设。每少1%扣1分。(考核单位:县发改局)\n",
    ),
    ("members", "附件1\n领导小组成员名单\n1.李明,县长。\n2.周宁,副县长。\n"),
    ("a form", "附件1\n企业承诺书\n1.遵守法律法规。\n2.按时报送材料。\n"),
    ("remarks", "附件1\n任务分工\n1.注:本表一式两份。\n2.说明:逐级上报。\n"),
]


@pytest.mark.parametrize(("name", "annex"), NO_TASKS, ids=[n[0] for n in NO_TASKS])
def test_what_defines_scores_or_remarks_is_no_task(name: str, annex: str) -> None:
    assert tasks(PLAN + annex) == {"一/(一)": ["县林业局"]}


def test_scored_items_that_name_who_does_them_are_tasks() -> None:
    text = PLAN + "附件1\n考核任务\n1.招商引资(20分)。(责任单位:县商务局)\n2.项目建设(20分)。(责任单位:县发改局)\n"
    assert tasks(text)["2"] == ["县发改局"]


RULES = (
    "青禾县粮食安全责任制考核实施细则\n第一章 总则\n第一条 为落实责任制,制定本细则。\n第二章 生产能力\n"
    "第二条 粮食面积(8分)。播种面积每降低1个百分点扣1分,低于2个不得分。(县农业农村局、县财政局{remark}){gap}数据来源:县统计局数据{gap}\n"
    "第三条 粮食产量(8分)。产量达到上年的98%得6分。(县农业农村局、县发改局){gap}数据来源:县统计局数据\n"
)


@pytest.mark.parametrize("gap", ["\n", "  "])
def test_rules_of_an_assessment_that_say_which_unit_leads_set_tasks(gap: str) -> None:
    text = RULES.format(remark=",列首的为牵头单位,下同", gap=gap)
    assert tasks(text) == {"第二章/第二条": ["县农业农村局", "县财政局"], "第二章/第三条": ["县农业农村局", "县发改局"]}
    assert [t.op for d in documents(text) for t in d.targets if t.unit == "个"] == []


def test_rules_of_an_assessment_that_name_who_gives_the_marks_set_none() -> None:
    assert tasks(RULES.format(remark="", gap="\n")) == {}


def test_one_definition_among_tasks_takes_nothing_away() -> None:
    text = "青禾县工作方案\n一、主要任务\n1.推行网格化。网格化是指分片管理。\n2.修建道路。新建5公里。\n3.治理河道。清淤。\n"
    assert list(tasks(text)) == ["一/1", "一/2", "一/3"]


RECORDS = [
    (
        "paragraphs",
        "一、问题1:东片污水直排。\n整改措施:新建管网5公里。\n责任单位:县住建局\n整改时限:2024年6月底前\n二、问题2:河道垃圾多。\n整改措施:清理河道。\n责任单位:县水利局\n整改时限:2024年9月底前\n",
        ["一", "二"],
    ),
    (
        "numbered parts",
        "(一)东片污水直排\n1.整改措施:新建管网5公里。\n2.责任单位:县住建局\n3.整改时限:2024年6月底前\n(二)河道垃圾多\n1.整改措施:清理河道。\n2.责任单位:县水利局\n3.整改时限:2024年9月底前\n",
        ["(一)", "(二)"],
    ),
    (
        "one paragraph each",
        "1.问题:东片污水直排。整改措施:新建管网5公里。(责任单位:县住建局;完成时限:2024年6月底前)\n2.问题:河道垃圾多。整改措施:清理河道。(责任单位:县水利局;完成时限:2024年9月底前)\n",
        ["1", "2"],
    ),
    (
        "numbered by the word",
        "问题一:东片污水直排\n整改措施:1.新建管网5公里。2.加强巡检。\n责任单位:县住建局\n整改时限:2024年6月底前\n问题二:河道垃圾多\n整改措施:清理河道。\n责任单位:县水利局\n整改时限:2024年9月底前\n",
        ["问题一", "问题二"],
    ),
]


@pytest.mark.parametrize(("name", "text", "paths"), RECORDS, ids=[r[0] for r in RECORDS])
def test_a_list_of_things_to_put_right_has_one_task_a_problem(name: str, text: str, paths: list[str]) -> None:
    (document,) = documents("青禾县督察反馈问题整改清单\n" + text)
    assert ["/".join(task.path) for task in document.tasks] == paths
    assert [task.title for task in document.tasks] == ["东片污水直排", "河道垃圾多"]
    assert [[duty.unit for duty in task.duties] for task in document.tasks] == [["县住建局"], ["县水利局"]]
    assert [deadline.iso for deadline in document.deadlines] == ["2024-06-30", "2024-09-30"]


REPORTS = [
    (
        "brackets",
        "1.生产总值增长7%以上。(责任领导:王建;牵头单位:县发改局)\n2.粮食产量稳定在15万吨。(责任领导:李明;牵头单位:县农业农村局)\n",
        "3.新增规上企业10家。(责任领导:王建;牵头单位:县工信局;责任单位:县财政局)\n",
    ),
    (
        "lines",
        "1.生产总值增长7%以上。\n责任领导:王建\n牵头单位:县发改局\n2.粮食产量稳定在15万吨。\n责任领导:李明\n牵头单位:县农业农村局\n",
        "3.新增规上企业10家。\n责任领导:王建\n牵头单位:县工信局\n责任单位:县财政局\n",
    ),
    (
        "a role behind",
        "1.生产总值增长7%以上。(县发改局牵头)\n2.粮食产量稳定在15万吨。(县农业农村局牵头)\n",
        "3.新增规上企业10家。(县工信局牵头,县财政局配合)\n",
    ),
]


@pytest.mark.parametrize(("name", "goals", "work"), REPORTS, ids=[r[0] for r in REPORTS])
def test_goals_of_a_report_broken_down_are_tasks_of_their_units(name: str, goals: str, work: str) -> None:
    text = f"青禾县2024年《政府工作报告》重点任务分解\n一、主要预期目标\n{goals}二、重点工作安排\n(一)做强工业\n{work}"
    assert tasks(text) == {"一/1": ["县发改局"], "一/2": ["县农业农村局"], "二/(一)/3": ["县工信局", "县财政局"]}


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        ("大力推广先进适用技术", None),
        ("扩大保险覆盖范围", None),
        ("适用范围", "other"),
        ("重点工作安排", "task"),
        ("工作安排", "phase"),
        ("强化组织保障", "safeguard"),
        ("强化保障", "safeguard"),
        ("保障措施", "safeguard"),
        ("全力保障企业用工", None),
        ("强化企业服务保障", None),
        ("落实社会保障措施", None),
        ("保障基础金融服务", None),
        ("细化相关政策措施", None),
        ("督促企业落实防控责任", None),
        ("督促落实", "safeguard"),
        ("实施范围", "other"),
        ("相关定义", "other"),
        ("提高政治站位", "principle"),
    ],
)
def test_the_title_is_a_first_guess(title: str, kind: str | None) -> None:
    assert section_kind(title) == kind


@pytest.mark.parametrize(
    "text", ["指导各镇编制规划。", "由专班指挥调度。", "得到群众认可。", "新增10个标准化厂房。", "落实20分钟就医圈。"]
)
def test_words_that_look_like_definitions_or_scores_are_none(text: str) -> None:
    assert saying(text) is None


def test_a_section_in_the_middle_that_says_what_is_to_be_done_is_one_of_the_fields() -> None:
    text = "青禾县关于支持企业的若干措施\n一、降低成本\n1.减免房租。免收三个月。\n二、全力保障用工\n2.组织招聘。开设专场。\n三、强化服务保障\n3.专人对接。逐户走访。\n"
    assert list(tasks(text)) == ["一/1", "二/2", "三/3"]


def test_one_inner_list_of_tasks_does_not_take_the_place_of_all_other_sections() -> None:
    text = "青禾县关于开具证明的通知\n一、对象和内容\n(一)服务对象。外出务工人员。\n(二)服务内容。免费开具证明。\n"
    text += (
        "二、信息共享\n(三)统一平台。各镇接入县级平台。\n(四)结果互认。各单位不得另设条件。\n(五)数据回流。按日更新。\n"
    )
    assert {"二/(三)", "二/(四)", "二/(五)"} <= set(tasks(text))


def test_the_first_clause_of_an_order_is_no_title() -> None:
    text = "青禾县关于返岗的通告\n一、按照属地管理原则,各镇对本镇企业负总责,逐户核查,做到底数清楚。\n二、各企业要每日消毒,如实登记。\n"
    assert list(tasks(text)) == ["一", "二"]


def test_who_forwards_a_notice_and_adds_items_orders_them() -> None:
    text = "青禾县人社局转发市人社局关于做好招聘工作的通知\n各镇:\n现将通知转发给你们,并提出如下意见。\n一、暂停线下招聘。各单位改在网上组织。\n"
    text += "二、简化程序。急需人员可以面谈聘用。\n青禾县人社局\n2026年2月7日\n市人社局关于做好招聘工作的通知\n各县:\n现将有关事项通知如下。\n"
    text += "一、延期组织考试。另行通知时间。\n二、做好解释。及时公布信息。\n市人社局\n2026年2月3日\n"
    assert [[task.title for task in d.tasks] for d in documents(text)] == [
        ["暂停线下招聘", "简化程序"],
        ["延期组织考试", "做好解释"],
    ]


def test_what_others_did_well_is_no_task() -> None:
    text = "青禾县关于表扬的通报\n各镇:\n现予以表扬。\n附件\n典型经验做法\n1.东山镇推行网格管理。\n2.西山镇打造服务平台。\n"
    assert tasks(text) == {}


QUESTIONS = {
    "questions": "青禾县稳岗补贴办理须知\n1.哪些企业可以申请补贴?在本县参保的企业。\n2.到哪里申请?县人社局窗口。\n3.多久办结?三个工作日。\n",
    "answers under a title that says so": "青禾县稳岗政策问答\n一、申请条件。在本县参保。\n二、办理流程。网上申报。\n",
    "one that explains another": "政策解读 青禾县稳岗若干措施\n一、出台背景\n稳定就业。\n二、主要内容\n(一)返还费用。按季办理。\n",
}


@pytest.mark.parametrize("text", QUESTIONS.values(), ids=QUESTIONS.keys())
def test_what_answers_or_explains_sets_nothing_to_be_done(text: str) -> None:
    assert tasks(text) == {}


def test_one_question_among_orders_takes_nothing_away() -> None:
    text = "青禾县工作方案\n一、主要任务\n1.钱从哪里来?县财政统筹安排。\n2.修建道路。新建5公里。\n3.治理河道。清淤。\n"
    assert list(tasks(text)) == ["一/1", "一/2", "一/3"]
