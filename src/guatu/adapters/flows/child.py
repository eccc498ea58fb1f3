"""A flow that a county hands in, tried in a child process before it is kept.

The pages read, draw and check it again and again in the server itself; so what takes long, fills the memory or breaks a
library down is found here first, within limits that are narrow for files of this kind.
"""

import contextlib

import msgspec

from guatu.adapters.bounded import Limits
from guatu.adapters.flows.bpmn import BPMN, read_flow
from guatu.adapters.flows.dmn_rows import read_rows
from guatu.adapters.flows.dmn_spelling import converted
from guatu.adapters.flows.layout import draw
from guatu.adapters.flows.publish import read_decisions
from guatu.adapters.flows.xml import local_name, namespace, parse_xml
from guatu.core.kernel.file_finding import FileFinding

LIMITS = Limits(cpu=5, wall=20, megabytes=512)
"""The largest flow of our packs takes 0.1 s."""


class Draft(msgspec.Struct, frozen=True):
    """The name and text of a diagram, None where there is none, and decision tables by their names."""

    name: str
    text: str | None
    tables: dict[str, str]


class Tried(msgspec.Struct, frozen=True):
    """What keeps a draft from being shown and mended again, and whether its diagram is BPMN 2.0."""

    findings: list[FileFinding]
    is_bpmn: bool = True


class Respelled(msgspec.Struct, frozen=True):
    """A decision file with its cells in S-FEEL, and each cell that was not, as it was and is."""

    text: str
    changed: list[tuple[str, str]]


def respell(_data: bytes, text: str) -> Respelled:
    return Respelled(*converted(text, "decision"))


def try_draft(_data: bytes, draft: Draft) -> Tried:
    for name, text in draft.tables.items():
        if found := read_rows(text, name)[1]:
            return Tried(found)
    read_decisions(draft.tables)
    if draft.text is None:
        return Tried([])
    root, found = parse_xml(draft.text, draft.name)
    if root is None or (local_name(root), namespace(root)) != ("definitions", BPMN):
        return Tried(found, False)
    flow = read_flow(draft.text, draft.name)[0]
    # A flow with faults is kept, so that it can be mended: what its reader says against it is the pages' affair.
    if flow is not None:
        with contextlib.suppress(Exception):
            draw(draft.text)
    return Tried([])
