"""Weighing a file of history: the rows of the base period, the parameters of the year, what was wrong with rows."""

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters import ParameterSet, digest_of, terms_on
from guatu.engines.drg.stays import Problems, read_stays
from guatu.engines.drg.stays.time import within
from guatu.engines.drg.weights.compute import weigh
from guatu.engines.drg.weights.model import Weights

NOTHING = Kind(
    "drg.history-empty",
    "error",
    "基期（{first} 至 {last}）内没有可用的病例；请核对文件和参数的年度",
    "there is no usable stay in the base period ({first} to {last}); check the file and the year of the parameters",
)


def base_period(parameters: ParameterSet, years: int) -> tuple[date, date]:
    """The whole years before that of the set (reference, item 1)."""
    return date(parameters.year - years, 1, 1), date(parameters.year - 1, 12, 31)


def weigh_history(
    table: Any, parameters: ParameterSet, levels: Mapping[str, str], inputs: Mapping[str, str]
) -> tuple[Weights | None, Problems, list[RowFinding]]:
    """Weights from an Arrow table of stays, problems of its rows, and findings; no weights when one is an error.

    `inputs` are the SHA-256 of the files by name; they go into the result.
    """
    terms, findings = terms_on(parameters, parameters.start)
    stays, problems, found = read_stays(table)
    findings += found
    if terms is None or stays is None:
        return None, problems, findings
    first, last = base_period(parameters, terms.base_years)
    stays, problems = within(stays, problems, first, last)
    if not len(stays) or stays.ungrouped.all() or not stays.cost.any():
        words = {"first": first.isoformat(), "last": last.isoformat()}
        return None, problems, [*findings, row_finding(NOTHING, parameters.name, "drg", None, **words)]
    weights = weigh(stays, terms, levels)
    marked = msgspec.structs.replace(weights, parameters=digest_of(parameters), inputs=dict(sorted(inputs.items())))
    return marked, problems, findings
