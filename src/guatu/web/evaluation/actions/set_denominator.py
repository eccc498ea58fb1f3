"""The county says what a rate is divided by from a day on, and on what that rests."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import ClassVar

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from guatu.core.cases.evaluation.rates import RATES
from guatu.web.base.actions import Change, Context, RowAction
from guatu.web.base.models import Setting
from guatu.web.base.problems import Invalid
from guatu.web.evaluation.selectors.counted import evaluated_packs
from guatu.web.evaluation.selectors.denominators import setting_name

LONGEST_SOURCE = 200


@dataclass(frozen=True)
class SetDenominator(RowAction[Setting]):
    pack: str
    rate: str
    count: str
    valid_from: datetime.date | None
    source: str
    name: ClassVar[str] = "evaluation.set-denominator"
    words: ClassVar[str | Promise] = _("设定指标口径")
    permission: ClassVar[str] = "case.evaluate"

    def change(self, context: Context) -> Change[Setting]:
        if self.pack not in evaluated_packs() or self.rate not in RATES:
            raise Invalid(_("没有这个指标,请刷新页面后重试。"), field="rate", code="evaluation.no-rate")
        of = RATES[self.rate]
        if self.count not in {of.denominator, *of.choices} - {""}:
            raise Invalid(_("请从列表中选择分母。"), field="count", code="evaluation.no-count")
        if self.valid_from is None:
            raise Invalid(_("请填写从哪一天起执行。"), field="valid_from", code="evaluation.no-day")
        source = self.source.replace("\0", "").strip()
        if not source or len(source) > LONGEST_SOURCE:
            raise Invalid(
                _("请写明依据的文件,不超过 %(most)d 个字。") % {"most": LONGEST_SOURCE}, field="source",
                code="evaluation.no-source",
            )  # fmt: skip
        name = setting_name(self.pack, self.rate)
        old = Setting.objects.filter(name=name, valid_from=self.valid_from).first()
        before = {"value": old.value, "source": old.source} if old else None
        row, _new = Setting.objects.update_or_create(
            name=name, valid_from=self.valid_from, defaults={"value": self.count, "source": source}
        )
        change = Change(row)
        after = {"name": name, "value": self.count, "source": source, "valid_from": self.valid_from.isoformat()}
        change.note(row, before, after)
        return change
