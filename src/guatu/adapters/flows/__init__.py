"""Flows as BPMN 2.0 and decision tables as DMN. Nothing in a flow is code.

`publish` makes an engine of a file or says what is wrong; `stepping` opens cases and makes entries; `layout` draws.
Where a case stands is worked out by the core alone (docs/decisions/0014-one-engine.md).
"""
