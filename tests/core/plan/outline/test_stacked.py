"""Tables of tasks without lines: heads behind a title, groups, two columns, numbers before the words, no gaps at all."""

import pytest

from guatu.core.plan.compiler import compile_text

Read = list[tuple[str, str, list[str]]]
WORK = (
    ("加大信贷支持", "县金融办、县人行"),
    ("减免房租,对承租国有房产的免收三个月", "县国资中心、县财政局"),
    ("稳定用工。组织线上招聘", "县人社局"),
    ("畅通物流", "县交通局、县公安局"),
)
WANTED = [
    ("加大信贷支持", ["县金融办", "县人行"]),
    ("减免房租,对承租国有房产的免收三个月", ["县国资中心", "县财政局"]),
    ("稳定用工", ["县人社局"]),
    ("畅通物流", ["县交通局", "县公安局"]),
]
GAPS = {"one line": " ", "lines": "\n"}
gaps = pytest.mark.parametrize("gap", GAPS.values(), ids=GAPS.keys())


def read(text: str) -> Read:
    documents = compile_text(text).plan.documents
    return [("/".join(t.path), t.title, [d.unit for d in t.duties]) for d in documents for t in d.tasks]


def told(found: Read) -> list[tuple[str, list[str]]]:
    return [(title, units) for _, title, units in found]


@gaps
def test_a_short_title_before_the_heads_is_no_head(gap: str) -> None:
    cells = ["青禾县任务分工", "序号", "工作任务", "责任单位", "完成时限"]
    cells += [cell for n, (work, units) in enumerate(WORK, 1) for cell in (str(n), work, units, f"2026年{n}月底前")]
    assert told(read(gap.join(cells))) == WANTED


@gaps
def test_heads_that_nobody_knows_stand_beside_the_number(gap: str) -> None:
    cells = ["青禾县措施清单", "序号", "政策要点", "责任部门", "联系电话"]
    cells += [cell for n, (work, units) in enumerate(WORK, 1) for cell in (str(n), work, units, f"0571-8820{n}12")]
    assert [units for _, _, units in read(gap.join(cells))] == [units for _, units in WANTED]


@gaps
def test_two_columns_are_a_table_where_units_stand_behind_all_words(gap: str) -> None:
    cells = ["青禾县支持企业的清单", "政策措施", "责任部门", *(cell for work in WORK for cell in work)]
    assert told(read(gap.join(cells))) == WANTED


@gaps
def test_numbers_before_the_words_begin_rows(gap: str) -> None:
    cells = ["青禾县支持企业的若干措施分工表", "重点任务", "责任单位"]
    cells += [cell for n, (work, units) in enumerate(WORK, 1) for cell in (f"{n}.{work}。", units)]
    found = read(gap.join(cells))
    assert (told(found), [path for path, _, _ in found]) == (WANTED, ["1", "2", "3", "4"])


@gaps
def test_groups_between_the_rows_are_part_of_their_numbers(gap: str) -> None:
    rows = [f"{n}{gap}{work}{gap}{units}" for n, (work, units) in enumerate(WORK, 1)]
    cells = ["青禾县支持企业的若干措施责任分工", "类别", "序号", "具体措施", "责任单位"]
    cells += ["一、财政金融", *rows[:2], "二、就业", rows[2], "三、物流", rows[3]]
    found = read(gap.join(cells))
    assert [path for path, _, _ in found] == ["一/1", "一/2", "二/3", "三/4"]
    assert told(found) == WANTED


@gaps
def test_a_column_of_groups_without_numbers_of_their_own(gap: str) -> None:
    rows = [f"{n}.{work}。{gap}{units}" for n, (work, units) in enumerate(WORK, 1)]
    cells = [
        "青禾县支持企业的若干措施",
        "类别",
        "政策内容",
        "落实部门",
        "金融支持",
        *rows[:2],
        "就业",
        rows[2],
        "物流",
        rows[3],
    ]
    assert told(read(gap.join(cells))) == WANTED


