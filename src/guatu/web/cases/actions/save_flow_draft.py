"""What the county changes in a flow is kept as a draft: a diagram, a decision table, or the limits at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import msgspec
from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.flows.child import LIMITS, Draft, try_draft
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.pack.clock_table import ClockTable
from guatu.web.base.actions import Change, Context, RowAction, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.language import language
from guatu.web.base.problems import Conflict, Invalid
from guatu.web.base.reading import read_bounded
from guatu.web.cases.actions.flow_rows import current_version
from guatu.web.cases.library import clocks_of, library
from guatu.web.cases.models import FlowDraft, FlowVersion

MOST_TABLES, MOST_LIMITS = 20, 2000


@dataclass(frozen=True)
class SaveFlowDraft(RowAction[FlowDraft]):
    """`seen` is 0 where there was no draft yet; what is None stays as it is."""

    pack: str
    seen: int
    text: str | None = None
    tables: Mapping[str, str] | None = None
    clocks: ClockTable | None = None
    name = "flow.save-draft"
    words = gettext_lazy("保存流程草稿")

    def permit(self, context: Context) -> None:
        require(context, "flow.publish")
        if self.pack not in library().packs:
            raise Invalid(_("没有这一类业务,请从列表中选择。"), field="pack", code="case.no-pack")

    def prepare(self, context: Context) -> None:
        """Nothing is kept that could not be shown and mended again, or that takes long to be."""
        if self.clocks is not None and len(self.clocks.limit) > MOST_LIMITS:
            raise Invalid(_("时限最多 %(most)d 条。") % {"most": MOST_LIMITS}, field="clock", code="flow.too-many")
        if self.text is None and self.tables is None:
            return
        if self.tables is not None and len(self.tables) > MOST_TABLES:
            raise Invalid(_("决策表最多 %(most)d 个。") % {"most": MOST_TABLES}, field="text", code="flow.too-many")
        draft = Draft(f"{self.pack}.bpmn", self.text, dict(self.tables or {}))
        tried = read_bounded(try_draft, b"", draft, "text", limits=LIMITS)
        _refuse(tried.findings, "text")
        if not tried.is_bpmn:
            raise Invalid(_("这不是 BPMN 2.0 文件,请上传 .bpmn 文件。"), field="text", code="flow.no-bpmn")

    def change(self, context: Context) -> Change[FlowDraft]:
        draft = FlowDraft.objects.filter(pack=self.pack).first()
        if draft is None and self.seen:
            raise Conflict(_("这份草稿刚刚被发布或放弃了,请从现行版本重新开始。"), code="flow.draft-gone")
        new = draft is None
        draft = draft or self._begun(context)
        if self.text is not None:
            draft.text = self.text
        if self.tables is not None:
            draft.tables = dict(self.tables)
        if self.clocks is not None:
            draft.clocks = msgspec.to_builtins(self.clocks)
        draft.changed_at, draft.changed_by = context.at, context.actor.user
        if new:
            _insert(draft)
        else:
            take_version(draft, self.seen, "text", "tables", "clocks", "changed_at", "changed_by")
        parts = {"text": self.text, "tables": self.tables, "clocks": self.clocks}
        change = Change(draft)
        change.note(
            draft, None, {"pack": self.pack, "changed": [name for name, part in parts.items() if part is not None]}
        )
        return change

    def _begun(self, context: Context) -> FlowDraft:
        base = FlowVersion.objects.get(pk=current_version(self.pack, context.at).pk)
        clocks = msgspec.to_builtins(clocks_of(base))
        return FlowDraft(pack=self.pack, base=base, text=base.text, tables=base.tables, clocks=clocks)


def _insert(draft: FlowDraft) -> None:
    """The first draft of a pack; of two that begin at once the second is told."""
    try:
        with transaction.atomic():
            draft.save(force_insert=True)
    except IntegrityError as error:
        raise Conflict(_("另一位用户刚刚开始修改这个流程,请刷新页面。"), code="flow.draft-begun") from error


def _refuse(found: list[FileFinding], field: str) -> None:
    if found:
        first = found[0]
        line = _("第 %(line)d 行:") % {"line": first.line} if first.line else ""
        raise Invalid(line + first.message(language()), field=field, code=first.code)
