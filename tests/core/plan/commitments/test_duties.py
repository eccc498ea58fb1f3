"""Who leads, who is responsible, who supports."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.commitments.duties import duty_texts, read_charged, read_roles, read_sentences
from guatu.core.plan.commitments.first_leads import bare_units, promote_first
from guatu.core.plan.commitments.units import split_units
from guatu.core.plan.compiler import compile_text
from guatu.core.plan.source.normal import normalise


def duties(text: str) -> str:
    """All duties of a paragraph as L县水利局 R... S..., in order."""
    norm = normalise(text)
    found = [d for t in duty_texts(norm, 0, len(norm)) for d in read_roles(norm, t.inner_start, t.inner_end)]
    return " ".join(d.role[0].upper() + d.unit for d in found)


GOOD = [
    ("修好水厂。(县水利局牵头,各镇配合)", "L县水利局 S各镇"),
    ("修好水厂。〔牵头单位:县水利局;责任单位:县财政局、县住建局,各镇〕", "L县水利局 R县财政局 R县住建局 R各镇"),
    ("修好水厂。【责任单位：县水利局、各乡镇人民政府。】", "R县水利局 R各乡镇人民政府"),
    ("修好水厂。(县水利局、县财政局按职责分工负责)", "R县水利局 R县财政局"),
    ("修好水厂。(县水利局、县财政局分工负责,各镇、各相关部门配合实施)", "R县水利局 R县财政局 S各镇 S各相关部门"),
    ("修好水厂。(县水利局牵头,县住建局<县城管局>具体实施)", "L县水利局 R县住建局<县城管局>"),
    ("修好水厂。(由县水利局牵头,县财政局、县审计局配合)", "L县水利局 S县财政局 S县审计局"),
    ("修好水厂。(县水利局负责县供水公司配合实施)", "R县水利局 S县供水公司"),
    ("修好水厂(县水利局牵头、县发改局、县财政局配合)", "L县水利局 S县发改局 S县财政局"),
    ("修好水厂。(责任单位:县水利局牵头,县财政局配合)", "L县水利局 S县财政局"),
    ("修好水厂。(责任单位:县水利局(牵头)、县财政局)", "L县水利局 R县财政局"),
    ("修好水厂。(县水利局牵头,市生态环境局青禾分局等部门配合)", "L县水利局 S市生态环境局青禾分局"),
    ("修好水厂。(市水利局牵头,各县(市、区)人民政府负责)", "L市水利局 R各县(市、区)人民政府"),
    ("牵头单位:县委农办(县农业农村局)", "L县委农办(县农业农村局)"),
    ("责任单位 县水利局、县财政局", "R县水利局 R县财政局"),
    ("配合单位：县发改局，县审计局", "S县发改局 S县审计局"),
    ("(牵头单位:县委组织部;责任单位:县委党校;完成时限:2024年6月底前)", "L县委组织部 R县委党校"),
    ("修好水厂。(县委组织部、县委宣传部牵头,各级单位配合)", "L县委组织部 L县委宣传部 S各级单位"),
    ("修好水厂。(县水利局 县财政局分工牵头)", "L县水利局 L县财政局"),
    ("修好水厂。责任单位:县水利局。", "R县水利局"),
    ("修好水厂。(县水利局、县财政局组织实施)", "R县水利局 R县财政局"),
]  # fmt: skip
GOOD += [
    ("修好水厂。(县水利局牵头,县财政局配合;2024年10月底前)", "L县水利局 S县财政局"),
    ("修好水厂。(县水利局、各镇负责,6月底前完成)", "R县水利局 R各镇"),
    ("牵头单位:县水利局(责任领导:王 平);责任单位:县财政局", "L县水利局 R县财政局"),
    ("牵头单位:县水利局、县财政局(按职责分别牵头),配合单位:各镇", "L县水利局 L县财政局 S各镇"),
    ("(责任单位:县卫健委、各医共体牵头医院)", "R县卫健委 R各医共体牵头医院"),
]
BAD = [
    "修好水厂(详见附件)。", "实行主任负责制(村级由书记负责)。", "建设内容(含管网改造、水厂扩建)按计划实施。", "《关于水厂建设的意见》(青政发〔2022〕5号)要求抓好落实。",
    "(一)加强领导,落实责任。", "经费(含配套)由财政负责。",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), GOOD)
def test_duties_are_read_as_written(text: str, expected: str) -> None:
    assert duties(text) == expected


@pytest.mark.parametrize("text", BAD)
def test_brackets_without_units_name_nobody(text: str) -> None:
    assert duties(text) == ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("工作组由县水利局牵头负责,建立协调机制。", "L县水利局"),
        ("由县水利局牵头,会同县财政局、县审计局开展检查。", "L县水利局 S县财政局 S县审计局"),
        ("由县水利局牵头,县财政局、县审计局配合,开展检查。", "L县水利局 S县财政局 S县审计局"),
        ("开展夏季整治。县公安局牵头,县城管局配合,每周巡查。", "L县公安局 S县城管局"),
        ("县委主要领导牵头,压实责任。", ""),
        ("由县水利局牵头,各地要高度重视,积极配合。", "L县水利局"),
        ("(一)县水利局牵头,县财政局、县审计局参与,推进建设。", "L县水利局 S县财政局 S县审计局"),
        ("县水利局会同县财政局、县审计局建设供水网络。", "L县水利局 S县财政局 S县审计局"),
        ("(三)县水利局要会同各镇组织核查验收。", "L县水利局 S各镇"),
        ("由县水利局会同人力资源、县财政局按月审核。", "L县水利局 S县财政局"),
        ("去年以来,县水利局会同县财政局建立了台账。", ""),
        ("为此,县水利局会同县财政局、各镇多次上门的企业受益,", ""),
    ],
)
def test_units_named_in_a_sentence_are_read(text: str, expected: str) -> None:
    assert " ".join(d.role[0].upper() + d.unit for d in read_sentences(text, 0, len(text))) == expected


def test_the_first_unit_leads_where_the_plan_says_so() -> None:
    text = "修好水厂。(县水利局、县财政局,列第一位的为牵头单位,下同)"
    assert [(d.role, d.unit) for d in promote_first(bare_units(text, 0, len(text)))] == [
        ("lead", "县水利局"),
        ("responsible", "县财政局"),
    ]


def test_a_bullet_before_a_label_is_no_word_of_it() -> None:
    task = (
        compile_text("一、重点任务\n1.修水厂。抓紧修。\n◆牵头单位:县水利局\n◆配合单位:县财政局\n")
        .plan.documents[0]
        .tasks[0]
    )
    assert [(d.role, d.unit) for d in task.duties] == [("lead", "县水利局"), ("support", "县财政局")]


def test_a_bare_list_of_units_behind_a_paragraph_makes_them_responsible() -> None:
    text = "修好水厂。(县水利局、县财政局)"
    assert [(d.role, d.unit) for d in bare_units(text, 0, len(text))] == [
        ("responsible", "县水利局"),
        ("responsible", "县财政局"),
    ]


@pytest.mark.parametrize("text", ["修好水厂(含管网)。", "建设三个水厂(城东、城西、城北)。", "服务村民(重点是老人)。"])
def test_a_bracket_of_other_words_is_no_list_of_units(text: str) -> None:
    assert bare_units(text, 0, len(text)) == []


UNITS = st.sampled_from(
    ["县水利局", "各镇", "县委农办(县农业农村局)", "县住建局<县城管局>", "各县(市、区)人民政府", "国网青禾供电公司"]
)


@given(st.lists(UNITS, min_size=1, max_size=8), st.sampled_from(["、", ",", ";", "、 "]))
def test_splitting_gives_back_the_units_that_were_joined(units: list[str], separator: str) -> None:
    text = separator.join(units)
    assert [name for name, _, _ in split_units(text, 0, len(text))] == units


@given(st.text(alphabet="县局、,()<>单位牵头负责:;。等各镇 ", max_size=80))
def test_units_stand_where_they_are_said_to_stand(text: str) -> None:
    for name, start, end in split_units(text, 0, len(text)):
        assert "".join(text[start:end].split()) == name


SENTENCES = [
    ("资金由县财政局会同县审计局、县税务局核定。", "L县财政局 S县审计局 S县税务局"),
    ("县指挥部新设由县发改局牵头、县工信局等县直有关部门参加的帮扶组。", "L县发改局 S县工信局"),
    ("由县农商银行会同县供水公司及时清算。", "L县农商银行 S县供水公司"),
]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_units_inside_a_sentence(text: str, wanted: str) -> None:
    norm = normalise(text)
    assert " ".join(d.role[0].upper() + d.unit for d in read_sentences(norm, 0, len(norm))) == wanted


CHARGED = {
    "由县卫健局负责安排车辆。": ["县卫健局"],
    "排查由各镇、县公安局负责。": ["各镇", "县公安局"],
    "县财政局、各镇具体负责核查。": ["县财政局", "各镇"],
    "各企业要明确专人负责。": [],
    "由专人负责登记。": [],
    "由县教体局负责人签字。": [],
}


@pytest.mark.parametrize(("text", "wanted"), CHARGED.items())
def test_who_is_charged_in_a_sentence_answers_for_the_item(text: str, wanted: list[str]) -> None:
    (document,) = compile_text(
        f"青禾县工作方案\n一、主要任务\n1.做好接送。{text}\n2.做好登记。每日汇总。\n"
    ).plan.documents
    assert [[d.unit for d in task.duties] for task in document.tasks] == [wanted, []]


def test_who_is_charged_in_passing_makes_no_task_of_an_item_without_a_heading() -> None:
    text = "青禾县工作方案\n一、主要任务\n(一)加强合作。\n1.由县工信局负责推荐名单,每月更新。\n2.双方每季会商,通报进度。\n(二)加强宣传。每周推送。\n"
    (document,) = compile_text(text).plan.documents
    assert [("/".join(t.path), [d.unit for d in t.duties]) for t in document.tasks] == [
        ("一/(一)", ["县工信局"]),
        ("一/(二)", []),
    ]


HEADINGS = {
    "a name": ("(一)县教育局。开设网课,逐人登记。\n(二)各镇。逐户排查,每日上报。\n", [["县教育局"], ["各镇"]]),
    "a name with a colon": (
        "1.县公安局:设置卡点,昼夜值守。\n2.乡镇(街道)职责:逐户排查。\n",
        [["县公安局"], ["乡镇(街道)"]],
    ),
    "what they answer for": (
        "一、县教育局负责学校防控。开设网课。\n二、县公安局、各镇负责排查。每日上报。\n",
        [["县教育局"], ["县公安局", "各镇"]],
    ),
    "words that are no names": ("(一)发展县域经济。培育产业。\n(二)建设美丽乡镇。整治环境。\n", [[], []]),
}


@pytest.mark.parametrize(("items", "wanted"), HEADINGS.values(), ids=HEADINGS.keys())
def test_units_that_are_the_heading_of_an_item(items: str, wanted: list[list[str]]) -> None:
    (document,) = compile_text("青禾县关于压实责任的通知\n" + items).plan.documents
    assert [[d.unit for d in task.duties] for task in document.tasks] == wanted


def test_units_that_are_the_heading_of_a_section_stand_behind_its_tasks() -> None:
    text = (
        "青禾县关于压实责任的通知\n一、卫生健康部门职责\n1.组织救治。统筹床位。\n二、县教育局\n2.开设网课。每日统计。\n"
    )
    (document,) = compile_text(text).plan.documents
    assert [[d.unit for d in task.section_duties] for task in document.tasks] == [["卫生健康部门"], ["县教育局"]]


def test_a_list_of_who_does_what_is_tasks_whatever_its_section_is_called() -> None:
    text = "青禾县防控工作方案\n一、工作目标\n确保安全。\n二、职责分工\n1.县教育局:开设网课。\n2.县公安局:设置卡点。\n三、工作要求\n(一)加强领导。各镇要重视。\n"
    (document,) = compile_text(text).plan.documents
    assert ["/".join(task.path) for task in document.tasks] == ["二/1", "二/2"]


def charged(text: str) -> str:
    norm = normalise(text)
    return " ".join(d.role[0].upper() + d.unit for d in read_charged(norm, 0, len(norm)))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("由县卫健局负责,县医保局配合,签约率达到75%以上。", "R县卫健局 S县医保局"),
        ("县卫健局负责,县医保局、各镇密切配合。", "R县卫健局 S县医保局 S各镇"),
        ("由全县各社区负责,排查风险。", "R全县各社区"),
        ("县发改局、县环境局按照职责分工做好审批工作。", "R县发改局 R县环境局"),
        ("由县发改局、县财政局等部门按职责落实。", "R县发改局 R县财政局"),
        ("(二)县发改局、各镇要按各自职责推进。", "R县发改局 R各镇"),
        ("各单位要认真落实,按职责分工抓好工作。", ""),
        ("按照职责分工,做好相关工作。", ""),
        ("县级以上用人单位负责人按照职责开展检查。", ""),
    ],
)
def test_units_charged_in_passing_are_read(text: str, expected: str) -> None:
    assert charged(text) == expected


@pytest.mark.parametrize(
    ("line", "units"),
    [
        ("（一）提升服务能力 县民政局 县人社局 县教体局", ["县民政局", "县人社局", "县教体局"]),
        ("1.整治河道沟渠 县水利局、各镇", ["县水利局", "各镇"]),
        ("（一）完善服务体系　县民政局", ["县民政局"]),
        ("一、县水利局 县交通局", ["县水利局", "县交通局"]),
    ],
)
def test_names_behind_a_heading_and_a_blank_are_those_who_do_it(line: str, units: list[str]) -> None:
    text = f"青禾县养老方案\n\n主要任务\n{line}\n完善设施，提升水平。\n"
    (task,) = [task for document in compile_text(text).plan.documents for task in document.tasks]
    assert [(duty.role, duty.unit) for duty in task.duties] == [("responsible", unit) for unit in units]


@pytest.mark.parametrize(
    "line", ["（一）加强养护管理 绿化美化", "（一）县直单位 各镇", "（一）建好阵地。落实到县 县委"]
)
def test_words_behind_a_blank_are_no_names(line: str) -> None:
    text = f"青禾县养老方案\n\n主要任务\n{line}\n完善设施，提升水平。\n"
    assert [
        duty.unit
        for d in compile_text(text).plan.documents
        for task in d.tasks
        for duty in task.duties
        if "县委" in duty.unit
    ] == []
