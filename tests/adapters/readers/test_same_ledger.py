"""The same table of tasks gives the same ledger, whatever file it comes in; rows in any order, columns in any order."""

import random
from collections.abc import Callable

import pytest

from guatu.adapters.documents import Asked, Made, make
from tests.adapters.readers.test_tables import WAYS, Drawn

Make = Callable[..., bytes]
COLUMNS = ["重点任务", "牵头单位", "责任单位", "完成时限"]
TASKS = [
    ["新建泵站3座", "县水利局", "县财政局", "2026年9月底"],
    ["更换水表800只", "县住建局", "", "2026年10月底"],
    ["清洗水池12座", "县水利局", "县卫健局", "2026年11月底"],
    ["铺设管网20公里", "县住建局", "县发改局", "2026年8月底"],
]
LAYOUTS = ("plain", "two row head", "group merged down")


def drawn(layout: str, seed: int) -> list[Drawn]:
    """Tasks in an order of their own, numbered; columns behind the first two in an order of their own as well."""
    chance = random.Random(seed)
    order = [1, 2, 3]
    tasks = chance.sample(TASKS, len(TASKS))
    if layout == "plain":
        chance.shuffle(order)
    heads = 2 if layout == "two row head" else 1
    first = ["序号", *(["类别"] if layout == "group merged down" else []), COLUMNS[0]]
    cells: list[Drawn] = [(text, 0, column, heads, 1) for column, text in enumerate(first)]
    for place, column in enumerate(order, len(first)):
        cells.append((COLUMNS[column], heads - 1 if column < 3 else 0, place, 1 if column < 3 else heads, 1))
    if layout == "two row head":
        cells.append(("分工", 0, len(first), 1, 2))
    for number, task in enumerate(tasks):
        row = heads + number
        cells.append((str(number + 1), row, 0, 1, 1))
        if layout == "group merged down" and number % 2 == 0:
            cells.append((f"供水{number}", row, 1, 2, 1))
        cells.append((task[0], row, len(first) - 1, 1, 1))
        cells += [(task[column], row, place, 1, 1) for place, column in enumerate(order, len(first))]
    return sorted(cells, key=lambda cell: (cell[1], cell[2]))


def with_bars(cells: list[Drawn], _: dict[str, Make]) -> bytes:
    rows = _lines(cells)
    dashes = "|" + "---|" * len(rows[0])
    lines = [f"| {' | '.join(row)} |" for row in rows]
    return "\n".join(["任务表", "", lines[0], dashes, *lines[1:], ""]).encode()


def with_tabs(cells: list[Drawn], _: dict[str, Make]) -> bytes:
    return "\n".join(["任务表", "", *("\t".join(row) for row in _lines(cells)), ""]).encode()


def _lines(cells: list[Drawn]) -> list[list[str]]:
    return [[cell[0] for cell in cells if cell[1] == row] for row in range(max(cell[1] for cell in cells) + 1)]


def ledger(made: Made) -> list[tuple[object, ...]]:
    return [
        (
            task.title,
            {(duty.role, duty.unit) for duty in task.units},
            [one.iso for one in document.deadlines if one.id in task.deadlines],
            [(one.value, one.unit) for one in document.targets if one.id in task.targets],
        )
        for document in made.plan.documents
        for task in document.tasks
    ]


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_table_of_tasks_gives_the_same_ledger_from_every_format(
    layout: str, seed: int, make_docx: Make, make_pdf: Make
) -> None:
    cells = drawn(layout, seed)
    ways = {**WAYS, **({"md": with_bars, "txt": with_tabs} if layout == "plain" else {})}
    found = {}
    for way, write in ways.items():
        made = make(
            write(cells, {"docx": make_docx, "pdf": make_pdf}), Asked(f"青禾县2026年任务清单.{way}", "任务清单")
        )
        assert isinstance(made, Made)
        found[way] = ledger(made)
    wanted = [
        (
            task[0],
            {("lead", task[1])} | ({("responsible", task[2])} if task[2] else set()),
            [{"9": "2026-09-30", "10": "2026-10-31", "11": "2026-11-30", "8": "2026-08-31"}[task[3][5:-2]]],
        )
        for task in random.Random(seed).sample(TASKS, len(TASKS))
    ]
    assert {way: [entry[:3] for entry in entries] for way, entries in found.items()} == dict.fromkeys(ways, wanted)
    assert all(entries == found["html"] for entries in found.values())