def test_units_right_behind_the_last_sentence_of_an_item_close_it() -> None:
    text = "青禾县支持企业的若干措施 一、金融1.加大信贷,只增不减。县金融办、县人行2.减免房租。县财政局二、就业3.稳定用工。县人社局三、物流4.畅通物流。各镇轮值。"
    assert read(text) == [
        ("一/1", "加大信贷,只增不减", ["县金融办", "县人行"]),
        ("一/2", "减免房租", ["县财政局"]),
        ("二/3", "稳定用工", ["县人社局"]),
        ("三/4", "畅通物流", []),
    ]


MARKS = {"brackets": "(一) (二) (三) (四)", "figures": "1. 2. 3. 4.", "numerals": "一、 二、 三、 四、"}


@pytest.mark.parametrize("gap", [" ", ""], ids=["blanks", "nothing"])
@pytest.mark.parametrize("heads", ["重点任务 责任单位", "政策措施 责任部门", "主要措施 负责单位"])
@pytest.mark.parametrize("marks", MARKS.values(), ids=MARKS.keys())
def test_a_table_run_together_under_its_heads(marks: str, heads: str, gap: str) -> None:
    cells = ["青禾县支持企业的若干措施任务分工表", *heads.split()]
    for mark, (work, units) in zip(marks.split(), WORK, strict=True):
        cells += [f"{mark}{work}。", units]
    assert told(read(gap.join(cells))) == WANTED


@gaps
def test_years_at_the_end_of_the_heads_divide_the_goals(gap: str) -> None:
    cells = "任务 责任部门 年度目标 2026年 2027年 改善水质 县环保局 达标率达到80% 达标率达到90% 新增绿地 县住建局 100公顷 120公顷"
    plan = compile_text("青禾县重点任务分工表" + gap + gap.join(cells.split())).plan
    (document,) = plan.documents
    assert [(t.title, [d.unit for d in t.duties], len(t.targets)) for t in document.tasks] == [
        ("改善水质", ["县环保局"], 2),
        ("新增绿地", ["县住建局"], 2),
    ]
    assert [(t.value, t.deadline) for t in document.targets] == [
        (80, "2026"),
        (90, "2027"),
        (100, "2026"),
        (120, "2027"),
    ]


@pytest.mark.parametrize("limits", [False, True], ids=["units at the end", "limits at the end"])
def test_cells_right_behind_one_another(*, limits: bool) -> None:
    head = "序号重点任务责任单位" + ("完成时限" if limits else "")
    rows = "".join(
        f"{n}{work}{units}" + (f"{n + 2}月底前" if limits else "") for n, (work, units) in enumerate(WORK, 1)
    )
    text = f"青禾县2026年支持企业的若干措施分工表\n{head}{rows}"
    assert told(read(text)) == WANTED
    deadlines = compile_text(text).plan.documents[0].deadlines
    assert [d.iso for d in deadlines] == (["2026-03-31", "2026-04-30", "2026-05-31", "2026-06-30"] if limits else [])


def test_headings_with_labels_below_are_no_heads_of_a_table() -> None:
    text = (
        "青禾县工作方案\n一、主要任务\n(一)产业行动\n1.培育产业。引进企业。\n配合单位:县林业局\n完成时限:2026年12月\n"
    )
    text += "(二)服务行动\n1.改善医疗。改建卫生院。\n牵头单位:县卫健局\n2.改善教育。改建小学。\n牵头单位:县教育局\n"
    plan = compile_text(text).plan
    assert plan.tables == []
    assert [path for path, _, _ in read(text)] == ["一/(一)/1", "一/(二)/1", "一/(二)/2"]


def test_cells_without_a_blank_between_part_those_who_lead_from_those_who_help() -> None:
    text = "青禾县任务分工表\n\n序号主要任务牵头单位配合单位1修建水厂。县水利局县财政局、各镇2改造管网。县住建局县审计局3清理河道。县城管局各镇\n"
    assert [
        [(duty.role, duty.unit) for duty in task.duties] for task in compile_text(text).plan.documents[0].tasks
    ] == [
        [("lead", "县水利局"), ("support", "县财政局"), ("support", "各镇")],
        [("lead", "县住建局"), ("support", "县审计局")],
        [("lead", "县城管局"), ("support", "各镇")],
    ]
