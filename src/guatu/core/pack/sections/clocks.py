"""clocks.toml: hours of work, limits by clock, class, condition and county, and who may extend them."""

from collections.abc import Iterator

from guatu.core.kernel.file_finding import FileFinding
from guatu.core.kernel.finding import Kind
from guatu.core.pack.clock_checks import clock_faults
from guatu.core.pack.clock_table import ClockTable
from guatu.core.pack.section import PackText, table_of
from guatu.core.pack.sections import classes, posts

FILE = "clocks.toml"
UNKNOWN_CONDITION = Kind(
    "pack.unknown-condition",
    "error",
    "情形“{name}”没有登记在 classes.toml 的 [[condition]];请写明中英文名称",
    "condition '{name}' is not declared in classes.toml ([[condition]]); give it words in both languages",
)


def _check(text: PackText) -> Iterator[FileFinding]:
    pack = text.pack
    table, known = pack[SECTION], pack[classes.SECTION]
    for fault in clock_faults(table, known.codes, pack[posts.SECTION].names):
        yield text.fault(fault.kind, FILE, fault.path, **fault.params)
    # A county writes conditions of its own in the browser; what a pack ships is read in both languages.
    conditions = {row.code for row in known.condition}
    for at, limit in enumerate(table.limit):
        if limit.condition and limit.condition not in conditions:
            yield text.fault(UNKNOWN_CONDITION, FILE, f"limit[{at}]", name=limit.condition)


SECTION = table_of(FILE, ClockTable, _check)
