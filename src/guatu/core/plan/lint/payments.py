"""Payments that do not make up what is paid: 首付30%、进度款50%、余款30%, or more paid out than the budget has.

The contract is drawn up from these figures; one of them is wrong.
"""

import re
from collections.abc import Iterator
from fractions import Fraction

from guatu.core.kernel.finding import Finding, Kind
from guatu.core.kernel.regex import regex
from guatu.core.plan.lint.quantities import Quantity, quantities, total_of, written
from guatu.core.plan.lint.view import LintView

SHARES = Kind(
    "plan.payments-not-whole",
    "error",
    zh="各次付款比例相加是{sum}，不是100%（{parts}），请核对",
    en="the shares that are paid add up to {sum}, not to 100% ({parts}): check them",
)
BUDGET = Kind(
    "plan.payments-over-budget",
    "error",
    zh="各次付款相加是{sum}，超过{budget}（{parts}），请核对",
    en="the payments add up to {sum}, more than {budget} ({parts}): check the figures",
)
KINDS = (SHARES, BUDGET)

_WORDS = "预付款 预付 首付款 首付 首期款 启动资金 进度款 支付 拨付 付款 付清 兑付 尾款 余款 质保金 保证金 结算款 剩余资金 剩余款项 剩余"
_PAYMENT = f"(?:{'|'.join(_WORDS.split())})"
_PERCENT = r"\d+(?:\.\d+)?"
_SHARE = regex(
    rf"{_PAYMENT}[^,。;:、\d%]{{0,16}}(?P<share>{_PERCENT})%"
    rf"|(?P<rest>{_PERCENT})%(?:的)?(?:作为|为)?[^,。;:、\d%]{{0,6}}{_PAYMENT}"
)
_LAST = regex(r"尾款|余款|剩余|付清|结清")
# What is kept back is the last part where two others stand before it: 首付, 进度款, 质保金.
_KEPT_BACK = regex(r"质保金|保证金")
_WITH_KEPT_BACK = 3
# 支付至80%: such shares grow and do not add up.
_GROWING = regex(r"(?:付|拨)[^,。;\d]{0,8}(?:至|到|达)[^,。;\d]{0,10}\d|累计")
_BUDGET = regex(
    r"(?:预算|概算|总投资|合同(?:总)?价|中标价|总价|控制价|资金总额|总额|安排资金)(?:资金|金额|总额|款)?(?:为|共|是|约|:)?(?=\d)"
)
_PAID = regex(rf"{_PAYMENT}[^,。;:、\d]{{0,10}}$")
_PARAGRAPH = regex(r"[^\n]+")
_FEWEST = 2


def check(view: LintView) -> Iterator[Finding]:
    for paragraph in _PARAGRAPH.finditer(view.norm):
        if "付" in paragraph[0] or "款" in paragraph[0]:
            yield from _shares(view, paragraph)
            yield from _amounts(view, *paragraph.span())


def _shares(view: LintView, paragraph: re.Match[str]) -> Iterator[Finding]:
    if _GROWING.search(paragraph[0]):
        return
    found = list(_SHARE.finditer(view.norm, *paragraph.span()))
    if len(found) < _FEWEST:
        return
    parts = [Fraction(match["share"] or match["rest"]) for match in found]
    total = sum(parts)
    last = found[-1][0]
    complete = _LAST.search(last) or (len(found) >= _WITH_KEPT_BACK and _KEPT_BACK.search(last))
    if total > 100 or (total != 100 and complete):
        shown = "+".join(f"{float(part):g}%" for part in parts)
        yield view.at(SHARES, found[0].start(), found[-1].end(), sum=f"{float(total):g}%", parts=shown)


def _amounts(view: LintView, start: int, end: int) -> Iterator[Finding]:
    budget = _BUDGET.search(view.norm, start, end)
    if budget is None:
        return
    money = [q for q in quantities(view, start, end) if q.kind == "yuan"]
    whole = next((q for q in money if q.start == budget.end()), None)
    paid = [q for q in money if whole and q.start > whole.end and _PAID.search(view.norm, start, q.start)]
    if whole is None or len(paid) < _FEWEST or not all(q.exact for q in (whole, *paid)):
        return
    if _GROWING.search(view.norm, whole.end, end) or view.norm.find("其中", whole.end, end) >= 0:
        return
    value, slack = total_of(paid)
    if value - whole.value > slack + whole.slack:
        shown = "+".join(_text(view, q) for q in paid)
        yield view.at(BUDGET, whole.start, whole.end, sum=written(value, whole), budget=_text(view, whole), parts=shown)


def _text(view: LintView, quantity: Quantity) -> str:
    return view.norm[quantity.start : quantity.end]
