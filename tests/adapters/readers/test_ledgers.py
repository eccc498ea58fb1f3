"""One table of tasks gives one ledger, whatever file it stands in: heads of one or two rows, groups merged down or over
all columns, units and limits merged over several tasks."""

import random
from collections.abc import Callable
from functools import partial

import pytest

from guatu.adapters.readers import read_bytes
from guatu.core.plan.compiler import compile_text
from tests.adapters.readers.test_tables import WAYS, Drawn, in_pdf
from tests.core.plan.tables import Told, told

Make = Callable[..., bytes]
WORKS = ("新建水厂", "改造管网", "整治河道", "修建村道", "更换水表", "扩建学校", "安装路灯", "清理沟渠", "绿化荒坡")
LEADS = ("县水利局", "县住建局", "县交通局")
SUPPORTS = ("", "县财政局", "县教育局", "县财政局、县自然资源局")
LIMITS = {"2026年3月底": "2026-03-31", "2026年6月30日": "2026-06-30", "2026年10月": "2026-10"}
# In a cell of a pdf the longest names have to fit into one line.
DRAW = {**WAYS, "pdf": partial(in_pdf, size=7)}
GROUPS = ("一、供水", "二、道路", "三、村容")


def _head(chance: random.Random) -> tuple[list[Drawn], int]:
    """The head in one row or two, and the number of its rows."""
    if chance.random() < 0.5:
        names = ("序号", "工作任务", "牵头单位", "配合单位", "完成时限")
        return [(name, 0, column, 1, 1) for column, name in enumerate(names)], 1
    upper: list[Drawn] = [
        ("序号", 0, 0, 2, 1),
        ("工作任务", 0, 1, 2, 1),
        ("分工", 0, 2, 1, 2),
        ("完成时限", 0, 4, 2, 1),
    ]
    return [*upper, ("牵头", 1, 2, 1, 1), ("配合", 1, 3, 1, 1)], 2


def drawn(seed: int) -> tuple[list[Drawn], list[Told]]:
    """A table by chance, and what is to be known of its tasks."""
    chance = random.Random(seed)
    cells, row = _head(chance)
    tasks: list[Told] = []
    works = chance.sample(WORKS, 6)
    for group in chance.sample(GROUPS, chance.choice((0, 1, 2))) or [""]:
        if group:
            cells.append((group, row, 0, 1, 5))
            row += 1
        together = chance.choice((1, 2, 3))
        lead, limit = chance.choice(LEADS), chance.choice(sorted(LIMITS))
        cells += [(lead, row, 2, together, 1), (limit, row, 4, together, 1)]
        for at in range(together):
            number, support = str(len(tasks) + 1), chance.choice(SUPPORTS)
            work = works[len(tasks)]
            cells += [(number, row + at, 0, 1, 1), (work, row + at, 1, 1, 1), (support, row + at, 3, 1, 1)]
            names = tuple(("support", name) for name in support.split("、") if name)
            path = f"{group[0]}/{number}" if group else number
            tasks.append((path, work, (("lead", lead), *names), (LIMITS[limit],)))
        row += together
    return sorted(cells, key=lambda cell: (cell[1], cell[2])), tasks


@pytest.mark.parametrize("way", DRAW)
@pytest.mark.parametrize("seed", range(12))
def test_a_table_of_tasks_gives_the_same_ledger_in_every_format(
    seed: int, way: str, make_docx: Make, make_pdf: Make
) -> None:
    cells, tasks = drawn(seed)
    source = read_bytes(DRAW[way](cells, {"docx": make_docx, "pdf": make_pdf}), f"任务表.{way}")
    compiled = compile_text(source.text, format=source.format, tables=source.tables)
    assert told(compiled) == tasks
    coverage = compiled.plan.coverage
    assert (coverage.as_task, coverage.unread) == (len(tasks), 0)
    assert coverage.numbered_items == coverage.as_task + coverage.as_other
