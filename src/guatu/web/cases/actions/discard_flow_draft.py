"""A draft of a flow is thrown away; what is published stays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Action, Change, Context, take_version
from guatu.web.base.problems import Conflict
from guatu.web.cases.models import FlowDraft


@dataclass(frozen=True)
class DiscardFlowDraft(Action[None]):
    pack: str
    seen: int
    name = "flow.discard-draft"
    words = gettext_lazy("放弃流程草稿")
    permission = "flow.publish"

    def change(self, context: Context) -> Change[None]:
        draft = draft_at(self.pack, self.seen)
        change: Change[None] = Change(None)
        change.note(FlowDraft(pk=draft.pk), {"pack": self.pack}, None)
        draft.delete()
        return change

    def recall(self, answer: Any) -> None:
        return None


def draft_at(pack: str, seen: int) -> FlowDraft:
    """The draft of a pack, taken as it was seen."""
    draft = FlowDraft.objects.filter(pack=pack).first()
    if draft is None:
        raise Conflict(_("这份草稿刚刚被发布或放弃了,请从现行版本重新开始。"), code="flow.draft-gone")
    return take_version(draft, seen)
