"""A document whose compilation broke off is compiled again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from guatu.web.base import jobs
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.actions.rows import found
from guatu.web.base.models import Job
from guatu.web.base.problems import NotNow
from guatu.web.ledger.actions.upload_plan import COMPILE
from guatu.web.ledger.models import PlanVersion


@dataclass(frozen=True)
class CompileAgain(RowAction[PlanVersion]):
    name: ClassVar[str] = "ledger.compile-again"
    words = gettext_lazy("重新编译方案")
    permission: ClassVar[str] = "plan.edit"
    version_id: int

    def change(self, context: Context) -> Change[PlanVersion]:
        version = found(PlanVersion, self.version_id)
        # A job that is gone or has failed is done by nobody any more; one that still runs would store a second result.
        broken = version.job is None or version.job.state == Job.State.FAILED
        if version.state != PlanVersion.State.COMPILING or not broken:
            raise NotNow(_("这个版本正在编译或已经编译完成。"))
        user = context.actor.user
        version.job = jobs.enqueue(COMPILE, {"version": version.pk}, user, context.at)
        version.save(update_fields=["job"])
        change = Change(version)
        change.note(version, None, {"job": version.job.pk})
        return change
