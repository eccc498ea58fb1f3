"""What each rate is divided by in this county, where the methods of cities differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import msgspec
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.rates import RATES
from guatu.core.fields.choice import Choice
from guatu.core.fields.text import Text
from guatu.web.base.declarations import Cell, Declared, Rows
from guatu.web.base.settings import CASE_GROUP, CASES

NAME = "evaluation.denominators"
LONGEST_SOURCE = 200


class OwnDenominator(msgspec.Struct, frozen=True):
    """A rate of a pack ("pack/rate"), the count that it is divided by, and the paper that says so."""

    rate: str
    count: str
    source: str

    @property
    def allowed(self) -> set[str]:
        of = RATES[self.rate.rpartition("/")[2]]
        return {of.denominator, *of.choices} - {""}


def rate_key(pack: str, rate: str) -> str:
    return f"{pack}/{rate}"


def _rates() -> Choice:
    # Packs are read where choices are asked for, and not by every command that reads a setting.
    from guatu.web.cases.library import evaluated_packs, library

    options = {}
    for pack in evaluated_packs():
        titles = library().title(pack, "zh"), library().title(pack, "en")
        for rate in RATES.values():
            options[rate_key(pack, rate.code)] = (f"{titles[0]} · {rate.zh}", f"{titles[1]} · {rate.en}")
    return Choice(options=options, required=True)


def _counts() -> Choice:
    return Choice(options={name: (count.zh, count.en) for name, count in COUNTS.items()}, required=True)


def _wrong(rows: Sequence[OwnDenominator]) -> Iterator[str]:
    seen = set()
    for at, row in enumerate(rows, start=1):
        if row.rate in seen:
            yield _now("第 %(row)d 行:这个指标前面已经有了。") % {"row": at}
        seen.add(row.rate)
        if row.count not in row.allowed:
            known = {COUNTS[name].zh for name in row.allowed}
            said = _now("第 %(row)d 行:这个指标的分母只能是 %(known)s。")
            yield said % {"row": at, "known": "/".join(sorted(known))}


DENOMINATORS: Declared[Any] = Declared(
    NAME,
    Rows(
        (
            Cell("rate", _("指标"), _rates),
            Cell("count", _("分母"), _counts),
            Cell("source", _("依据"), Text(longest=LONGEST_SOURCE, required=True)),
        ),
        list[OwnDenominator],
    ),
    (),
    label=_("综合评价指标的分母"),
    help=_("各地口径不同的指标除以什么,以及依据哪份文件;没有写的指标用业务包的口径,业务包也没有的不计算。"),
    group=CASE_GROUP,
    permission=CASES,
    check=_wrong,
    opening=True,
)
