"""A document that could not be read: its version says why, in both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext_lazy

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.ledger.models import PlanVersion


@dataclass(frozen=True)
class StoreFailure(RowAction[PlanVersion]):
    name: ClassVar[str] = "ledger.store-failure"
    words = gettext_lazy("记录编译失败")
    version_id: int
    code: str
    zh: str
    en: str

    def permit(self, context: Context) -> None:
        """The upload was permitted; this keeps what it came to."""

    def change(self, context: Context) -> Change[PlanVersion]:
        version = found(PlanVersion, self.version_id)
        if version.state != PlanVersion.State.COMPILING:
            return Change(version)  # a worker that was slower than another: the work is done
        version.state = PlanVersion.State.FAILED
        version.failure = {"code": self.code, "zh": self.zh, "en": self.en}
        version.save(update_fields=["state", "failure"])
        change = Change(version)
        change.note(version, {"state": PlanVersion.State.COMPILING}, {"state": version.state, "code": self.code})
        return change
