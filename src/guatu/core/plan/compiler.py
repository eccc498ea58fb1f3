"""The compiler: one call from a text to its checked ledger."""

import hashlib
from collections.abc import Collection, Iterable, Sequence

import msgspec

from guatu.core.kernel.finding import Finding, Language
from guatu.core.plan.commitments.names import find_names
from guatu.core.plan.ledger.build import LedgerBuilder, Numbers
from guatu.core.plan.ledger.coverage import count_items
from guatu.core.plan.lint import run
from guatu.core.plan.lint.unusable_text import KIND as UNUSABLE
from guatu.core.plan.lint.view import LintView
from guatu.core.plan.model import Plan, ReportedFinding, SourceInfo
from guatu.core.plan.outline.build import build_outline
from guatu.core.plan.outline.grids import handed_over
from guatu.core.plan.outline.model import Outline
from guatu.core.plan.source.reading import Lines, Reading
from guatu.core.plan.source.tables import TableBlock


class Compiled(msgspec.Struct, frozen=True):
    """A compiled text: the plan as it is exchanged, and what it was made from."""

    plan: Plan
    reading: Reading
    outline: Outline
    findings: list[Finding]

    @property
    def text(self) -> str:
        return self.reading.text


def compile_text(
    text: str,
    *,
    name: str = "",
    format: str = "txt",
    sha256: str = "",
    language: Language = "zh",
    select: Collection[str] | None = None,
    ignore: Collection[str] | None = None,
    tables: Sequence[TableBlock] = (),
    units: Iterable[str] = (),
) -> Compiled:
    """Compiles a plan document.

    `text` is what a reader produced; spans of the result count its code points. `select` and `ignore` name codes of
    lint rules. `tables` are those of the text that the reader saw, with their merged cells. `units` are names and
    aliases of the county's directory: they are found whole, whatever stands in them. Never fails on any text; what is
    wrong with a plan is among the findings.
    """
    reading = Reading(text, markdown=format == "md")
    outline = build_outline(reading.norm, handed_over(reading, tables))
    numbers = Numbers()
    known = find_names(reading.norm, units)
    builders = [LedgerBuilder(reading, document, numbers, known) for document in outline.documents]
    documents = [builder.build() for builder in builders]
    read = [builder.tables for builder in builders]
    findings = run(LintView(reading, outline, documents, read), select=select, ignore=ignore)
    if not outline.readable:
        findings = [finding for finding in findings if finding.code == UNUSABLE.code]
    digest = sha256 or hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    plan = Plan(
        source=SourceInfo(name, digest, len(text), format),
        documents=documents,
        findings=report(findings, text, language),
        coverage=count_items(outline.documents, documents, read),
    )
    return Compiled(plan, reading, outline, findings)


def report(findings: Collection[Finding], text: str, language: Language) -> list[ReportedFinding]:
    """Findings in one language with their lines and columns."""
    lines = Lines(text)
    return [ReportedFinding(f.code, f.severity, f.message(language), f.span, *lines.at(f.span.start)) for f in findings]
