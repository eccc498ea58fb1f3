"""What a pack declares and no part of it or of the program goes by: who changes it changes nothing."""

from collections.abc import Iterable, Iterator
from contextlib import suppress

from guatu.adapters.flows.engine import FlowEngine
from guatu.adapters.packs.rubrics import PREFIX
from guatu.core.cases.duplicates import distance
from guatu.core.cases.parameters import SATISFIED_STARS
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack import PackText
from guatu.core.pack.sections import fields, parameters
from guatu.core.rules import RuleError, names, parse

UNUSED = Kind(
    "pack.unused",
    "warning",
    "没有条件、决策表或程序用到“{name}”,改它不起作用;请用上或删去",
    "no condition, table or part of the program goes by '{name}', changing it changes nothing; use or delete it",
)
BY_NAME = (distance.PARAMETER, SATISFIED_STARS)
"""Parameters that the program reads by their names, besides denominators."""


def unused(read: PackText, engines: Iterable[FlowEngine]) -> Iterator[FileFinding]:
    """Parameters and fields that nothing of the pack names, where all its flows could be read."""
    used = {name for engine in engines for name in _named(engine)}
    for check in read.pack[fields.SECTION].check:
        # One that cannot be read has been told.
        with suppress(RuleError):
            used.update(names(parse(check.rule)))
    for at, row in enumerate(read.pack[parameters.SECTION].parameter):
        if row.name not in used and row.name not in BY_NAME and not row.name.startswith(PREFIX):
            yield read.fault(UNUSED, parameters.FILE, f"parameter[{at}]", name=row.name)
    for at, field in enumerate(read.pack[fields.SECTION].field):
        if field.name not in used:
            yield read.fault(UNUSED, fields.FILE, f"field[{at}]", name=field.name)


def _named(engine: FlowEngine) -> Iterator[str]:
    for step in engine.flow.steps:
        yield from (need.name for need in step.fields)
    yield from engine.asked
    yield from (name for table in engine.decisions.values() for name in table.outputs)
