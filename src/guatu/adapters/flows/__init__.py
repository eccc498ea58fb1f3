"""Flows as BPMN 2.0 and decision tables as DMN, run by SpiffWorkflow. Nothing in a flow is code.

`publish` makes an engine of a file or says what is wrong; `stepping` opens cases and makes entries; `engine` runs;
`layout` draws. Reading and drawing do without SpiffWorkflow, which belongs to the extra `web`.
"""
