"""A unit price times the number of heads that differs from the total: 200户,每户补助5000元,共120万元.

One of the three figures is wrong, and money is asked for or paid out by it.
"""

from collections.abc import Iterator
from fractions import Fraction

import msgspec

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.quantities import Quantity, quantities, written
from guatu.core.plan.lint.view import LintView

KIND = Kind(
    "plan.price-times-heads",
    "error",
    zh="合计写的是{total}，单价{price}乘以{heads}是{product}，请核对",
    en="the total says {total}, but {price} times {heads} is {product}: check the figures",
)

_UNITS = "户 人 名 位 亩 个 座 处 所 家 栋 间 盏 台 套 辆 头 只 株 棵 村 公里 平方米 立方米 米 吨 场 次 期 件"
_PER = "|".join(_UNITS.split())
_N = r"\d+(?:\.\d+)?"
_PRICE = regex(
    rf"每(?P<per>{_PER})(?!每)[^,。;:\d每]{{0,10}}(?P<price>{_N})(?P<scale>[百千万]?)元(?!/)"
    rf"|(?P<cost>{_N})(?P<times>[百千万]?)元/(?P<each>{_PER})(?![/·])"
)
_TOTAL = regex(
    r"(?:合计|共计|总计|小计|共需?|计(?=需|\d)|总投资|总金额|总额|需(?:要)?(?:资金|投资|经费)?)[^\d,。;:每]{0,8}(?=\d)"
)
# A price by the month or the year has a third factor; what is about so much has no product.
_THIRD = regex(
    r"每[年月天日次季]|/[年月天日]|[年月天]{1,2}补|按[年月]|标准.{0,6}[~-]|\d[~-]\d|分别|不同|其中|最高|不超过|以上|左右|约|起"
)
_SENTENCE = regex(r"[^。;\n]+")
_SCALES = {"": 1, "百": 100, "千": 1000, "万": 10_000}
_LIKE = {"名": "人", "位": "人", "棵": "株"}


class Priced(msgspec.Struct, frozen=True):
    """What one of them costs, in yuan."""

    start: int
    end: int
    each: str
    yuan: Fraction


def check(view: LintView) -> Iterator[Finding]:
    for sentence in _SENTENCE.finditer(view.norm) if "元" in view.norm else ():
        if "元" in sentence[0] and not _THIRD.search(sentence[0]):
            yield from _in_sentence(view, *sentence.span())


def _in_sentence(view: LintView, start: int, end: int) -> Iterator[Finding]:
    prices = list(_prices(view.norm, start, end))
    if len(prices) != 1:
        return
    price = prices[0]
    found = [q for q in quantities(view, start, end) if not (price.start <= q.start < price.end)]
    heads = [q for q in found if _like(q.unit) == _like(price.each)]
    totals = [q for q in found if q.kind == "yuan"]
    if len(heads) != 1 or len(totals) != 1 or not heads[0].exact or not totals[0].exact:
        return
    total = totals[0]
    if not _TOTAL.search(view.norm[max(start, total.start - 14) : total.start + 1]):
        return
    product = price.yuan * (heads[0].value / heads[0].factor)
    if abs(product - total.value) > _slack(view.norm, total):
        yield view.at(
            KIND,
            total.start,
            total.end,
            total=view.norm[total.start : total.end],
            price=view.norm[price.start : price.end],
            heads=view.norm[heads[0].start : heads[0].end],
            product=written(product, total),
        )


def _prices(norm: str, start: int, end: int) -> Iterator[Priced]:
    for match in _PRICE.finditer(norm, start, end):
        number, scale = (match["price"], match["scale"]) if match["per"] else (match["cost"], match["times"])
        yield Priced(*match.span(), match["per"] or match["each"], Fraction(number) * _SCALES[scale])


def _like(unit: str) -> str:
    return _LIKE.get(unit, unit)


def _slack(norm: str, total: Quantity) -> Fraction:
    """Half of the last figure that the total shows."""
    figure = _DECIMALS.match(norm, total.start)
    decimals = len(figure[1] or "") if figure else 0
    return total.factor * Fraction(1, 2 * 10**decimals)


_DECIMALS = regex(r"\d+(?:\.(\d+))?")
