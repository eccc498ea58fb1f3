"""Tables of figures: which cells are goals, in which unit, for which year."""

import pytest

from guatu.core.plan.commitments.tables import read_tables
from guatu.core.plan.commitments.targets import find_targets
from guatu.core.plan.commitments.targets_draft import TargetDraft
from guatu.core.plan.compiler import compile_text
from guatu.core.plan.outline.build import build_outline
from guatu.core.plan.source.normal import normalise


def goals(table: str, year: int | None = 2021) -> list[TargetDraft]:
    text = "附表 主要指标\n" + table.replace("|", "\t") + "\n"
    norm = normalise(text)
    tables = read_tables(build_outline(norm).documents[0], norm)
    rows = [(row.row.start, row.row.end, "task") for found in tables for row in found.rows]
    return find_targets(norm, text, rows, year, tables)  # type: ignore[arg-type]


def figures(table: str, year: int | None = 2021) -> list[tuple[str, object, str, str | None]]:
    return [(t.metric, t.value, t.unit, t.deadline) for t in goals(table, year)]


INDICATORS = """序号|指标名称|单位|2020年|2023年|2025年|属性
1|渠道衬砌率|%|53.2|57|≥60|预期性
2|新增节水灌溉面积(累计)|万亩|—|27|45|约束性
3|城乡供水价格比|—|2.46|2.3|2.2|预期性"""


def test_the_cells_of_years_to_come_are_goals_in_the_unit_of_their_row() -> None:
    assert figures(INDICATORS) == [
        ("渠道衬砌率", 57, "%", "2023"),
        ("渠道衬砌率", 60, "%", "2025"),
        ("新增节水灌溉面积(累计)", 27, "万亩", "2023"),
        ("新增节水灌溉面积(累计)", 45, "万亩", "2025"),
        ("城乡供水价格比", 2.3, "", "2023"),
        ("城乡供水价格比", 2.2, "", "2025"),
    ]


def test_a_sign_in_the_cell_is_the_comparison() -> None:
    assert [t.op for t in goals(INDICATORS)][:2] == ["=", ">="]


def test_the_quantity_of_a_cell_is_in_the_base_unit() -> None:
    quantity = goals(INDICATORS)[0].quantity
    assert quantity is not None
    assert (quantity.value, quantity.unit) == (0.57, "1")


@pytest.mark.parametrize(
    ("table", "expected"),
    [
        ("指标|2020年(现状)|2025年\n衬砌率(%)|53|60\n驿站(座)|3|9", [("衬砌率", 60, "%", "2025"), ("驿站", 9, "座", "2025")]),
        ("指标|基期值|目标值|单位\n衬砌率|53|60|%\n驿站|3|9|座", [("衬砌率", 60, "%", None), ("驿站", 9, "座", None)]),
        ("序号|项目名称|单位|三年合计|2022年|2023年\n1|渠道衬砌|公里|96.4|32|64.4", [
            ("渠道衬砌", 96.4, "公里", None), ("渠道衬砌", 32, "公里", "2022"), ("渠道衬砌", 64.4, "公里", "2023")]),
        ("建设内容|单位|数量|估算投资(万元)\n渠道衬砌|公里|96.4|38600\n驿站|座|9|1200", [
            ("渠道衬砌", 96.4, "公里", None), ("驿站", 9, "座", None)]),
        ("指标名称|2022年|2025年\n衬砌率|85%|90%以上\n驿站|6座|9座", [
            ("衬砌率", 85, "%", "2022"), ("衬砌率", 90, "%", "2025"), ("驿站", 6, "座", "2022"), ("驿站", 9, "座", "2025")]),
        ("指标|单位|2021年|2025年\n蔬菜产值|亿元|12|20\n渠道投资|亿元|3|5", [
            ("蔬菜产值", 12, "亿元", "2021"), ("蔬菜产值", 20, "亿元", "2025")]),
        ("项目|2022年目标(座)|2023年目标(座)\n新建驿站|3|6\n改造泵站|2|4", [
            ("新建驿站", 3, "座", "2022"), ("新建驿站", 6, "座", "2023"), ("改造泵站", 2, "座", "2022"), ("改造泵站", 4, "座", "2023")]),
        ("年度|渠道衬砌(公里)|新建驿站(座)|投资(万元)\n2022年|30|3|500\n2023年|40|6|700", [
            ("渠道衬砌", 30, "公里", "2022"), ("新建驿站", 3, "座", "2022"), ("渠道衬砌", 40, "公里", "2023"), ("新建驿站", 6, "座", "2023")]),
    ],
)  # fmt: skip
def test_heads_of_other_shapes_are_understood(table: str, expected: object) -> None:
    assert figures(table) == expected


@pytest.mark.parametrize(
    "table",
    [
        "序号|乡镇|渠道衬砌|新建驿站\n1|甲镇|30|3\n2|乙镇|40|6",
        "姓名|单位|电话\n张三|县水利局|13900000000\n李四|县住建局|13800000000",
        "年份|2018年|2019年\n衬砌率(%)|40|45\n驿站(座)|1|2",
        "考核项目|分值|评分标准\n渠道|20|按实际\n驿站|30|按实际",
    ],
)
def test_other_tables_hold_no_goals(table: str) -> None:
    assert figures(table) == []


def test_words_in_other_cells_stay_with_the_grammar_of_sentences() -> None:
    table = "项目名称|单位|2023年|备注\n渠道衬砌|公里|30|新建驿站9座\n泵站|座|4|改造泵房6处"
    assert [(t.value, t.unit) for t in goals(table)] == [(30, "公里"), (9, "座"), (4, "座"), (6, "处")]


def test_a_bare_figure_in_a_column_of_goals_is_the_goal_of_its_task() -> None:
    text = (
        "青禾县任务清单\n\n序号\t重点任务\t工作目标\t牵头单位\n1\t铺设管网\t20公里\t县住建局\n"
        "2\t提高普及率\t95%\t县水利局\n3\t筹集资金\t1,200.50万元\t县财政局\n"
    )
    targets = compile_text(text).plan.documents[0].targets
    assert [(one.metric, one.value, one.unit) for one in targets] == [
        ("铺设管网", 20, "公里"), ("提高普及率", 95, "%"), ("筹集资金", 1200.5, "万元"),
    ]  # fmt: skip
