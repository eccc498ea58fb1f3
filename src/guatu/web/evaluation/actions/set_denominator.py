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
from guatu.web.base.selectors.settings import rows_of, words_of
from guatu.web.cases.library import evaluated_packs
from guatu.web.evaluation.settings import DENOMINATORS, LONGEST_SOURCE, NAME, rate_key

Line = dict[str, str]


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
        given = {"rate": rate_key(self.pack, self.rate), "count": self.count, "source": source}
        return _put(given, self.valid_from)


def _put(given: Line, day: datetime.date) -> Change[Setting]:
    """A line from a day on: later values that had the line before keep no longer what is no longer said."""
    rows = rows_of(NAME, lock=True)
    held = next((row for row in rows if row.valid_from <= day), None)
    before = _line(held, given["rate"])
    row = held if held and held.valid_from == day else Setting(name=NAME, valid_from=day, value=held and held.value)
    was = _told(row)
    later = [one for one in rows if one.valid_from > day and _line(one, given["rate"]) == before]
    change = Change(row)
    row.source = given["source"]
    for one in (row, *later):
        one.value = [*(line for line in one.value or () if line["rate"] != given["rate"]), given]
        one.save()
    after = {"name": NAME, "value": _told(row), "valid_from": day.isoformat(), "source": row.source}
    change.note(row, {"value": was}, after)
    return change


def _told(row: Setting) -> str:
    """As the audit trail says the value of every setting."""
    return words_of(DENOMINATORS, row.value, shows_secret=False)


def _line(row: Setting | None, rate: str) -> Line | None:
    return next((line for line in (row.value or () if row else ()) if line["rate"] == rate), None)
