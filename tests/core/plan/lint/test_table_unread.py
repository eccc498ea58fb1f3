import pytest

from guatu.core.plan.compiler import compile_text
from tests.core.plan.tables import Drawn, compiled_from_cells

GUESSED, UNREAD, TABLE, LIMIT = "plan.table-guessed", "plan.row-unread", "plan.table-unread", "plan.limit-unread"
FIGURES = "plan.figures-unread"


def codes(compiled) -> list[str]:
    return [finding.code for finding in compiled.findings if finding.code in (GUESSED, UNREAD, TABLE, LIMIT)]


def test_a_column_of_tasks_without_a_known_head_is_named() -> None:
    text = "青禾县2024年重点工作\n\n主攻方向\t县直单位\t何时完成\n建设冷库2座\t县供销社\t2024年9月底\n"
    (finding,) = [one for one in compile_text(text).findings if one.code == GUESSED]
    assert finding.message("zh") == "表头“主攻方向”不认识，按内容把这一列当作任务列（1 行），请核对"


def test_a_known_head_is_believed() -> None:
    text = "青禾县2024年重点工作\n\n重点任务\t县直单位\t完成时限\n建设冷库2座\t县供销社\t2024年9月底\n"
    assert codes(compile_text(text)) == []


def test_a_first_row_that_names_units_and_no_task_is_unread() -> None:
    compiled = compiled_from_cells(
        [
            ("序号", "工作任务", "牵头单位", "责任单位"),
            ("1", "", "县水利局", "各乡镇"),
            ("2", "改造管网", "县住建局", "各乡镇"),
        ]
    )
    assert codes(compiled) == [UNREAD]
    assert compiled.plan.coverage.unread == 1


def test_a_row_that_a_merged_task_covers_is_no_unread_row() -> None:
    compiled = compiled_from_cells(
        [("序号", "工作任务", "牵头单位"), (Drawn("1", rows=2), Drawn("改造管网", rows=2), "县住建局"), ("县水利局",)]
    )
    assert codes(compiled) == []


def test_a_table_of_which_nothing_is_known_is_told_once_and_its_rows_count_as_unread() -> None:
    text = "青禾县2026年要事\n\n片区\t亮点\t备注\n老城\t新建停车场5处\t一期\n新城\t建设公园2个\t二期\n"
    compiled = compile_text(text)
    assert codes(compiled) == [TABLE]
    assert (compiled.plan.coverage.as_task, compiled.plan.coverage.unread) == (0, 2)


def test_a_report_on_the_past_is_not_asked_for_tasks() -> None:
    text = "青禾县2025年工作总结\n\n片区\t亮点\t备注\n老城\t新建停车场5处\t一期\n新城\t建设公园2个\t二期\n"
    compiled = compile_text(text)
    assert codes(compiled) == [] and compiled.plan.coverage.unread == 0


@pytest.mark.parametrize(
    ("limit", "found"),
    [
        ("适时", [LIMIT]),
        ("按进度", [LIMIT]),
        ("2026年6月底", []),
        ("长期坚持", []),
        ("—", []),
        ("年底前", []),
        ("2026.9", []),
    ],
)
def test_a_limit_that_is_no_time_is_told_and_what_lasts_is_none(limit: str, found: list[str]) -> None:
    rows = f"1\t新建水厂\t县水利局\t{limit}\n2\t改造管网\t县住建局\t2026年9月底\n"
    assert codes(compile_text(f"青禾县2026年任务表\n\n序号\t工作任务\t责任单位\t完成时限\n{rows}")) == found


def test_a_row_that_only_resembles_a_head_is_counted() -> None:
    text = "青禾县任务表\n\n序号\t工作任务\t责任单位\n1\t新建水厂\t县水利局\n\t任务\t单位\n"
    compiled = compile_text(text)
    assert compiled.plan.coverage.numbered_items == 2


HEADS_UNREAD = {
    "groups between the rows": "青禾县责任分工表序号类别任务责任单位一减负1减免租金。县财政局2发放补贴。县人社局二发展3建停车场。县住建局",
    "rows without numbers": "青禾县责任分工表\n序号任务责任单位\n减免租金。县财政局\n发放补贴。县人社局\n",
    "a table that was cut off": "青禾县工作方案\n一、主要任务\n(一)修路。修5公里。\n附件\n序号 责任单位 整改措施\n",
}
"""Texts with the heads of a table that cannot be read."""


@pytest.mark.parametrize("text", HEADS_UNREAD.values(), ids=HEADS_UNREAD.keys())
def test_heads_behind_which_no_table_was_read_are_told(text: str) -> None:
    found = [finding for finding in compile_text(text).findings if finding.code == "plan.heads-unread"]
    assert len(found) == 1


READ_OR_NONE = [
    "青禾县责任分工表序号任务责任单位1减免租金。县财政局2发放补贴。县人社局",
    "序号\t任务\t责任单位\n1\t减免租金\t县财政局\n2\t发放补贴\t县人社局\n",
    "青禾县工作方案\n一、主要任务\n(一)编制序号。各单位按序号报送,责任单位:县财政局\n(二)建立台账,写明序号。\n",
]


@pytest.mark.parametrize("text", READ_OR_NONE)
def test_heads_of_a_table_that_was_read_and_words_alike_are_not_told(text: str) -> None:
    assert [finding.code for finding in compile_text(text).findings if finding.code == "plan.heads-unread"] == []


SHARED = "青禾县2026年改厕方案\n\n{caption}\n\n乡镇\t{heads}\n柳林镇\t300\t350\n石门镇\t200\t150\n"


@pytest.mark.parametrize(
    ("caption", "heads", "told"),
    [
        ("各乡镇改厕任务分解表", "2026年\t2027年", True),
        ("各乡镇改厕任务分解表", "旱厕\t水厕", True),
        ("年采伐限额表", "2026年\t2027年", True),
        ("各乡镇改厕任务分解表\n单位:户", "2026年\t2027年", False),
        ("各乡镇改厕任务分解表", "改厕户数\t新增人数", False),
        ("各乡镇改厕现状表", "旱厕\t水厕", False),
        ("各乡镇改厕基本情况", "2026年\t2027年", False),
    ],
)
def test_a_table_of_goals_without_a_unit_is_told(caption: str, heads: str, told: bool) -> None:
    found = [one for one in compile_text(SHARED.format(caption=caption, heads=heads)).findings if one.code == FIGURES]
    assert [one.message("zh") for one in found] == [
        f"表格“{caption}”（2 行）的数字没有读成指标，请核对表头，并在表上方写明“单位：…”"
    ] * told


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("乡镇新增就业再就业培训柳林镇1200300120石门镇800200803东山镇600150602合计26006502605", True),
        ("(单位:人)柳林镇1200300120石门镇800200803东山镇600150602", True),
        ("乡镇联系电话柳林镇05501234567石门镇05501234568东山镇05501234569合计3", False),
        ("乡镇任务柳林镇1200石门镇800东山镇600合计2600", False),
        ("柳林镇1200300120。石门镇800200803。东山镇600150602。合计2600", False),
    ],
)
def test_figures_of_several_columns_that_run_together_are_told(line: str, told: bool) -> None:
    found = [one for one in compile_text(f"青禾县就业任务表\n\n{line}\n").findings if one.code == "plan.figures-joined"]
    assert bool(found) == told
    if told:
        assert found[0].message("zh") == (
            "这一行各列的数字连在一起（“镇1200300120”），没有读成指标，请用带单元格的原表"
        )
