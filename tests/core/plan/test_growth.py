"""What costs most to read grows no faster than its length: shapes in which each line could look at all the others.

A quadratic reader takes sixteen times as long for four times the text; twice the linear time is left for the machine.
"""

import time
from collections.abc import Callable

import pytest

from guatu.core.plan.compiler import compile_text

SHORT = 6_000
SHAPES: dict[str, Callable[[int], str]] = {
    "sections of one number": lambda size: "一、总体\n" * (size // 5),
    "brackets in brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "heads of annexes": lambda size: "附件1\n" * (size // 4),
    "heads with titles": lambda size: "附件1 任务分工表\n" * (size // 10),
    "annexes that are tables": lambda size: "附件1 甲表\n序号\t任务\t责任单位\n1\t修路\t县交通局\n" * (size // 32),
    "a list of annexes": lambda size: "".join(f"附件{at % 999}:任务分工表\n" for at in range(size // 9)),
    "marks that count": lambda size: "".join(f"{at}、修建道路和,\n" for at in range(1, size // 10)),
    "marks of one number": lambda size: "1、修建道路和,\n" * (size // 9),
    "labels of a card": lambda size: "发文机关:甲\n" * (size // 7),
    "titles": lambda size: "关于做好植树工作的通知\n" * (size // 12),
    "days": lambda size: "2024年3月1日\n" * (size // 10),
    "five levels": lambda size: "一、甲\n(一)乙\n1.丙\n(1)丁\n①戊\n" * (size // 25),
    "one line": lambda size: "一、总体。(一)甲乙。1.丙丁。" * (size // 17),
    "blanks": lambda size: "青禾县人民政府 关于 " * (size // 11),
    "stars": lambda size: "*" * size,
    "rows apart by blanks": lambda size: (
        "序号 任务 责任单位 完成时限 " + " ".join(f"{at} 修渠 县水利局 6月底" for at in range(1, size // 16))
    ),
    "heads without rows": lambda size: "序号 任务 责任单位 完成时限\n" * (size // 16),
    "heads with one row": lambda size: "序号 任务 责任单位\n1 修渠 县水利局\n" * (size // 24),
    "cells one a line": lambda size: "序号\n任务\n责任单位\n1\n修渠\n县水利局\n" * (size // 23),
    "rows with tabs": lambda size: "任务\t责任单位\t时限\n" + "修渠\t县水利局\t6月底\n" * (size // 12),
    "lost numbers": lambda size: "".join(
        f"{at * 2 % 999 + 1}.甲乙。(责任单位:县水利局) 丙丁。(责任单位:县财政局) " for at in range(size // 42)
    ),
}


def seconds(text: str) -> float:
    began = time.process_time()
    compile_text(text)
    return time.process_time() - began


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES.keys())
def test_the_time_grows_as_the_text_does(shape: Callable[[int], str]) -> None:
    compile_text(shape(100))
    short = min(seconds(shape(SHORT)) for _ in range(3))
    long = min(seconds(shape(4 * SHORT)) for _ in range(2))
    assert long < 8 * short + 0.05
