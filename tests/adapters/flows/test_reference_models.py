"""The reference models of the BPMN interchange working group, where they are: all open and are drawn, and each is
published or says element by element what cannot run."""

from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from guatu.adapters.flows.bpmn import processes_of, read_flow, with_process
from guatu.adapters.flows.publish import Declared, publish
from guatu.adapters.flows.xml import GUATU, local_name
from tests.adapters.flows.test_drawing import check_drawn
from tests.conftest import shared_folder

DECLARED = Declared(frozenset({"r"}), frozenset({"c"}))
DONE = {
    "task", "manualTask", "userTask", "sendTask", "receiveTask", "scriptTask", "serviceTask", "callActivity",
    "eventBasedGateway", "subProcess", "intermediateCatchEvent",
}  # fmt: skip


def models() -> list[tuple[str, str, str]]:
    """File, process and text of each process, marked as the one that runs."""
    folder = shared_folder() / "outside" / "bpmn_miwg"
    if not folder.is_dir():
        pytest.skip(f"the reference models are not in {folder} · 没有参考模型: 放在该文件夹,或用 GUATU_SHARED 指明上级")
    found = []
    for path in sorted(Path(folder).glob("*.bpmn")):
        text = path.read_bytes().decode("utf-8")
        found += [(path.name, id_, with_process(text, id_)) for id_, _name, _runs in processes_of(text)]
    return found


def with_people(text: str) -> str:
    """The model as a county would complete it: a role and a clock at each step."""
    root = etree.fromstring(text.encode(), etree.XMLParser(encoding="utf-8"))
    for element in root.iter("*"):
        timer = element.find("{*}timerEventDefinition") is not None
        if local_name(element) in DONE and not timer:
            element.set(f"{{{GUATU}}}role", "r")
            element.set(f"{{{GUATU}}}clock", "c")
    return etree.tostring(root, encoding="unicode")


def test_all_reference_models_open_and_are_drawn() -> None:
    opened = Counter(name for name, _, _ in models())
    assert len(opened) >= 18
    for name, id_, text in models():
        flow, _found = read_flow(text, name)
        assert flow is not None and flow.id == id_ and flow.nodes
        check_drawn(text)


def test_each_process_is_published_or_says_at_which_elements_it_cannot_run() -> None:
    published = 0
    for name, _, text in models():
        for given in (text, with_people(text)):
            engine, found = publish(given, name, DECLARED)
            errors = [one for one in found if one.severity == "error"]
            assert (engine is None) == bool(errors)
            assert all(one.line > 0 and one.element and one.message() and one.message("en") for one in errors)
        published += engine is not None
    assert published >= 17


def test_without_a_choice_the_processes_of_a_file_are_named() -> None:
    folder = shared_folder() / "outside" / "bpmn_miwg"
    for name, ids in Counter(name for name, _, _ in models()).items():
        found = read_flow((folder / name).read_bytes().decode("utf-8"), name)[1]
        said = [one for one in found if one.code == "flow.several-processes"]
        assert len(said) == (ids > 1)
        every = [id_ for one, id_, _ in models() if one == name]
        assert not said or all(id_ in said[0].message() for id_ in every)
