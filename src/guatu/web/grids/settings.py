"""Settings of grids: how many residents one may have, and by which rules grids are rated and their people paid."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from guatu.core.fields.number import Number
from guatu.core.fields.text import Text
from guatu.web.base.declarations import Declared, One
from guatu.web.base.problems import Invalid
from guatu.web.base.settings import RULES

GROUP = _("网格")


def _example() -> str:
    from guatu.web.grids.scheme import EXAMPLE

    return EXAMPLE.read_text(encoding="utf-8")


def _wrong(text: str) -> Iterable[str]:
    from guatu.web.grids.scheme import scheme_of

    try:
        scheme_of(text)
    except Invalid as problem:
        yield str(problem.message)


MOST_RESIDENTS = Declared(
    "grids.most-residents",
    One(Number(places=0, least=Decimal(1), most=Decimal(100_000), required=True)),
    3000,
    label=_("责任网格最多住多少人"),
    help=_("划分和修改责任网格时,超过这个人数不能保存。"),
    group=GROUP,
    permission=RULES,
)
RATING = Declared(
    "grids.rating",
    One(Text(many_lines=True, longest=50_000, required=True)),
    _example,
    label=_("网格评级和补助规则"),
    help=_("TOML 文本:版本、评级规则、补助档次,各带起止日期和依据。写法见“管好网格”一页。"),
    group=GROUP,
    permission=RULES,
    source=_("随程序的示例,没有对照过本县文件"),
    check=_wrong,
    refuses=True,
)
