"""One flow in one version, run by SpiffWorkflow.

The specification is kept in the engine and not with each saved case, and the fields of the case lie once in the
workflow and not on each task: a saved case is small, and loads without reading BPMN again. The diagram is taken out of
what SpiffWorkflow reads, because it orders the ways out of a gateway by their height in the picture; ours go by the
order of the file.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, ClassVar
from uuid import UUID

from lxml import etree
from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
from SpiffWorkflow.bpmn.parser.TaskParser import TaskParser
from SpiffWorkflow.bpmn.parser.util import full_tag
from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
from SpiffWorkflow.bpmn.specs.defaults import NoneTask
from SpiffWorkflow.bpmn.workflow import BpmnWorkflow
from SpiffWorkflow.util.task import TaskState

from guatu.adapters.flows.dmn import DecisionTable
from guatu.adapters.flows.expressions import CASE, SafeExpressions
from guatu.adapters.flows.xml import local_name, parse_xml
from guatu.core.cases.flow import MOVE, Flow

_FORMAT = 1
_ALIVE = TaskState.READY | TaskState.WAITING | TaskState.STARTED


class _Decision(NoneTask):  # type: ignore[misc]  # SpiffWorkflow has no types
    """A decision is a plain task that completes by itself; its table is asked just before."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.manual = False


class _Parser(BpmnParser):  # type: ignore[misc]  # SpiffWorkflow has no types
    OVERRIDE_PARSER_CLASSES: ClassVar = {full_tag("businessRuleTask"): (TaskParser, _Decision)}


def version_of(text: str, *tables: str) -> str:
    """The version of a flow file with its decision tables: twelve hexadecimal digits of their content."""
    whole = "\0".join((text, *sorted(tables)))
    return hashlib.sha256(whole.encode("utf-8")).hexdigest()[:12]


class FlowEngine:
    """Starts and loads cases of one checked flow. Raises ValueError for a text that is no flow."""

    def __init__(self, flow: Flow, text: str, decisions: Mapping[str, DecisionTable], version: str = "") -> None:
        self.flow, self.version = flow, version or version_of(text)
        self.decisions = dict(decisions)
        self._expressions = SafeExpressions()
        self._serializer = BpmnWorkflowSerializer()
        root, found = parse_xml(text, flow.id)
        if root is None:
            raise ValueError(found[0].text("en"))
        for part in [part for part in root if local_name(part) == "BPMNDiagram"]:
            root.remove(part)
        parser = _Parser()
        parser.add_bpmn_xml(etree.ElementTree(root))
        self._spec = parser.get_spec(flow.id)

    def start(self, data: Mapping[str, Any]) -> "Run":
        """A new case before its first step."""
        workflow = BpmnWorkflow(self._spec, script_engine=self._expressions)
        workflow.data[CASE] = dict(data)
        run = Run(self, workflow)
        run._go_on()
        return run

    def load(self, saved: bytes) -> "Run":
        """A saved case. Raises ValueError for one of another flow or version: running cases stay on theirs."""
        whole = json.loads(saved)
        if (whole["format"], whole["flow"], whole["version"]) != (_FORMAT, self.flow.id, self.version):
            raise ValueError(f"saved by {whole['flow']} {whole['version']}, not {self.flow.id} {self.version}")
        workflow = BpmnWorkflow(self._spec, script_engine=self._expressions, deserializing=True)
        workflow.tasks = {}
        for row in whole["tasks"]:
            task = self._serializer.registry.restore({**row, "typename": "Task"}, workflow=workflow)
            workflow.tasks[task.id] = task
        workflow.task_tree = workflow.tasks[UUID(whole["root"])]
        workflow.last_task = workflow.tasks.get(UUID(whole["last"])) if whole["last"] else None
        workflow.completed, workflow.success = whole["completed"], True
        workflow.data = {CASE: whole["data"], "data_objects": {}}
        return Run(self, workflow)

    def decide(self, decision: str, data: Mapping[str, Any]) -> Mapping[str, Any]:
        """The fields that a decision table sets, for replaying a history in the core."""
        return self.decisions[decision].decide(data).outputs


class Run:
    """A running case in memory."""

    def __init__(self, engine: FlowEngine, workflow: BpmnWorkflow) -> None:
        self._engine, self._workflow = engine, workflow

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
        """The fields of the case."""
        return dict(self._workflow.data[CASE])

    def take(self, step: str, move: str, fields: Mapping[str, Any]) -> None:
        """Does a step. Raises ValueError for one that is not open."""
        task = next((task for task in self._ready() if task.task_spec.bpmn_id == step), None)
        if task is None:
            raise ValueError(f"{step} is not open")
        self._workflow.data[CASE].update({**fields, MOVE: move})
        task.run()
        self._go_on()

    def save(self) -> bytes:
        """The case as bytes, for `FlowEngine.load` of the same version."""
        workflow = self._workflow
        convert = self._engine._serializer.to_dict
        whole = {
            "format": _FORMAT,
            "flow": self._engine.flow.id,
            "version": self._engine.version,
            "tasks": [convert(task) for task in workflow.tasks.values()],
            "root": str(workflow.task_tree.id),
            "last": str(workflow.last_task.id) if workflow.last_task is not None else None,
            "completed": workflow.completed,
            "data": workflow.data[CASE],
        }
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":")).encode("utf-8")

    def _ready(self) -> list[Any]:
        return [task for task in self._workflow.get_tasks(state=TaskState.READY) if task.task_spec.manual]

    def _go_on(self) -> None:
        self._workflow.do_engine_steps(will_complete_task=self._decide)
        self._forget()

    def _forget(self) -> None:
        """Lets go of the tasks that led to the open steps, up to the parallel gateway whose branch they are in.

        SpiffWorkflow looks no deeper than 1,000 tasks: a case sent back 250 times would have no open step any more.
        The history of the case is kept elsewhere.
        """
        workflow = self._workflow
        alive = [task for task in workflow.tasks.values() if task.has_state(_ALIVE)]
        for here in alive:
            if not here.has_state(TaskState.READY):
                continue
            top, passed = here, []
            while top.parent is not None and (len(alive) == 1 or len(top.parent._children) == 1):
                top = top.parent
                passed.append(top)
            if top.parent is None:
                passed = passed[:-1]
            owner = top.parent or top
            if passed:
                owner._children = [here.id if child in (top.id, passed[-1].id) else child for child in owner._children]
                here._parent = owner.id
        self._sweep()

    def _sweep(self) -> None:
        """Drops tasks that hang on nothing any more."""
        workflow = self._workflow
        kept, waiting = {}, [workflow.task_tree]
        while waiting:
            task = waiting.pop()
            kept[task.id] = task
            waiting += [workflow.tasks[child] for child in task._children]
        workflow.tasks = kept
        if workflow.last_task is not None and workflow.last_task.id not in kept:
            workflow.last_task = workflow.task_tree

    def _decide(self, task: Any) -> None:
        node = self._engine.flow.by_id.get(task.task_spec.bpmn_id or "")
        if node is not None and node.kind == "decision":
            data = self._workflow.data[CASE]
            data.update(self._engine.decide(node.decision, data))
