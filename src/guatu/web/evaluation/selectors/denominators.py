"""What the county divides by: its own settings first, then the parameters of the pack."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from guatu.core.cases.evaluation.counts import COUNTS
from guatu.core.cases.evaluation.rates import RATES, Denominator, denominator_of
from guatu.core.kernel.finding import Language
from guatu.web.base.settings_table import setting
from guatu.web.evaluation.selectors.counted import rubrics_of
from guatu.web.evaluation.settings import NAME, OwnDenominator, rate_key
from guatu.web.kit.table import Column, text


@dataclass(frozen=True)
class DenominatorLine:
    """A rate with what it is divided by on a day, and what it may be."""

    code: str
    name: str
    numerator: str
    denominator: str
    """Empty where nobody has set one."""
    source: str
    unverified: str
    own: bool
    """Set by the county itself."""
    chosen: str
    choices: list[tuple[str, str]]


def own_denominators(pack: str, on: datetime.date) -> dict[str, Denominator]:
    """Those that the county set, by their rates."""
    rows: list[OwnDenominator] = setting(NAME, on)
    known = {rate_key(pack, code): code for code in RATES}
    return {
        known[row.rate]: Denominator(known[row.rate], row.count, row.source)
        for row in rows
        if row.rate in known and row.count in COUNTS
    }


def denominators_on(pack: str, on: datetime.date) -> list[Denominator]:
    own = own_denominators(pack, on)
    return [*own.values(), *(one for one in rubrics_of(pack).denominators if one.rate not in own)]


def denominator_lines(pack: str, on: datetime.date, language: Language) -> list[DenominatorLine]:
    held, own = denominators_on(pack, on), own_denominators(pack, on)

    def word(name: str) -> str:
        return (COUNTS[name].zh if language == "zh" else COUNTS[name].en) if name else ""

    lines = []
    for rate in RATES.values():
        count, source, unchecked = denominator_of(rate, on, held)
        choices = tuple(dict.fromkeys((*((rate.denominator,) if rate.denominator else ()), *rate.choices)))
        lines.append(
            DenominatorLine(
                code=rate.code,
                name=rate.zh if language == "zh" else rate.en,
                numerator=word(rate.numerator),
                denominator=word(count),
                source=source,
                unverified=unchecked if source else (rate.unverified if count else ""),
                own=rate.code in own,
                chosen=count,
                choices=[(name, word(name)) for name in choices],
            )
        )
    return lines


def _name(line: DenominatorLine) -> SafeString:
    return format_html('<span id="{}">{}</span>', line.code, line.name)


COLUMNS: tuple[Column[DenominatorLine], ...] = (
    text("rate", _("指标"), lambda line: line.name, shown=_name, head=True),
    text("numerator", _("分子"), lambda line: line.numerator),
    text("denominator", _("分母"), lambda line: line.denominator, template="evaluation/_denominator.html"),
    text("source", _("依据"), lambda line: line.source, template="evaluation/_source.html"),
    text("set", _("设定"), lambda line: "", template="evaluation/_set.html"),
)
