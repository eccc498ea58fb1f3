"""A change of parameters as somebody types it: `low_threshold=0.5`."""

import difflib
import tomllib
from collections.abc import Sequence
from decimal import Decimal

from guatu.core.kernel.finding import Kind
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters import ParameterSet
from guatu.engines.drg.parameters.catalogue import OF_WEIGHTS, PARAMETERS
from guatu.engines.drg.parameters.findings import BAD_VALUE, UNKNOWN
from guatu.engines.drg.parameters.load import misfits
from guatu.engines.drg.parameters.values import checked

SOURCE = "模拟取值 · value of a simulation"
NEEDS_HISTORY = Kind(
    "drg.simulation-needs-history",
    "error",
    "改动 {names} 会改变权重，须用 --history 给出历史病例以重算权重",
    "a change of {names} changes the weights: give the stays of the base period with --history",
)


def changed(parameters: ParameterSet, changes: Sequence[str]) -> tuple[ParameterSet, list[RowFinding]]:
    """The set with the values of `name=value`, which are written as in the file of parameters (words without quotes
    too)."""
    found = []
    for text in changes:
        name, _, written = text.partition("=")
        name = name.strip()
        if name not in PARAMETERS:
            like = difflib.get_close_matches(name, PARAMETERS, 1, 0)[0]
            found.append(row_finding(UNKNOWN, text, name, key=name, like=like))
            continue
        value, wanted = checked(PARAMETERS[name], _read(written.strip()))
        if wanted is not None:
            words = {"key": name, "value": written.strip(), "wanted_zh": wanted[0], "wanted_en": wanted[1]}
            found.append(row_finding(BAD_VALUE, text, name, None, **words))
            continue
        parameters = parameters.with_value(name, value, SOURCE)
    # Of several changes only the whole can be judged: each alone may contradict what another mends.
    return parameters, found or misfits(parameters)


def of_weights(before: ParameterSet, after: ParameterSet) -> list[str]:
    """The parameters of weighing that differ between two sets."""
    return sorted(name for name in OF_WEIGHTS if _values(before, name) != _values(after, name))


def _values(parameters: ParameterSet, name: str) -> list[object]:
    return [(row.value, row.start, row.to) for row in parameters.entries.get(name, ())]


def _read(written: str) -> object:
    try:
        return tomllib.loads(f"value = {written}", parse_float=Decimal)["value"]
    except tomllib.TOMLDecodeError:
        return written
