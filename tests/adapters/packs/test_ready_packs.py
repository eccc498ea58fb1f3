"""The packs that come with the program: each checks without a finding, its cases hold, its flows can be shown."""

from pathlib import Path

import pytest
from lxml import etree

from guatu.adapters.flows.layout import draw
from guatu.adapters.packs.finder import find_packs
from guatu.adapters.packs.loading import LoadedPack, load_pack
from guatu.adapters.packs.new import new_pack
from guatu.adapters.packs.run_cases import run_cases
from guatu.core.pack.sections import classes, clocks, duty, flows, parameters, samples

READY = {
    "disputes", "illegal_construction", "open_meetings", "small_powers", "stock_problems", "urban_management",
    "volunteering",
}  # fmt: skip
FOUND = {name: pack.folder for name, pack in find_packs(environment={}).items()}


def loaded(name: str) -> LoadedPack:
    pack, found = load_pack(FOUND[name])
    assert [one.text("en") for one in found] == []
    assert pack is not None
    return pack


def test_the_ready_packs_are_found() -> None:
    assert set(FOUND) >= READY


@pytest.mark.parametrize("name", sorted(READY))
def test_every_case_of_a_ready_pack_holds(name: str) -> None:
    results = run_cases(loaded(name))
    assert {one.file.split("/")[1] for one in results} == {"good", "bad"}
    assert {one.file: one.problems for one in results if not one.holds} == {}


@pytest.mark.parametrize("name", sorted(READY))
def test_every_class_of_a_ready_pack_has_a_limit_and_every_number_its_source(name: str) -> None:
    pack = loaded(name).pack
    assert pack[classes.SECTION].rows and pack[samples.SECTION].case
    rows = (*pack[clocks.SECTION].limit, *pack[parameters.SECTION].parameter, *pack[duty.SECTION].duty)
    assert all(row.source for row in rows)


@pytest.mark.parametrize("name", sorted(READY))
def test_every_part_of_a_ready_flow_is_drawn_and_nothing_overlaps(name: str) -> None:
    pack = loaded(name)
    for flow, engine in pack.engines.items():
        root = etree.fromstring(pack.pack[flows.SECTION][pack.files[flow]].encode())
        parts = {element.get("bpmnElement") for element in root.iter() if element.get("bpmnElement")}
        wanted = {node.id for node in engine.flow.nodes} | {arrow.id for arrow in engine.flow.arrows} | {flow}
        assert parts == wanted
        boxes = [
            tuple(float(bounds.get(key) or 0) for key in ("x", "y", "width", "height"))
            for bounds in root.iter("{http://www.omg.org/spec/DD/20100524/DC}Bounds")
        ]
        for at, (x, y, w, h) in enumerate(boxes):
            assert x >= 0 and y >= 0
            assert not [b for b in boxes[:at] if x < b[0] + b[2] and b[0] < x + w and y < b[1] + b[3] and b[1] < y + h]


@pytest.mark.parametrize("name", sorted(READY))
def test_a_ready_flow_speaks_both_languages(name: str) -> None:
    for engine in loaded(name).engines.values():
        named = [engine.flow, *engine.flow.steps, *(arrow for arrow in engine.flow.arrows if arrow.condition)]
        assert [one.id for one in named if not (one.name and one.name_en)] == []


def test_drawing_a_drawn_flow_again_changes_nothing() -> None:
    path = FOUND["urban_management"] / "flows" / "urban_management.bpmn"
    assert draw(path.read_text(encoding="utf-8")) == path.read_text(encoding="utf-8")


def test_disputes_are_confidential_and_nothing_else_is() -> None:
    assert [name for name in sorted(READY) if any(e.flow.confidential for e in loaded(name).engines.values())] == [
        "disputes"
    ]


def test_a_case_that_does_not_hold_is_told(tmp_path: Path) -> None:

    new_pack(tmp_path, "fishing")
    good = tmp_path / "fishing" / "cases" / "good" / "handled.toml"
    good.write_text(good.read_text(encoding="utf-8").replace("ended = true", "ended = false"), encoding="utf-8")
    bad = tmp_path / "fishing" / "cases" / "bad" / "no_reason.toml"
    bad.write_text(
        bad.read_text(encoding="utf-8").replace('move = "return"', 'move = "return"\nreason = "x"'), encoding="utf-8"
    )
    pack, _ = load_pack(tmp_path / "fishing")
    assert pack is not None
    assert [one.problems for one in run_cases(pack)] == [
        (("ended 应为 False,实际是 True", "ended is True, expected False"),),
        (("最后一步没有被拒绝", "the last step was not refused"),),
    ]


def test_a_case_that_cannot_go_on_says_at_which_step(tmp_path: Path) -> None:
    new_pack(tmp_path, "fishing")
    good = tmp_path / "fishing" / "cases" / "good" / "handled.toml"
    early = '[[step]]\nat = 2026-03-02T09:30:00\nstep = "handle"\nevent = { kind = "pause" }\n\n[[step]]'
    good.write_text(good.read_text(encoding="utf-8").replace("[[step]]", early, 1), encoding="utf-8")
    pack, _ = load_pack(tmp_path / "fishing")
    assert pack is not None
    assert run_cases(pack)[0].problems == (
        ("第 1 步:“办理”没有在计时;请先办到这一环节", "step 1: 办理 has no clock; the case must come to it first"),
    )


def test_a_case_on_a_day_without_hours_of_work_says_so(tmp_path: Path) -> None:
    new_pack(tmp_path, "fishing")
    clocks = tmp_path / "fishing" / "clocks.toml"
    text = clocks.read_text(encoding="utf-8")
    clocks.write_text(text.replace("shifts =", "valid_from = 2027-01-01\nshifts =", 1), encoding="utf-8")
    pack, _ = load_pack(tmp_path / "fishing")
    assert pack is not None
    assert run_cases(pack)[0].problems[0][1] == "cannot be played: no hours of work on 2026-03-02"
