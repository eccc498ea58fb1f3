"""A year is computed from what was uploaded last, in the background."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from guatu.engines.drg.parameters.approval import NEEDED
from guatu.web.base import jobs
from guatu.web.base.actions import Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.language import joined
from guatu.web.base.models import Job
from guatu.web.base.problems import NotNow
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import Parameters, RegionYear, Run, Table

RUN = "drg.run"


@dataclass(frozen=True)
class RunYear(InsurerAction[Run]):
    year_id: int
    seen: int
    again: int | None = None
    """A run whose inputs are taken once more."""
    name: ClassVar[str] = "drg.run-year"
    words = _("计算 DRG 年度")

    def change(self, context: Context) -> Change[Run]:
        year = found(RegionYear, self.year_id)
        take_version(year, self.seen)
        if year.runs.filter(state=Run.State.RUNNING).exclude(job__state=Job.State.FAILED).exists():
            raise NotNow(_("上一次计算还没有完成,请稍候。"), code="drg.running")
        run = self._like(found(Run, self.again)) if self.again else self._newest(year)
        run.region_year, run.number = year, (year.runs.aggregate(n=Max("number"))["n"] or 0) + 1
        run.made_by, run.made_at = context.actor.user, context.at
        run.save()
        run.job = jobs.enqueue(RUN, {"run": run.pk}, context.actor.user, context.at)
        run.save(update_fields=["job"])
        change = Change(run)
        change.note(run, None, {"year": year.pk, "number": run.number, "parameters": run.parameters.digest})
        return change

    def _like(self, old: Run) -> Run:
        if old.region_year_id != self.year_id:
            raise NotNow(_("这次计算不属于这个年度。"))
        return Run(
            parameters=old.parameters, history=old.history, stays=old.stays, hospitals=old.hospitals,
            reviews=old.reviews, scheme=old.scheme,
        )  # fmt: skip

    def _newest(self, year: RegionYear) -> Run:
        tables = newest_tables(year)
        needed = (Table.Kind.HISTORY, Table.Kind.STAYS, Table.Kind.HOSPITALS)
        lacks = [str(kind.label) for kind in needed if kind not in tables]
        parameters = year.parameter_sets.order_by("-id").first()
        if parameters is None:
            lacks.append(str(Parameters._meta.verbose_name))
        if lacks or parameters is None:
            raise NotNow(_("还缺少:%(lacks)s。请先上传。") % {"lacks": joined(lacks)}, code="drg.inputs-missing")
        approved = parameters.approvals.filter(digest=parameters.digest).count()
        if approved < NEEDED:
            raise NotNow(
                _("参数“%(version)s”有 %(n)d 人批准,须有两个不同的人批准。")
                % {"version": parameters.version, "n": approved},
                code="drg.not-approved",
            )
        return Run(
            parameters=parameters, history=tables["history"], stays=tables["stays"], hospitals=tables["hospitals"],
            reviews=tables.get("reviews"), scheme=tables.get("scheme"),
        )  # fmt: skip


def newest_tables(year: RegionYear) -> dict[str, Table]:
    """The table in use of each kind."""
    return {table.kind: table for table in year.tables.select_related("file").order_by("id")}
