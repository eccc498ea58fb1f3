"""SpiffWorkflow as a second opinion on flows: it reads the same file and must come to the same steps and fields.

It shares with the server only what decides a condition and a table; which tokens lie where it works out by itself. The
diagram is taken out of what it reads, because it orders the ways out of a gateway by their height in the picture. It
looks no deeper than 1,000 tasks, so walks that are held against it stay short. Where parallel parts are walked through
again it may take what arrived at their join in the round before for an arrival in this one: from there it is not asked.
"""

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, ClassVar

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine
from SpiffWorkflow.bpmn.specs.defaults import NoneTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.flows.xml import local_name, parse_xml
from guatu.core.cases.case import Case, MoveEntry, start_data
from guatu.core.cases.flow import MOVE, Flow, holds, moves
from guatu.core.rules import Vocabulary

CASE, KNOWN = "case", "known"
DAY = date(2026, 3, 2)
"""Parameters of packs are asked on this day."""


class Expressions(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no types
    """Judges conditions over the fields of the case, which lie once in the workflow."""

    def __init__(self, words: Vocabulary) -> None:
        super().__init__()
        self._words = words

    def validate(self, expression: str) -> None:
        """Publication has read it already."""

    def evaluate(self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None) -> Any:
        data = task.workflow.top_workflow.data
        return holds(expression, {**data[KNOWN], **data[CASE]}, self._words)


class Decision(NoneTask):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A decision is a plain task that completes by itself; its table is asked just before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manual = False


class Parser(BpmnParser):  # type: ignore[misc]  # SpiffWorkflow has no types
    OVERRIDE_PARSER_CLASSES: ClassVar = {full_tag("businessRuleTask"): (TaskParser, Decision)}


class Oracle:
    """One case of a published flow, run by SpiffWorkflow."""

    def __init__(self, engine: FlowEngine, text: str, data: Mapping[str, Any]) -> None:
        self._engine = engine
        self._before_joins = frozenset(_before_joins(engine.flow))
        self._taken: Counter[str] = Counter()
        self._returned = False
        root, found = parse_xml(text, "oracle")
        assert root is not None, found
        for part in [part for part in root if local_name(part) == "BPMNDiagram"]:
            root.remove(part)
        parser = Parser()
        parser.add_bpmn_xml(etree.ElementTree(root))
        inner = parser.get_subprocess_specs(engine.flow.id)
        self._workflow = BpmnWorkflow(
            parser.get_spec(engine.flow.id), inner, script_engine=Expressions(engine.flow.words)
        )
        self._workflow.data[CASE] = dict(data)
        self._workflow.data[KNOWN] = engine.flow.parameters.on(DAY)
        self._go_on()

    @property
    def open(self) -> tuple[str, ...]:
        """Ids of the steps that wait for somebody, in the order of the file."""
        ready = {task.task_spec.bpmn_id for task in self._ready()}
        return tuple(step.id for step in self._engine.flow.steps if step.id in ready)

    @property
    def ended(self) -> bool:
        return bool(self._workflow.completed)

    @property
    def data(self) -> dict[str, Any]:
        return dict(self._workflow.data[CASE])

    @property
    def in_doubt(self) -> bool:
        """Whether a join is come to for the second time; an inclusive one may have been by the default way, which passes
        no step, so that it is so after each return."""
        return self._returned or any(self._taken[step] > 1 for step in self._before_joins)

    def take(self, step: str, move: str, fields: Mapping[str, Any]) -> None:
        self._taken[step] += 1
        flow = self._engine.flow
        back = any(one.key == move and one.verb == "return" for one in moves(flow, step))
        self._returned |= back and any(node.kind == "inclusive" for node in flow.nodes)
        if self.in_doubt:
            return
        task = next(task for task in self._ready() if task.task_spec.bpmn_id == step)
        self._workflow.data[CASE].update({**fields, MOVE: move})
        task.run()
        self._go_on()

    def _ready(self) -> list[Any]:
        return [task for task in self._workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]

    def _go_on(self) -> None:
        self._workflow.do_engine_steps(will_complete_task=self._decide)

    def _decide(self, task: Any) -> None:
        node = self._engine.flow.by_id.get(task.task_spec.bpmn_id or "")
        if node is not None and node.kind == "decision":
            data = self._workflow.data[CASE]
            data.update(self._engine.decide(node.decision, {**self._workflow.data[KNOWN], **data}))


def _before_joins(flow: Flow) -> Iterator[str]:
    """Steps from which a token comes to a join without another step between."""
    for step in flow.steps:
        seen: set[str] = set()
        waiting = list(flow.leaving(step.id))
        while waiting:
            arrow = waiting.pop()
            node = flow.by_id[arrow.target]
            if node.kind in ("parallel", "inclusive") and len(flow.entering(node.id)) > 1:
                yield step.id
                break
            if node.kind != "step" and arrow.id not in seen:
                seen.add(arrow.id)
                waiting += flow.after(arrow)


def oracle_of(engine: FlowEngine, text: str, case: Case) -> Oracle:
    """A case with its history, as SpiffWorkflow plays it."""
    oracle = Oracle(engine, text, start_data(case))
    for entry in case.history:
        if isinstance(entry, MoveEntry):
            oracle.take(entry.step, entry.move, entry.fields)
    return oracle
