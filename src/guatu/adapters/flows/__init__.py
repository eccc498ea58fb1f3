"""Flows as BPMN 2.0 and decision tables as DMN, run by SpiffWorkflow. Nothing in a flow is code."""

from guatu.adapters.flows.bpmn import read_flow
from guatu.adapters.flows.dmn import Decided, DecisionTable, read_decision
from guatu.adapters.flows.engine import FlowEngine, Run, version_of
from guatu.adapters.flows.publish import publish
from guatu.adapters.flows.stepping import Stepped, open_case, step_case

__all__ = [
    "Decided",
    "DecisionTable",
    "FlowEngine",
    "Run",
    "Stepped",
    "open_case",
    "publish",
    "read_decision",
    "read_flow",
    "step_case",
    "version_of",
]
