"""Tables of figures that were copied one cell a line, or with blanks alone between their cells."""

import pytest

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.model import Document, ReadColumn

NOTICE = "青禾县人民政府关于下达任务的通知\n各镇人民政府:\n现将任务下达给你们。\n青禾县人民政府\n2026年3月1日\n附件\n"
LAYOUTS = {"lines": "\n", "indented lines": "\n        ", "one line": " "}
layouts = pytest.mark.parametrize("gap", LAYOUTS.values(), ids=LAYOUTS.keys())


def annex(caption: str, cells: str, gap: str) -> Document:
    return compile_text(NOTICE + caption + gap + gap.join(cells.split())).plan.documents[-1]


def goals(document: Document) -> list[tuple[str, str | None, object, str, str | None]]:
    return [(t.metric, t.scope, t.value, t.unit, t.deadline) for t in document.targets]


@layouts
def test_years_beside_the_names_of_towns(gap: str) -> None:
    cells = "地区 合计 2026年 2027年 东山镇 30 10 20 西山镇 25 12 13 南山镇 9 4 5"
    document = annex("各乡镇造林任务表\n单位:亩", cells, gap)
    assert goals(document)[:3] == [
        ("造林", "东山镇", 30, "亩", None),
        ("造林", "东山镇", 10, "亩", "2026"),
        ("造林", "东山镇", 20, "亩", "2027"),
    ]
    assert len(document.targets) == 9


@layouts
def test_heads_in_two_rows(gap: str) -> None:
    cells = "地区 退耕还林 荒山造林 2026年 2027年 2026年 2027年 东山镇 10 20 30 40 西山镇 1 2 3 4"
    assert goals(annex("各镇任务\n单位:亩", cells, gap))[:4] == [
        ("退耕还林", "东山镇", 10, "亩", "2026"),
        ("退耕还林", "东山镇", 20, "亩", "2027"),
        ("荒山造林", "东山镇", 30, "亩", "2026"),
        ("荒山造林", "东山镇", 40, "亩", "2027"),
    ]


@layouts
def test_a_row_for_each_year(gap: str) -> None:
    cells = "年度 造林面积(亩) 封育面积(亩) 2026年 10 20 2027年 11 21"
    assert [(g[0], g[2], g[4]) for g in goals(annex("年度任务", cells, gap))] == [
        ("造林面积", 10, "2026"),
        ("封育面积", 20, "2026"),
        ("造林面积", 11, "2027"),
        ("封育面积", 21, "2027"),
    ]


def test_a_row_for_each_bare_year() -> None:
    document = annex("年度任务", "年份 造林面积(亩) 封育面积(亩) 2026 10 20 2027 11 21", "\n")
    assert [(g[0], g[2], g[4]) for g in goals(document)][::3] == [("造林面积", 10, "2026"), ("封育面积", 21, "2027")]


ROWS = "1 新建水库 座 5 6 7 县水利局 2 改造危房 户 3 4 5 县住建局 3 关闭小矿 处 3 4 2 县应急局、各镇"
HEADS = {
    "one row": "序号 任务 单位 2026年 2027年 2028年 责任单位",
    "two rows": "序号 任务 单位 年度目标 责任单位 2026年 2027年 2028年",
}


@layouts
@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS.keys())
def test_yearly_quotas_of_tasks_with_units(heads: str, gap: str) -> None:
    document = annex("重点任务年度指标", f"{heads} {ROWS}", gap)
    assert [(t.title, [d.unit for d in t.duties], len(t.targets)) for t in document.tasks] == [
        ("新建水库", ["县水利局"], 3),
        ("改造危房", ["县住建局"], 3),
        ("关闭小矿", ["县应急局", "各镇"], 3),
    ]
    assert [(t.value, t.unit, t.deadline) for t in document.targets][-3:] == [
        (3, "处", "2026"),
        (4, "处", "2027"),
        (2, "处", "2028"),
    ]


