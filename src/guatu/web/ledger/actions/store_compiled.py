"""What the compiler made of a document is kept with its version; of a first version the rows are proposed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
from django.utils.translation import gettext_lazy

from guatu.adapters.documents import Document
from guatu.adapters.readers import SourceText
from guatu.core.plan import model
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.directory.selectors.match import matcher
from guatu.web.directory.selectors.tree import unit_tree
from guatu.web.ledger.actions.rows import make_targets, make_tasks
from guatu.web.ledger.models import Plan, PlanVersion
from guatu.web.ledger.proposals import Proposal, heading_of, propose
from guatu.web.ledger.selectors.standing import compiled_plan

HEADING = ("title", "doc_no", "issuer", "issued_on")


@dataclass(frozen=True)
class StoreCompiled(RowAction[PlanVersion]):
    name: ClassVar[str] = "ledger.store-compiled"
    words = gettext_lazy("保存编译结果")
    version_id: int
    document: Document

    def permit(self, context: Context) -> None:
        """The upload was permitted; this keeps what it came to, whatever its user may do by now."""

    def change(self, context: Context) -> Change[PlanVersion]:
        version = found(PlanVersion, self.version_id)
        change = Change(version)
        if version.state != PlanVersion.State.COMPILING:
            # A worker that was killed after its commit: the work is done.
            return change
        source, plan = self.document.source, self.document.plan
        before = compiled_plan(version) if version.compiled is not None else None
        # PostgreSQL takes no NUL in a text. One blank for each keeps every place in the text where it is.
        version.format, version.text = source.format, source.text.replace("\0", " ")
        version.compiled = msgspec.to_builtins(plan)
        version.findings = [*remarks_of(source), *findings_of(self.document)]
        # Rows that people have corrected and reported on are merged by a person, never written over.
        earlier = version.plan.tasks.exists() or version.plan.targets.exists()
        version.state = PlanVersion.State.MERGE if earlier else PlanVersion.State.REVIEW
        version.failure = None
        version.save()
        after: dict[str, Any] = {"state": version.state, "findings": len(version.findings)}
        if not earlier:
            proposal = propose(plan, version.text, matcher(unit_tree(context.actor.today)))
            after |= _first_rows(version.plan, version, proposal, before)
        change.note(version, {"state": PlanVersion.State.COMPILING}, after)
        return change


def _first_rows(plan: Plan, version: PlanVersion, proposal: Proposal, before: model.Plan | None) -> dict[str, Any]:
    take_heading(plan, proposal, before)
    tasks = make_tasks(proposal.tasks, plan, version)
    loose = make_targets(((target, None) for target in proposal.targets), plan, version)
    return {
        "title": plan.title,
        "tasks": len(tasks),
        "targets": sum(len(t.targets) for t in proposal.tasks) + len(loose),
    }


def take_heading(plan: Plan, proposal: Proposal, before: model.Plan | None = None) -> None:
    """The plan is called as its document calls itself. Where it says what it said `before`, a person's correction
    stands."""
    said = heading_of(before) if before is not None else {}
    for name in HEADING:
        value = getattr(proposal, name)
        if name in said and said[name] == value:
            continue
        if value or name != "title":
            setattr(plan, name, value)
    plan.save(update_fields=HEADING)


def remarks_of(source: SourceText) -> list[dict[str, Any]]:
    """What the reader left out or could not read, as findings that stand at the first case and cover no word."""
    found = []
    for remark in source.remarks:
        at = 0 if remark.place is None else source.places.start(remark.place)
        found.append(
            {
                "code": remark.code,
                "severity": remark.severity,
                "start": at,
                "end": at,
                "line": source.text.count("\n", 0, at) + 1,
                "zh": remark.message("zh"),
                "en": remark.message("en"),
            }
        )
    return found


def findings_of(document: Document) -> list[dict[str, Any]]:
    """The compiler's findings with their messages in both languages, in the order of the text."""
    pairs = zip(document.plan.findings, document.findings, strict=True)
    return [
        {
            "code": shown.code,
            "severity": shown.severity,
            "start": shown.span.start,
            "end": shown.span.end,
            "line": shown.line,
            "zh": finding.message("zh"),
            "en": finding.message("en"),
        }
        for shown, finding in pairs
    ]
