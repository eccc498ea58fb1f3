from guatu.core.plan.compiler import compile_text
from tests.core.plan.tables import Drawn, compiled_from_cells

GUESSED, UNREAD = "plan.table-guessed", "plan.row-unread"


def codes(compiled) -> list[str]:
    return [finding.code for finding in compiled.findings if finding.code in (GUESSED, UNREAD)]


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
