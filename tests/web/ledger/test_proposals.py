"""Rows that are proposed for a compiled plan."""

import datetime
from decimal import Decimal

import pytest

from guatu.core.link.unit_names import NamedUnit, UnitNames
from guatu.core.plan.compiler import compile_text
from guatu.web.ledger.proposals import Proposal, goal_of, propose
from tests.web.ledger.conftest import FIRST

NAMES = UnitNames([NamedUnit(1, "青禾县水利局"), NamedUnit(2, "青禾县财政局")])


def proposal(text: str = FIRST) -> Proposal:
    return propose(compile_text(text).plan, text, NAMES)


def test_the_plan_is_headed_by_its_own_title_and_by_number_and_day_of_its_notice() -> None:
    found = proposal()
    assert found.title == "青禾县2026年乡村水利建设实施方案"
    assert (found.doc_no, found.issuer) == ("青政办发〔2026〕9号", "青禾县人民政府办公室")
    assert found.issued_on == datetime.date(2026, 2, 10)


def test_every_task_keeps_its_place_its_clause_and_the_heading_it_stands_under() -> None:
    tasks = proposal().tasks
    assert [t.title for t in tasks] == ["新建供水管网", "改造泵站", "清淤河道", "绿化河岸"]
    assert [t.domain for t in tasks] == ["完善供水设施", "完善供水设施", "整治河道", "整治河道"]
    for task in tasks:
        assert FIRST[task.start : task.end].strip() == task.content


def test_known_units_are_linked_vague_ones_say_so_and_others_wait() -> None:
    duties = {(d.text, d.unit_id, d.unlinked) for t in proposal().tasks for d in t.duties}
    assert {("县水利局", 1, ""), ("县财政局", 2, ""), ("县水力局", None, ""), ("各相关部门", None, "vague")} <= duties


def test_a_time_limit_is_its_last_day_and_a_target_without_one_takes_its_tasks() -> None:
    pipes, pumps, *_ = proposal().tasks
    assert pipes.due == datetime.date(2026, 10, 31)
    assert {t.due for t in pumps.targets} == {datetime.date(2026, 9, 30)}


def test_targets_of_the_whole_plan_are_kept_and_not_tracked() -> None:
    loose = proposal().targets
    assert [t.metric for t in loose] == ["农村自来水普及率", "新建供水管网"]
    assert not any(t.tracked for t in loose)


def test_an_annex_is_a_field_of_work_and_its_lead_unit_leads_what_it_leaves_open() -> None:
    text = (
        FIRST + "\n附件1\n\n青禾县2026年村级水窖建设实施方案\n（县财政局牵头）\n\n一、主要任务\n（一）修建水窖\n"
        "  修建水窖30口,9月底前完成。（责任单位:县水利局）\n"
    )
    annexed = [t for t in proposal(text).tasks if t.annex]
    assert [t.domain for t in annexed] == ["村级水窖建设"]
    assert annexed[0].due == datetime.date(2026, 9, 30)
    assert ("lead", "县财政局", 2) in {(d.role, d.text, d.unit_id) for d in annexed[0].duties}


@pytest.mark.parametrize(
    ("op", "metric", "unit", "value", "meaning"),
    [
        ("=", "新建供水管网", "公里", 40, ("up", "cumulative")),
        ("=", "护岸林", "亩", 120, ("up", "cumulative")),
        (">=", "农村自来水普及率", "%", 96, ("up", "level")),
        ("<=", "管网漏损率", "%", 9, ("down", "level")),
        ("=", "水质达标率保持", "%", 100, ("hold", "level")),
        ("=", "乱倒垃圾事件", "起", 0, ("hold", "level")),
        ("=", "改造规模以下养殖户", "户", 320, ("up", "cumulative")),
        ("=", "管网密度", "公里/平方公里", 8, ("reach", "level")),
    ],
)
def test_direction_and_kind_are_read_from_comparison_words_and_unit(
    op: str, metric: str, unit: str, value: int, meaning: tuple[str, str]
) -> None:
    goal = goal_of(op, metric, metric, unit, Decimal(value))
    assert (goal.direction, goal.kind) == meaning


def test_a_figure_that_no_column_holds_is_left_to_the_text() -> None:
    text = FIRST.replace("改造泵站6座", "改造泵站600000000000000000座")
    pumps = proposal(text).tasks[1]
    assert [t.metric for t in pumps.targets] == ["机电完好率"]
