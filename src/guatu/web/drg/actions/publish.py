"""A run is shown to the hospitals, and a round begins in which they may object to it."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, take_version
from guatu.web.base.actions.rows import found
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.drg.actions.common import InsurerAction
from guatu.web.drg.models import Objection, RegionYear, Round, Run

LONGEST_ANSWER = 60


@dataclass(frozen=True)
class Publish(InsurerAction[Round]):
    run_id: int
    seen: int
    until: datetime.date | None
    answer_days: int
    name: ClassVar[str] = "drg.publish"
    words = _("公布 DRG 结果")

    def change(self, context: Context) -> Change[Round]:
        run = found(Run, self.run_id)
        year = found(RegionYear, run.region_year_id)
        if run.state != Run.State.DONE:
            raise NotNow(_("这次计算没有结果,不能公布。"), code="drg.no-result")
        if self.until is None or self.until < context.actor.today:
            raise Invalid(_("请填写异议截止日期,不早于今天。"), field="until")
        if not 1 <= self.answer_days <= LONGEST_ANSWER:
            raise Invalid(_("答复期限应在 1 到 %(n)d 个工作日之间。") % {"n": LONGEST_ANSWER}, field="answer_days")
        open_ = Objection.objects.filter(round__run__region_year=year, state=Objection.State.RAISED).count()
        if open_:
            raise NotNow(_("上一轮还有 %(n)d 件异议未答复,请先答复。") % {"n": open_}, code="drg.objections-open")
        before = year.published_id
        year.published = run
        take_version(year, self.seen, "published")
        rounds = Round.objects.filter(run__region_year=year)
        made = Round.objects.create(
            run=run, number=(rounds.aggregate(n=Max("number"))["n"] or 0) + 1, until=self.until,
            answer_days=self.answer_days, made_by=context.actor.user, made_at=context.at,
        )  # fmt: skip
        change = Change(made)
        change.note(year, {"published": before}, {"published": run.pk})
        change.note(made, None, {"number": made.number, "until": self.until.isoformat()})
        return change
