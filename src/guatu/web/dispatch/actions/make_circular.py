"""A circular or monthly report is made from a period of a plan; its figures are kept as they are on the day."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.problems import Invalid, NotNow
from guatu.web.dispatch.actions.period_rows import known_period
from guatu.web.dispatch.models import Circular, Light
from guatu.web.dispatch.selectors.circular_figures import figures
from guatu.web.dispatch.selectors.circular_sentences import first_title
from guatu.web.dispatch.selectors.circular_texts import SECTIONS, first_texts


@dataclass(frozen=True)
class MakeCircular(RowAction[Circular]):
    """Where a draft of the same kind and period stands, another one is made only `despite` it."""

    name = "dispatch.make-circular"
    words = _("起草通报")
    permission = "circular.edit"
    period: int
    kind: str = Circular.Kind.CIRCULAR
    despite: bool = False

    def change(self, context: Context) -> Change[Circular]:
        if self.kind not in SECTIONS:
            raise Invalid(_("请选择通报或月报。"), field="kind")
        # The lock keeps two clicks apart: the second one finds the draft of the first.
        period = known_period(self.period, lock=True)
        if not Light.objects.filter(period=period).exists():
            raise NotNow(
                _("这一期还没有亮灯,不能生成通报。请等填报审核、亮灯计算之后再试。"), code="circular.no-lights"
            )
        drafts = Circular.objects.filter(period=period, kind=self.kind, state=Circular.State.DRAFT)
        if drafts.exists() and not self.despite:
            raise NotNow(
                _("这一期已有一份草稿。请继续编辑那份草稿;数据变化后需要另做一份的,请勾选“仍要新做”。"),
                field="despite",
                code="circular.draft",
            )
        today = context.actor.today
        body = figures(period, self.kind, today)
        circular = Circular.objects.create(
            kind=self.kind,
            plan=period.rule.plan,
            period=period,
            title=first_title(self.kind, body),
            body=body,
            texts=first_texts(self.kind, body, today),
            made_by=context.actor.user,
            made_at=context.at,
        )
        change = Change(circular)
        change.note(circular, None, {"kind": self.kind, "period": period.key, "title": circular.title})
        return change