def test_units_before_the_figures_and_numbers_right_behind_them() -> None:
    cells = "序号 指标名称 单位 牵头部门 2026年 2027年 1 森林覆盖率 % 县林业局 20 21 2 新建水库 座 县水利局 5 6 3 改造危房 户 县住建局 3 4"
    document = annex("年度指标分解表", cells, "\n")
    assert [(t.title, [d.unit for d in t.duties]) for t in document.tasks] == [
        ("森林覆盖率", ["县林业局"]),
        ("新建水库", ["县水利局"]),
        ("改造危房", ["县住建局"]),
    ]
    assert [t.value for t in document.targets] == [20, 21, 5, 6, 3, 4]


@layouts
def test_groups_of_rows_are_part_of_the_numbers_of_tasks(gap: str) -> None:
    cells = "任务 2026年 2027年 责任单位 一、林业 造林(亩) 10 20 县林业局 封育(亩) 30 40 县林业局 二、水利 水库(座) 1 2 县水利局"
    document = annex("年度任务", cells, gap)
    assert [("/".join(t.path), t.title) for t in document.tasks] == [
        ("一/1", "造林(亩)"),
        ("一/2", "封育(亩)"),
        ("二/3", "水库(座)"),
    ]
    assert [(t.value, t.unit) for t in document.targets] == [
        (10, "亩"),
        (20, "亩"),
        (30, "亩"),
        (40, "亩"),
        (1, "座"),
        (2, "座"),
    ]


def test_a_row_that_lacks_a_cell_says_nothing_wrong_and_ends_nothing() -> None:
    cells = "地区 2026年 2027年 2028年 东山镇 10 20 30 西山镇 12 13 南山镇 4 5 6 北山镇 7 8 9"
    document = annex("各镇造林任务\n单位:亩", cells, "\n")
    assert [t.value for t in document.targets] == [10, 20, 30, 4, 5, 6, 7, 8, 9]


def test_the_title_above_the_heads_is_none_of_them() -> None:
    document = annex("主要任务年度指标", "指标 单位 2026年 2027年 新建水库 座 5 6 改造危房 户 3 4", "\n")
    assert document.title == "主要任务年度指标"
    assert [(g[0], g[2]) for g in goals(document)] == [
        ("新建水库", 5),
        ("新建水库", 6),
        ("改造危房", 3),
        ("改造危房", 4),
    ]


@pytest.mark.parametrize(
    "lines",
    [
        "编号 X坐标 Y坐标 A1 15172.5 103655.0 A2 14829.0 103635.0",
        "站名 到站时间 1 东街口 7:19 2 西街口 7:21 3 南街口 7:24",
    ],
    ids=["places on a map", "a timetable"],
)
def test_figures_without_a_goal_set_none_and_are_not_called_unread(lines: str) -> None:
    plan = compile_text(NOTICE + "有关说明\n" + "\n".join(lines.split())).plan
    assert plan.documents[-1].targets == []
    assert plan.coverage.unread == 0


@layouts
def test_parts_of_a_total_stand_under_the_heads_to_which_they_add_up(gap: str) -> None:
    heads = "单位 合计 按起源分 按采伐类型分 天然林 人工林 主伐 抚育采伐 更新采伐 其他采伐"
    rows = "全县 300 100 200 150 60 50 40 东山镇 180 60 120 90 40 30 20 西山镇 120 40 80 60 20 20 20"
    document = annex("年采伐限额表\n单位:立方米", f"{heads} {rows}", gap)
    assert [column.head for column in read_heads("年采伐限额表\n单位:立方米", f"{heads} {rows}", gap)][1:] == [
        "合计",
        "按起源分/天然林",
        "按起源分/人工林",
        "按采伐类型分/主伐",
        "按采伐类型分/抚育采伐",
        "按采伐类型分/更新采伐",
        "按采伐类型分/其他采伐",
    ]
    assert goals(document)[7:10] == [
        ("年采伐限额", "东山镇", 180, "立方米", None),
        ("天然林", "东山镇", 60, "立方米", None),
        ("人工林", "东山镇", 120, "立方米", None),
    ]


def read_heads(caption: str, cells: str, gap: str) -> list[ReadColumn]:
    return compile_text(NOTICE + caption + gap + gap.join(cells.split())).plan.tables[0].columns


