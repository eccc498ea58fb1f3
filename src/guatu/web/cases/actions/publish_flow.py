"""The county's draft of a flow becomes the version on which new cases begin; running cases stay on theirs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import msgspec
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.language import language
from guatu.web.base.problems import Invalid
from guatu.web.cases.actions.discard_flow_draft import draft_at
from guatu.web.cases.actions.flow_rows import current_version
from guatu.web.cases.flow_drafts import checked, clocks_of_draft
from guatu.web.cases.library import version_of_clocks
from guatu.web.cases.models import FlowDraft, FlowVersion

LONGEST_REASON = 2000


@dataclass(frozen=True)
class PublishFlow(RowAction[FlowVersion]):
    """`seen` is the version of the draft that was looked at."""

    pack: str
    seen: int
    reason: str
    name = "flow.publish"
    words = gettext_lazy("发布流程")
    permission = "flow.publish"

    def change(self, context: Context) -> Change[FlowVersion]:
        reason = reason_of(self.reason)
        draft = draft_at(self.pack, self.seen)
        row = self._row(draft, reason, context)
        former = current_version(self.pack, context.at)
        if (former.version, former.clocks_version) == (row.version, row.clocks_version):
            raise Invalid(_("草稿与现行版本相同,没有可发布的改动。"), field="reason", code="flow.same")
        FlowVersion.objects.filter(pack=self.pack, current=True).update(current=False)
        row.former = former
        row.save(force_insert=True)
        draft.delete()
        change = Change(row)
        change.note(row, _told(former), {**_told(row), "reason": reason})
        return change

    def _row(self, draft: FlowDraft, reason: str, context: Context) -> FlowVersion:
        engine, found = checked(draft)
        errors = [one for one in found if one.severity == "error"]
        if engine is None:
            said = ngettext("还有 %(n)d 处错误,不能发布:", "还有 %(n)d 处错误,不能发布:", len(errors)) % {
                "n": len(errors)
            }
            first = errors[0].text(language()) if errors else ""
            raise Invalid(said + first, field="reason", code="flow.not-sound")
        clocks = clocks_of_draft(draft)
        return FlowVersion(
            flow=engine.flow.id,
            version=engine.version,
            pack=draft.pack,
            text=draft.text,
            tables=draft.tables,
            fields=msgspec.to_builtins(engine.fields),
            parameters=engine.flow.parameters.stored,
            clocks=msgspec.to_builtins(clocks),
            clocks_version=version_of_clocks(clocks),
            confidential=engine.flow.confidential,
            published_at=context.at,
            published_by=context.actor.user,
            county=True,
            current=True,
            reason=reason,
        )


def reason_of(text: str) -> str:
    """The reason that a change needs."""
    reason = text.replace("\0", "").strip()
    if not reason:
        raise Invalid(_("请写明理由。"), field="reason", code="flow.reason-missing")
    if len(reason) > LONGEST_REASON:
        raise Invalid(_("理由不能超过 %(most)d 个字。") % {"most": LONGEST_REASON}, field="reason")
    return reason


def _told(row: FlowVersion) -> dict[str, Any]:
    return {"pack": row.pack, "version": row.version, "clocks": row.clocks_version, "county": row.county}
