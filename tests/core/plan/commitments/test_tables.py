"""Tables of tasks in the layouts that offices draw, each in all the ways in which a table reaches the compiler."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guatu.core.plan.compiler import compile_text
from guatu.core.plan.outline.column_words import HEADS, kind_of_head
from tests.core.plan.tables import WAYS, Drawn, compiled_from_cells, told, with_tabs

HEAD = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
WORKS = ("新建水厂", "改造管网", "整治河道", "修建村道", "更换水表", "扩建学校", "安装路灯", "清理沟渠", "绿化荒坡")
UNITS = ("县水利局", "县住建局", "县财政局", "县教育局", "各乡镇人民政府", "县城管局")
MONTHS = {
    "2025年3月底": "2025-03-31",
    "2025年6月底前": "2025-06-30",
    "2025年10月": "2025-10",
    "2025年12月31日": "2025-12-31",
}

rows = st.lists(
    st.tuples(
        st.sampled_from(WORKS),
        st.sampled_from(UNITS[:3]),
        st.lists(st.sampled_from(UNITS[3:]), max_size=2, unique=True),
        st.sampled_from(sorted(MONTHS)),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda row: row[0],
)


@pytest.mark.parametrize("way", WAYS)
@given(rows)
def test_a_table_says_the_same_in_whatever_way_it_is_drawn(way, given_rows) -> None:
    drawn = [
        (str(n), work, lead, "、".join(support), month) for n, (work, lead, support, month) in enumerate(given_rows, 1)
    ]
    found = told(WAYS[way]([HEAD, *drawn]))
    assert found == [
        (str(n), work, (("lead", lead), *(("support", unit) for unit in support)), (MONTHS[month],))
        for n, (work, lead, support, month) in enumerate(given_rows, 1)
    ]


@given(
    st.lists(
        st.lists(
            st.sampled_from(["", "1", "合计", "县水利局", "新建水厂3座", "一、供水", "2025年6月", *HEAD]), max_size=6
        ),
        max_size=8,
    )
)
def test_every_row_is_accounted_for_and_an_unread_one_is_reported(given_rows) -> None:
    compiled = compile_text("青禾县任务表\n\n" + "".join("\t".join(row) + "\n" for row in given_rows))
    coverage = compiled.plan.coverage
    assert coverage.numbered_items == coverage.as_task + coverage.as_other + coverage.unread
    unread = [table.span for table in compiled.plan.tables if table.kind == "other" and table.unread]
    told = [finding for finding in compiled.findings if finding.code == "plan.row-unread"]
    assert [one.span for one in compiled.findings if one.code == "plan.table-unread"] == unread
    assert coverage.unread == len(told) + sum(t.unread for t in compiled.plan.tables if t.kind == "other")


def test_each_word_of_a_head_announces_the_column_that_its_example_shows() -> None:
    for entry in HEADS:
        assert kind_of_head(entry.example) == entry.kind, entry.example


def test_a_group_that_is_merged_down_belongs_to_each_of_its_rows() -> None:
    compiled = compiled_from_cells(
        [
            ("类别", *HEAD),
            (Drawn("供水", rows=2), "1", "新建水厂", "县水利局", "县财政局", "2025年6月底"),
            ("2", "改造管网", "县住建局", "", "2025年9月底"),
        ]
    )
    assert told(compiled) == [
        ("1", "新建水厂", (("lead", "县水利局"), ("support", "县财政局")), ("2025-06-30",)),
        ("2", "改造管网", (("lead", "县住建局"),), ("2025-09-30",)),
    ]


def test_a_unit_and_a_limit_merged_over_rows_hold_for_all_of_them() -> None:
    compiled = compiled_from_cells(
        [
            HEAD,
            ("1", "新建水厂", Drawn("县水利局", rows=2), "县财政局", Drawn("2025年6月底", rows=2)),
            ("2", "改造管网", ""),
        ]
    )
    assert [task[2:] for task in told(compiled)] == [
        ((("lead", "县水利局"), ("support", "县财政局")), ("2025-06-30",)),
        ((("lead", "县水利局"),), ("2025-06-30",)),
    ]


def test_measures_below_a_merged_task_are_tasks_with_its_number() -> None:
    compiled = compiled_from_cells(
        [
            ("序号", "重点任务", "具体措施", "责任单位"),
            (Drawn("1", rows=2), Drawn("整治河道", rows=2), "清淤5公里", "县水利局"),
            ("绿化岸坡", "县城管局"),
        ]
    )
    assert told(compiled) == [
        ("1", "清淤5公里", (("responsible", "县水利局"),), ()),
        ("1", "绿化岸坡", (("responsible", "县城管局"),), ()),
    ]


def test_units_in_rows_of_a_task_that_is_merged_down_are_all_its_own() -> None:
    compiled = compiled_from_cells(
        [
            ("序号", "重点任务", "牵头单位"),
            (Drawn("1", rows=2), Drawn("整治河道", rows=2), "县水利局"),
            ("县城管局",),
        ]
    )
    assert told(compiled) == [("1", "整治河道", (("lead", "县水利局"), ("lead", "县城管局")), ())]


@pytest.mark.parametrize(
    "head",
    [
        [
            (Drawn("序号", rows=2), Drawn("任务", rows=2), Drawn("责任分工", columns=2), Drawn("时限", rows=2)),
            ("牵头", "配合"),
        ],
        [("序号", "任务", "牵头", "配合", "时限")],
        [(Drawn("表1 任务分解", columns=5),), ("序号", "任务", "牵头", "配合", "时限")],
    ],
    ids=["two rows", "one row", "a caption above"],
)
def test_a_head_of_several_rows_is_one_head(head) -> None:
    compiled = compiled_from_cells([*head, ("1", "新建水厂", "县水利局", "县财政局", "2025年6月底")])
    assert told(compiled) == [("1", "新建水厂", (("lead", "县水利局"), ("support", "县财政局")), ("2025-06-30",))]


def test_rows_over_all_columns_head_groups_and_remarks_are_no_tasks() -> None:
    compiled = compiled_from_cells(
        [
            HEAD,
            (Drawn("一、供水", columns=5),),
            ("1", "新建水厂", "县水利局", "", "2025年6月底"),
            (Drawn("二、道路", columns=5),),
            ("2", "修建村道", "县交通运输局", "", "2025年9月底"),
            (Drawn("合计", columns=2), "", "", ""),
            (Drawn("备注:各单位每月报进展。", columns=5),),
        ]
    )
    assert [(path, title) for path, title, _, _ in told(compiled)] == [("一/1", "新建水厂"), ("二/2", "修建村道")]
    assert compiled.plan.coverage.unread == 0


def test_a_table_without_a_head_goes_on_the_one_before_it() -> None:
    text = "青禾县任务分解表\n\n序号\t工作任务\t责任单位\n1\t新建水厂\t县水利局\n\n(续表)\n\n2\t改造管网\t县住建局\n3\t整治河道\t县水利局\n"
    assert [path for path, *_ in told(compile_text(text))] == ["1", "2", "3"]


def test_a_head_that_is_repeated_on_each_page_is_no_task() -> None:
    row = ("1", "新建水厂", "县水利局", "", "2025年6月底")
    assert len(told(with_tabs([HEAD, row, HEAD, ("2", *row[1:])]))) == 2


@pytest.mark.parametrize("nobody", ["无", "/", "—", "-", "——"])
def test_a_cell_that_says_nobody_names_nobody(nobody: str) -> None:
    found = told(with_tabs([HEAD, ("1", "新建水厂", "县水利局", nobody, "2025年6月底")]))
    assert found[0][2] == (("lead", "县水利局"),)


def test_a_short_title_with_a_word_of_heads_is_a_task() -> None:
    rows = [(str(n), title, "县水利局") for n, title in enumerate(("水源工程", "管网项目", "水质任务"), 1)]
    found = told(with_tabs([("序号", "项目", "责任单位"), *rows]))
    assert [title for _, title, *_ in found] == ["水源工程", "管网项目", "水质任务"]


def test_marks_of_an_assessment_are_no_tasks_and_set_no_goals() -> None:
    compiled = with_tabs(
        [("考核项目", "分值", "评分标准"), ("组织领导", "10", "未成立专班扣5分"), ("信息报送", "5", "少报1次扣1分")]
    )
    assert not told(compiled)
    assert not compiled.plan.documents[0].targets


def test_a_column_of_a_year_dates_its_goals_in_figures_and_in_words() -> None:
    compiled = compiled_from_cells(
        [
            (Drawn("序号", rows=2), Drawn("任务", rows=2), Drawn("年度目标", columns=2), Drawn("责任单位", rows=2)),
            ("2025年", "2026年"),
            ("1", "改造农村公路", "完成20公里", "30公里", "县交通运输局"),
        ]
    )
    (document,) = compiled.plan.documents
    assert [(one.metric, one.value, one.deadline) for one in document.targets] == [
        ("改造农村公路", 20, "2025"), ("改造农村公路", 30, "2026"),
    ]  # fmt: skip


def test_tables_apart_by_an_empty_line_are_two() -> None:
    text = (
        "青禾县任务表\n\n序号\t任务\t责任单位\n1\t新建水厂\t县水利局\n\n项目\t分值\t标准\n组织领导\t10\t未成立扣5分\n"
    )
    compiled = compile_text(text)
    assert [title for _, title, *_ in told(compiled)] == ["新建水厂"]


def test_a_column_that_a_person_names_is_the_one_of_the_tasks() -> None:
    text = "青禾县2024年要事\n\n方面\t亮点\t说明\n供水\t新建水厂2座\t一期\n道路\t修建村道5公里\t二期\n"
    (before,) = compile_text(text).plan.tables
    assert (before.kind, before.task_column, before.as_task, before.unread) == ("other", None, 0, 2)
    plan = compile_text(text, task_columns={0: 1}).plan
    assert [task.title for task in plan.documents[0].tasks] == ["新建水厂2座", "修建村道5公里"]
    (table,) = plan.tables
    assert (table.kind, table.task_column, table.guessed, table.as_task) == ("tasks", 1, False, 2)


def test_how_a_table_was_understood_is_told() -> None:
    (table,) = with_tabs([HEAD, ("1", "新建水厂", "县水利局", "", "2025年6月底")]).plan.tables
    assert [column.kind for column in table.columns] == ["number", "task", "lead", "support", "deadline"]
    assert (table.kind, table.rows, table.as_task, table.unread) == ("tasks", 1, 1, 0)


@given(st.dictionaries(st.integers(-1, 3), st.integers(-1, 9), max_size=3))
def test_a_choice_of_a_table_or_column_that_is_not_there_changes_nothing(chosen) -> None:
    text = "青禾县任务表\n\n任务\t责任单位\n新建水厂\t县水利局\n"
    inside = {table: column for table, column in chosen.items() if table == 0 and 0 <= column < 2}
    assert told(compile_text(text, task_columns=chosen)) == told(compile_text(text, task_columns=inside))


def test_a_head_of_unknown_words_is_no_row_when_a_person_names_its_column() -> None:
    text = "青禾县2024年要事\n\n片区\t亮点\t看点\n老城\t新建水厂2座\t一期\n新城\t修建村道5公里\t二期\n"
    plan = compile_text(text, task_columns={0: 1}).plan
    assert [task.title for task in plan.documents[0].tasks] == ["新建水厂2座", "修建村道5公里"]
    assert [column.head for column in plan.tables[0].columns] == ["片区", "亮点", "看点"]


def test_goals_of_years_go_on_where_a_table_goes_on_without_its_head() -> None:
    text = (
        "青禾县任务表(2026-2027年)\n\n序号\t任务\t2026年\t2027年\t责任单位\n1\t造林\t300亩\t350亩\t县林业局\n\n(续表)\n\n"
        "2\t治沙\t20亩\t30亩\t县林业局\n"
    )
    targets = compile_text(text).plan.documents[0].targets
    assert [(one.metric, one.value, one.deadline) for one in targets][2:] == [
        ("治沙", 20, "2026"),
        ("治沙", 30, "2027"),
    ]