@pytest.mark.parametrize("gap", ["\n", "\n        "], ids=["lines", "indented lines"])
def test_a_head_of_totals_in_two_lines_is_one(gap: str) -> None:
    cells = "单位 限额 合计 按起源分 按类型分 天然林 人工林 主伐 抚育 更新 东山镇 180 60 120 90 50 40 西山镇 120 40 80 60 40 20 南山镇 10 4 6 5 4 1"
    assert [(t.metric, t.value) for t in annex("年采伐限额表\n单位:立方米", cells, gap).targets][:3] == [
        ("限额合计", 180),
        ("天然林", 60),
        ("人工林", 120),
    ]


ONE_FIGURE = {
    "a row each": ("乡镇 任务数(人) 东山镇 20 西山镇 30 南山镇 40", ""),
    "a total above the rows": ("乡镇 任务数(人) 合计 90 东山镇 20 西山镇 30 南山镇 40", ""),
    "remarks that most rows lack": ("乡镇 任务数(人) 备注 东山镇 20 西山镇 30 含外派 南山镇 40", ""),
    "running numbers": ("序号 乡镇 任务数(人) 1 东山镇 20 2 西山镇 30 3 南山镇 40", ""),
    "two blocks side by side": ("乡镇 任务数(人) 乡镇 任务数(人) 东山镇 20 西山镇 30 南山镇 40", ""),
    "the unit on a line of its own": ("乡镇 任务数 (人) 东山镇 20 西山镇 30 南山镇 40", ""),
    "the unit below the table": ("乡镇 任务数 东山镇 20 西山镇 30 南山镇 40", "单位:人"),
    "the unit in the word of the head": ("乡镇 转移就业人数 东山镇 20 西山镇 30 南山镇 40", ""),
    "a total without its number": ("序号 乡镇 任务数(人) 1 东山镇 20 2 西山镇 30 3 南山镇 40 合计 90", ""),
}


@pytest.mark.parametrize(("cells", "below"), ONE_FIGURE.values(), ids=ONE_FIGURE.keys())
def test_one_figure_for_each_town(cells: str, below: str) -> None:
    document = annex("各乡镇农村劳动力转移就业任务分配表", f"{cells} {below}", "\n")
    assert [(t.scope, t.value, t.unit) for t in document.targets if t.scope] == [
        ("东山镇", 20, "人"),
        ("西山镇", 30, "人"),
        ("南山镇", 40, "人"),
    ]
    assert [(t.value, t.unit) for t in document.targets if not t.scope] == ([(90, "人")] if "90" in cells else [])


def test_a_row_of_totals_lacks_number_and_office() -> None:
    cells = "序号 乡镇 新建(亩) 改造(亩) 责任单位 1 东山镇 10 20 东山镇政府 2 西山镇 30 40 西山镇政府 合计 40 60"
    document = annex("高标准农田任务分解表", cells, "\n")
    assert [(t.scope, t.metric, t.value) for t in document.targets][-2:] == [(None, "新建", 40), (None, "改造", 60)]


@layouts
def test_years_over_two_columns_each(gap: str) -> None:
    cells = "行政区 2026年 2027年 2028年 用水总量 其中:地下水 用水总量 其中:地下水 用水总量 其中:地下水 全县 90 9 80 8 70 7 东山镇 45 4 40 4 35 3 西山镇 45 5 40 4 35 4"
    assert goals(annex("用水总量控制指标\n单位:万立方米", cells, gap))[6:9] == [
        ("用水总量", "东山镇", 45, "万立方米", "2026"),
        ("地下水", "东山镇", 4, "万立方米", "2026"),
        ("用水总量", "东山镇", 40, "万立方米", "2027"),
    ]


def test_a_year_over_the_rows_of_towns_is_when_they_are_due() -> None:
    cells = "乡镇 任务 2026年 东山镇 10 西山镇 20 2027年 东山镇 15 西山镇 25"
    document = annex("农村改厕任务分配表\n单位:户", cells, "\n")
    assert goals(document)[1:3] == [("农村改厕", "西山镇", 20, "户", "2026"), ("农村改厕", "东山镇", 15, "户", "2027")]


def test_a_total_behind_the_years_is_of_the_whole() -> None:
    cells = "年度 指标 2026年 250 2027年 260 合计 510"
    assert goals(annex("青禾县年度建设用地指标\n单位:公顷", cells, "\n")) == [
        ("建设用地指标", None, 250, "公顷", "2026"),
        ("建设用地指标", None, 260, "公顷", "2027"),
        ("建设用地指标", None, 510, "公顷", None),
    ]


