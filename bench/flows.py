"""What a step of a case costs: playing its history, and all that a case desk does for one entry.

`python bench/flows.py` prints a table; each ready flow is walked along one of its good cases, so that the figures are of
cases as they are and not of an empty flow. Times are medians over all steps of a round, then the median of the rounds.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.publish import Declared, publish
from guatu.adapters.flows.stepping import open_case, step_case
from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import LoadedPack, load_pack
from guatu.core.calendar.hours import CHINA
from guatu.core.cases.case import Case, MoveEntry, replay
from guatu.core.cases.flow import moves
from guatu.core.cases.lanes import post_names
from guatu.core.pack.case_table import PackCase
from guatu.core.pack.sections import cases, clocks, decisions, flows, parameters, posts
from guatu.core.pack.sections.fields import case_fields

ROUNDS = 25
Times = dict[str, list[float]]


def main() -> int:
    print(f"load of the machine when it began: {os.getloadavg()[0]:.1f}; {ROUNDS} rounds; milliseconds\n")
    print("| flow | steps | publish | history played | one entry |")
    print("|---|---|---|---|---|")
    for pack in find_packs(environment={}).values():
        loaded = load_pack(pack.folder)[0] if (pack.folder / "flows").is_dir() else None
        if loaded is None:
            continue
        case = max(loaded.pack[cases.SECTION].good.values(), key=lambda one: len(one.step))
        times: Times = {}
        for _ in range(ROUNDS):
            walk(loaded, case, times)
        cells = " | ".join(f"{statistics.median(times[key]):.3f}" for key in ("play", "entry"))
        print(f"| {case.flow} | {len(case.step)} | {published(loaded, case):.1f} | {cells} |")
    return 0


def published(loaded: LoadedPack, case: PackCase) -> float:
    """Milliseconds to read, check and ready a flow."""
    pack = loaded.pack
    file = loaded.files[case.flow]
    held = pack[posts.SECTION]
    numbers, names = pack[parameters.SECTION].all, post_names(held.post)
    declared = Declared(held.names, pack[clocks.SECTION].names, case_fields(pack), numbers, names)
    rounds = [
        timed(lambda: publish(pack[flows.SECTION][file], file, declared, pack[decisions.SECTION])) for _ in range(5)
    ]
    return statistics.median(rounds)


def walk(loaded: LoadedPack, case: PackCase, times: Times) -> None:
    """One case along its steps."""
    engine = loaded.engines[case.flow]
    opened = Case(
        id="1",
        flow=case.flow,
        version=engine.version,
        opened_at=case.opened.replace(tzinfo=CHINA),
        class_code=case.class_,
        data=case.data,
    )
    now = open_case(engine, opened)
    for entry in entries(engine, case):
        measured(times, "play", replay, engine.flow, now.case, engine.decide)
        now = measured(times, "entry", step_case, engine, now.case, entry)
        assert now.findings == (), now.findings


def entries(engine: FlowEngine, case: PackCase) -> list[MoveEntry]:
    found = []
    for step in case.step:
        if step.event is not None:
            continue
        verb = next(move.verb for move in moves(engine.flow, step.step) if move.key == step.move)
        at = step.at.replace(tzinfo=CHINA)
        words: dict[str, Any] = {"step": step.step, "move": step.move, "reason": step.reason, "fields": step.fields}
        found.append(MoveEntry(at=at, actor="x", role=step.post, verb=verb, **words))
    return found


def measured(times: Times, key: str, work: Callable[..., Any], *arguments: Any) -> Any:
    began = time.perf_counter()
    result = work(*arguments)
    times.setdefault(key, []).append((time.perf_counter() - began) * 1000)
    return result


def timed(work: Callable[[], Any]) -> float:
    times: Times = {}
    measured(times, "x", work)
    return times["x"][0]


if __name__ == "__main__":
    sys.exit(main())
