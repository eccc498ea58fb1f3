"""What a hospital's statement says: each line with its reason, and its stays."""

from collections.abc import Iterator
from decimal import Decimal

from guatu.core.kernel.explained import Explained
from guatu.core.kernel.finding import Language
from guatu.core.kernel.money import Money
from guatu.engines.drg.points.model import OUTSIDE, RULE_NAMES, RULES
from guatu.engines.drg.settlement.explain import rows_of
from guatu.engines.drg.settlement.figures import HospitalFigures
from guatu.engines.drg.settlement.year import Year

LINES = (
    ("points", "点数", "Points"),
    ("entitlement", "应得额", "Entitlement"),
    ("claims", "基金申报额", "Fund claims"),
    ("withheld", "考核扣减", "Withheld"),
    ("released", "考核后应付", "Due after assessment"),
    ("sharing", "结余超支分担", "Surplus and overspend"),
    ("incentive", "激励金", "Incentive"),
    ("prepaid", "已预付", "Prepaid"),
    ("clearing", "清算额", "Clearing"),
)

Line = tuple[str, Decimal | None, str]
StayLine = tuple[str, str, int, Decimal, str, Decimal, Decimal | None]


def lines_of(figures: HospitalFigures, language: Language) -> list[Line]:
    """Name, value (points or yuan; none where it cannot be computed) and reason, with what is unverified in it."""
    found = []
    for key, chinese, english in LINES:
        figure = getattr(figures, key)
        value = figure.value if isinstance(figure, Explained) else None
        plain = value.yuan if isinstance(value, Money) else value
        why = figure.sentence(language)
        if isinstance(figure, Explained) and figure.unverified:
            mark = "系数未与标准原文核对" if language == "zh" else "not checked against the standard"
            why += f" ({mark}: {'; '.join(figure.unverified)})"
        found.append((chinese if language == "zh" else english, plain, why))
    return found


def stays_of(year: Year, code: str, language: Language) -> Iterator[StayLine]:
    """Id, group, days, cost, rule, coefficient and points of each stay of the hospital."""
    stays, points = year.stays, year.points
    names = [RULE_NAMES[rule][language == "en"] for rule in RULES]
    for at in rows_of(year, code):
        rule = int(points.rule[at])
        units = None if rule == OUTSIDE else Decimal(int(points.units[at])).scaleb(-4)
        cost, k = Decimal(int(stays.cost[at])).scaleb(-2), Decimal(int(points.coefficient[at])).scaleb(-4)
        yield str(stays.id[at]), stays.group[at], int(stays.days[at]), cost, names[rule], k, units