def test_the_parts_of_a_total_have_its_unit() -> None:
    cells = "地区 培训总人数 企业职工 农民工 城区 20 12 8 东片 30 10 20 西片 40 20 20"
    assert [t.unit for t in annex("培训计划分配表", cells, "\n").targets] == ["人"] * 9


@pytest.mark.parametrize("between", ["", "续表"])
def test_a_table_that_goes_on_with_its_heads_again_has_the_words_above_the_first(between: str) -> None:
    page = "乡镇 东片 西片 {} 10 20 {} 30 40 {} 50 60"
    cells = f"{page.format('东山镇', '西山镇', '南山镇')} {between} {page.format('北山镇', '中山镇', '小山镇')}"
    document = annex("造林任务分解表\n单位:亩", cells, "\n")
    assert [(t.scope, t.value, t.unit) for t in document.targets][6:8] == [("北山镇", 10, "亩"), ("北山镇", 20, "亩")]


@pytest.mark.parametrize(
    "head",
    [
        "地区",
        "省(区、市)",
        "县(市、区)",
        "市州",
        "单位",
        "镇(街道)",
        "县市区",
        "学校",
        "林场",
        "企业名称",
        "部门",
        "县别",
    ],
)
def test_whatever_the_places_are_called_each_has_its_share(head: str) -> None:
    cells = f"{head} 合计 天然林 人工林 全国 90 40 50 北山 30 10 20 南山 60 30 30"
    document = annex("年采伐限额表\n单位:立方米", cells, "\n")
    assert [(t.scope, t.value) for t in document.targets][3:6] == [("北山", 30), ("北山", 10), ("北山", 20)]
    assert len(document.targets) == 9


SHAPES = {
    "a total before the first number": "序号 乡镇 新建 改造 合计 60 90 1 东山镇 10 20 2 西山镇 20 30 3 南山镇 30 40",
    "a remark in the first row": "乡镇 新建 改造 备注 东山镇 10 20 含林场 西山镇 20 30 南山镇 30 40 合计 60 90",
    "remarks in some rows with numbers": "序号 乡镇 新建 改造 备注 1 东山镇 10 20 含林场 2 西山镇 20 30 3 南山镇 30 40 含林场 合计 60 90",
    "a remark behind the total above": "乡镇 新建 改造 备注 合计 60 90 含林场 东山镇 10 20 西山镇 20 30 含林场 南山镇 30 40",
}


@pytest.mark.parametrize("cells", SHAPES.values(), ids=SHAPES.keys())
def test_each_figure_is_a_goal_of_its_row_and_column(cells: str) -> None:
    found = goals(annex("造林任务分解表\n单位:亩", cells, "\n"))
    expected = {
        ("新建", None, 60), ("改造", None, 90), ("新建", "东山镇", 10), ("改造", "东山镇", 20),
        ("新建", "西山镇", 20), ("改造", "西山镇", 30), ("新建", "南山镇", 30), ("改造", "南山镇", 40),
    }  # fmt: skip
    assert {(metric, scope, value) for metric, scope, value, _, _ in found} == expected and len(found) == len(expected)


def test_two_rows_are_enough_where_a_head_has_a_unit() -> None:
    document = annex("造林任务分解表", "单位 新建(亩) 改造(亩) 东山镇 10 20 西山镇 20 30", "\n")
    assert [t.value for t in document.targets] == [10, 20, 20, 30]


@layouts
def test_years_under_one_head_beside_columns_of_what_was_there(gap: str) -> None:
    cells = (
        "乡镇 2025年招生人数 扩招 分年度招生任务 2026年 2027年 2028年 合计 150 60 170 190 210 东山镇 100(含借读) 40 110 125 140"
        " 西山镇 50 20 60 65 70"
    )
    document = annex("各乡镇招生计划表\n单位:人", cells, gap)
    assert goals(document)[:5] == [
        ("扩招", None, 60, "人", None),
        ("招生", None, 170, "人", "2026"),
        ("招生", None, 190, "人", "2027"),
        ("招生", None, 210, "人", "2028"),
        ("扩招", "东山镇", 40, "人", None),
    ]
    assert len(document.targets) == 12
