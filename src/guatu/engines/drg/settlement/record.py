"""A settlement as a file: what it was made of (by hash and version) and every figure with its reason.

No time of day, no path and no order of chance is in it: the same inputs give the same bytes, on any machine.
"""

import hashlib
from collections.abc import Mapping

import msgspec

from guatu import __version__
from guatu.engines.drg.parameters import ParameterSet, digest_of
from guatu.engines.drg.settlement.figures import Settlement
from guatu.engines.drg.settlement.prepay import monthly_values
from guatu.engines.drg.settlement.value import distributable, month_budgets
from guatu.engines.drg.settlement.year import Year
from guatu.engines.drg.stays import Problems
from guatu.engines.drg.stays.findings import LINE_BROKEN

SCHEMA = "guatu.drg.settlement/1"


class Input(msgspec.Struct, frozen=True):
    """A file that went in: its name without folders, and the SHA-256 of its bytes."""

    name: str
    sha256: str


class Basis(msgspec.Struct, frozen=True):
    """The set of parameters that was used."""

    region: str
    year: int
    version: str
    digest: str
    approved_by: list[str]
    unverified: dict[str, str]


class SettlementFile(msgspec.Struct, frozen=True):
    """The whole file. `problems` counts by code the rows that were left out or warned of."""

    schema: str
    program: str
    simulated: bool
    inputs: dict[str, Input]
    parameters: Basis
    stays: int
    problems: dict[str, int]
    monthly_values: list[str | None]
    settlement: Settlement


class _Basis(msgspec.Struct, frozen=True):
    """The part of a file that says what it was made of."""

    program: str
    inputs: dict[str, Input]


def input_of(name: str, data: bytes) -> Input:
    return Input(name, hashlib.sha256(data).hexdigest())


def record(
    year: Year,
    problems: Problems,
    parameters: ParameterSet,
    inputs: Mapping[str, Input],
    *,
    simulated: bool = False,
    bad_lines: int = 0,
) -> bytes:
    """The bytes of the file. `bad_lines`: lines of a text that were no rows."""
    basis = Basis(
        parameters.region,
        parameters.year,
        parameters.version,
        digest_of(parameters),
        sorted(approval.by for approval in parameters.approvals),
        dict(sorted(year.terms.unverified.items())),
    )
    months = monthly_values(
        month_budgets(distributable(year.terms).value, year.terms), year.partial.month_units.sum(0).tolist()
    )
    whole = SettlementFile(
        SCHEMA,
        __version__,
        simulated,
        dict(sorted(inputs.items())),
        basis,
        len(year.stays),
        {**({LINE_BROKEN.code: bad_lines} if bad_lines else {}), **problems.by_code()},
        [None if value is None else str(value) for value in months],
        year.settlement,
    )
    return msgspec.json.format(msgspec.json.encode(whole, order="deterministic"), indent=1) + b"\n"


def differences(earlier: bytes, now: bytes) -> list[str] | None:
    """What went in otherwise than for an earlier file: names of inputs, `parameters`, `program`, or `figures`.

    Nothing when the bytes are the same; None when the earlier file is no settlement.
    """
    if earlier == now:
        return []
    try:
        before, after = (msgspec.json.decode(data, type=_Basis) for data in (earlier, now))
    except (msgspec.DecodeError, UnicodeDecodeError):
        return None
    roles = before.inputs.keys() | after.inputs.keys()
    names = sorted(role for role in roles if before.inputs.get(role) != after.inputs.get(role))
    names += ["program"] if before.program != after.program else []
    return names or ["figures"]
