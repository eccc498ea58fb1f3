"""All files with their findings as one JSON object, schema guatu.findings/1."""

from collections.abc import Sequence
from typing import TextIO

import msgspec

from guatu.cli.findings import Checked
from guatu.core.plan.model import ReportedFinding

SCHEMA = "guatu.findings/1"


def write(checked: Sequence[Checked], out: TextIO) -> None:
    files = [
        {"file": file.path, "findings": [_finding(file, finding) for finding in file.ledger.plan.findings]}
        for file in checked
        if file.ledger
    ]
    unreadable = [
        {"file": file.path, "code": file.code, "message": file.problem} for file in checked if not file.ledger
    ]
    whole = {"schema": SCHEMA, "files": files, "unreadable": unreadable}
    out.write(msgspec.json.format(msgspec.json.encode(whole), indent=1).decode() + "\n")


def _finding(file: Checked, finding: ReportedFinding) -> dict[str, object]:
    made: dict[str, object] = msgspec.to_builtins(finding)
    if file.ledger is not None:
        made["place"] = file.ledger.place(finding.span)
    return made
