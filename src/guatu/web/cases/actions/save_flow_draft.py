"""What the county changes in a flow is kept as a draft: a diagram, a decision table, or the limits at a time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

import msgspec
from django.db import IntegrityError, transaction
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.adapters.flows.bpmn import BPMN
from guatu.adapters.flows.dmn_rows import read_rows
from guatu.adapters.flows.xml import local_name, namespace, parse_xml
from guatu.core.kernel.file_finding import FileFinding
from guatu.core.pack.tables import ClockTable
from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.actions.action import require
from guatu.web.base.problems import Conflict, Invalid
from guatu.web.cases.library import clocks_of, current_version, library
from guatu.web.cases.models import FlowDraft, FlowVersion
from guatu.web.ledger.views.common import language

MOST_TABLES, MOST_LIMITS = 20, 2000


@dataclass(frozen=True)
class SaveFlowDraft(Action[FlowDraft]):
    """`seen` is 0 where there was no draft yet; what is None stays as it is."""

    pack: str
    seen: int
    text: str | None = None
    tables: Mapping[str, str] | None = None
    clocks: ClockTable | None = None
    name: ClassVar[str] = "flow.save-draft"
    words: ClassVar[str | Promise] = gettext_lazy("保存流程草稿")

    def permit(self, context: Context) -> None:
        require(context, "flow.publish")
        if self.pack not in library().packs:
            raise Invalid(_("没有这一类业务,请从列表中选择。"), field="pack", code="case.no-pack")

    def change(self, context: Context) -> Change[FlowDraft]:
        self._check()
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

    def recall(self, answer: Any) -> FlowDraft:
        return FlowDraft.objects.get(pk=answer)

    def _begun(self, context: Context) -> FlowDraft:
        base = FlowVersion.objects.get(pk=current_version(self.pack, context.at).pk)
        clocks = msgspec.to_builtins(clocks_of(base))
        return FlowDraft(pack=self.pack, base=base, text=base.text, tables=base.tables, clocks=clocks)

    def _check(self) -> None:
        """Nothing is kept that could not be shown and mended again."""
        if self.text is not None:
            root, found = parse_xml(self.text, f"{self.pack}.bpmn")
            _refuse(found, "text")
            if root is None or (local_name(root), namespace(root)) != ("definitions", BPMN):
                raise Invalid(_("这不是 BPMN 2.0 文件,请上传 .bpmn 文件。"), field="text", code="flow.no-bpmn")
        if self.tables is not None:
            if len(self.tables) > MOST_TABLES:
                raise Invalid(_("决策表最多 %(most)d 个。") % {"most": MOST_TABLES}, field="text", code="flow.too-many")
            for name, text in self.tables.items():
                _refuse(read_rows(text, name)[1], "text")
        if self.clocks is not None and len(self.clocks.limit) > MOST_LIMITS:
            raise Invalid(_("时限最多 %(most)d 条。") % {"most": MOST_LIMITS}, field="clock", code="flow.too-many")


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
