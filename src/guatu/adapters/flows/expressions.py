"""The evaluator that SpiffWorkflow is given instead of its own: no eval, no exec, only conditions of the core."""

from collections.abc import Mapping
from typing import Any

from SpiffWorkflow.bpmn.exceptions import WorkflowTaskException
from SpiffWorkflow.bpmn.script_engine import PythonScriptEngine

from guatu.core.cases.flow import holds
from guatu.core.rules import RuleError, parse

CASE = "case"
"""Where a workflow keeps the fields of its case: in one place, and not copied along each branch."""


class SafeExpressions(PythonScriptEngine):  # type: ignore[misc]  # SpiffWorkflow has no types
    """Judges conditions over the fields of the case; a script is refused."""

    def validate(self, expression: str) -> None:
        try:
            parse(expression)
        except RuleError as error:
            raise SyntaxError(str(error)) from error

    def evaluate(self, task: Any, expression: str, external_context: Mapping[str, Any] | None = None) -> Any:
        whole = getattr(task.workflow, "data", {})
        fields = whole.get(CASE, task.data) if isinstance(whole, dict) else task.data
        return holds(expression, {**fields, **(external_context or {})})

    def execute(self, task: Any, script: str, external_context: Mapping[str, Any] | None = None) -> Any:
        raise WorkflowTaskException("no code in flows", task=task)

    def call_service(self, task: Any, **kwargs: Any) -> Any:
        raise WorkflowTaskException("no code in flows", task=task)
