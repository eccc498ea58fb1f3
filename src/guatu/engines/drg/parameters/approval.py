"""Two people approve a set before money is settled by it; an approval holds for exactly what was approved."""

import hashlib
from decimal import Decimal

import msgspec

from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.engines.drg.parameters.findings import NOT_APPROVED
from guatu.engines.drg.parameters.model import ParameterSet

NEEDED = 2
_SHOWN = 16


def digest_of(parameters: ParameterSet) -> str:
    """SHA-256 of what is approved: region, year, version, dates and every entry, without its place in the file."""
    entries = {
        name: [(_plain(row.value), row.start, row.to, row.source, row.reliability) for row in rows]
        for name, rows in sorted(parameters.entries.items())
    }
    head = (parameters.region, parameters.year, parameters.version, parameters.start, parameters.to)
    return hashlib.sha256(msgspec.json.encode((head, entries))).hexdigest()


def _plain(value: object) -> object:
    """0.5 and 0.50 are one value."""
    if isinstance(value, Decimal):
        return format(value.normalize(), "f")
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, msgspec.Struct):
        return {key: _plain(item) for key, item in msgspec.structs.asdict(value).items()}
    return value


def lacks_approval(parameters: ParameterSet) -> list[RowFinding]:
    """A finding when fewer than two different people have approved the set as it is now."""
    digest = digest_of(parameters)
    people = {"".join(approval.by.split()).casefold() for approval in parameters.approvals if approval.digest == digest}
    if len(people) >= NEEDED:
        return []
    where = parameters.name or parameters.version
    return [
        row_finding(
            NOT_APPROVED, where, "approval", None, version=parameters.version, count=len(people), digest=digest[:_SHOWN]
        )
    ]
