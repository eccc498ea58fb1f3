"""One line a finding, as linters print: file:line:column code message."""

from collections.abc import Sequence
from typing import TextIO

from guatu.adapters.writers.ledger import Ledger
from guatu.cli.findings import Checked
from guatu.core.plan.model import ReportedFinding

_HAS_LINES = frozenset(("txt", "md"))


def write(checked: Sequence[Checked], out: TextIO) -> None:
    for file in checked:
        for finding in file.ledger.plan.findings if file.ledger else ():
            place = _place(file.ledger, finding) if file.ledger else ""
            message = " ".join(finding.message.split())
            out.write(f"{file.path}:{finding.line}:{finding.column} {finding.code} {message}{place}\n")


def _place(ledger: Ledger, finding: ReportedFinding) -> str:
    """The page or paragraph, where the file has no lines of its own that an editor could jump to."""
    if ledger.plan.source.format in _HAS_LINES:
        return ""
    place = ledger.place(finding.span)
    return f"（{place}）" if ledger.language == "zh" else f" ({place})"
