"""Facts to points by a sheet, each line with its formula written out."""

from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction
from math import prod

import msgspec

from guatu.core.cases.evaluation.sheet import Line, Sheet
from guatu.core.kernel.apportion import Weight, exact
from guatu.core.kernel.explained import Explained, Label, Part, Rule, Unknown, Word, show

Fact = Weight | Explained[float] | Explained[int] | Unknown

_PLACES = 12
"""So many decimals somebody can have written."""

_NAME = Label("name", "评分项", "line")
_FORMULA = Label("formula", "算式", "formula")
_LACKING = Label("lacking", "缺少", "lacking")
_SHEET = Label("sheet", "评分办法", "scoring text")
_FULL = Label("full", "满分", "full points")
_VALUE = Label("fact", "事实", "fact")

LINE = Rule("scoring.line", "{name}(满分 {full}): {formula} = {value}", "{name} (of {full}): {formula} = {value}")
NO_FACT = Rule(
    "scoring.fact-missing",
    "{name}无法计分,缺少“{lacking}”;请补齐数据",
    "“{name}” cannot be scored without “{lacking}”; supply it",
)
NO_DIVISOR = Rule(
    "scoring.divisor-zero",
    "{name}无法计分,除数“{lacking}”为 0",
    "“{name}” cannot be scored: its divisor “{lacking}” is 0",
)
NO_BAND = Rule(
    "scoring.no-band",
    "{name}无法计分,数值 {fact} 不在任何档次内;请补充档次",
    "“{name}” cannot be scored: {fact} lies in no band; add one",
)
SCORE = Rule("scoring.score", "“{sheet}”得分 {value}(满分 {full})", "{value} of {full} points by “{sheet}”")
NO_SCORE = Rule(
    "scoring.incomplete",
    "“{sheet}”无法得出总分: {lacking} 未能计分",
    "there is no score by “{sheet}”: {lacking} could not be scored",
)


class Scored(msgspec.Struct, frozen=True):
    """The score, and its lines by their keys."""

    total: Explained[float] | Unknown
    lines: dict[str, Explained[float] | Unknown]


def score(sheet: Sheet, facts: Mapping[str, Fact], exact_facts: Mapping[str, Fraction] | None = None) -> Scored:
    """All lines and their sum; where one line is unknown so is the sum, which is then neither 0 nor of the rest.

    `exact_facts` are multiplied instead of the printed figure of the same name: a rate is never rounded before.
    """
    values = {name: value for name, fact in facts.items() if (value := _number(fact)) is not None}
    values.update(exact_facts or {})
    points = {line.key: _points(line, values) for line in sheet.lines}
    lines = {line.key: _line(sheet, line, points[line.key], facts, values) for line in sheet.lines}
    head = (_SHEET.of(Word(sheet.zh, sheet.en)), _FULL.of(_float(sheet.full), unverified=sheet.unverified))
    parts = [Part(line.key, line.zh, line.en, lines[line.key]) for line in sheet.lines]
    without = [line for line in sheet.lines if isinstance(lines[line.key], Unknown)]
    if without:
        names = Word("、".join(line.zh for line in without), ", ".join(line.en for line in without))
        return Scored(NO_SCORE.lacks(*head, _LACKING.of(names), *parts), lines)
    added = sum((value for value in points.values() if value is not None), Fraction(0))
    rule = msgspec.structs.replace(SCORE, source=sheet.source)
    return Scored(rule.gives(float(added), *head, *parts), lines)


def _points(line: Line, values: Mapping[str, Fraction]) -> Fraction | None:
    if any(name not in values for name in line.facts):
        return None
    if line.bands_of:
        held = [band for band in line.bands if band.holds(values[line.bands_of])]
        return Fraction(held[0].points) if held else None
    found = Fraction(line.base)
    for term in line.terms:
        divisor = prod((values[name] for name in term.over), start=Fraction(1))
        if not divisor:
            return None
        found += Fraction(term.slope) * values[term.of] / divisor
    return _within(line, found)


def _within(line: Line, points: Fraction) -> Fraction:
    if line.floor is not None:
        points = max(points, Fraction(line.floor))
    return points if line.ceiling is None else min(points, Fraction(line.ceiling))


def _line(
    sheet: Sheet, line: Line, points: Fraction | None, facts: Mapping[str, Fact], values: Mapping[str, Fraction]
) -> Explained[float] | Unknown:
    name = (_NAME.of(Word(line.zh, line.en)), _FULL.of(_float(line.full), unverified=sheet.unverified))
    words = {fact: sheet.word(fact) or Word(fact, fact) for fact in line.facts}
    shown = [Label(fact, words[fact].zh, words[fact].en).of(_shown(facts[fact])) for fact in words if fact in facts]
    if points is not None:
        return LINE.gives(float(points), *name, _FORMULA.of(_formula(line, values, words)), *shown)
    lacking = [fact for fact in line.facts if fact not in values]
    if lacking:
        return NO_FACT.lacks(*name, _LACKING.of(words[lacking[0]]), *shown)
    if line.bands_of:
        return NO_BAND.lacks(*name, _VALUE.of(float(values[line.bands_of])), *shown)
    divisors = [fact for term in line.terms for fact in term.over if not values[fact]]
    return NO_DIVISOR.lacks(*name, _LACKING.of(words[divisors[0]]), *shown)


def _formula(line: Line, values: Mapping[str, Fraction], words: Mapping[str, Word]) -> Word:
    """The line as arithmetic: 30 - 0.002 × 100 ÷ (0.026 × 2.141), with its limits where it has any.

    Who computes it comes to the points: a number that no decimal writes stands as its quotient, 30 × (29 ÷ 30).
    """
    if line.bands_of:
        value = values[line.bands_of]
        band = next(band.when for band in line.bands if band.holds(value))
        word = words[line.bands_of]
        return Word(f"{word.zh} {_digits(value)},属于 {band}", f"{word.en} {_digits(value)}, in {band}")
    text = _arithmetic(line, values)
    if line.floor is None and line.ceiling is None:
        return Word(text, text)
    limits = ("-∞" if line.floor is None else line.floor, "+∞" if line.ceiling is None else line.ceiling)
    within = f"{text} ∈ [{', '.join(limits)}]"
    return Word(within, within)


def _arithmetic(line: Line, values: Mapping[str, Fraction]) -> str:
    text = "" if Fraction(line.base) == 0 else _digits(Fraction(line.base))
    for term in line.terms:
        slope = Fraction(term.slope)
        sign = " - " if slope < 0 else " + "
        text += (sign if text else sign.strip(" +")) + f"{_digits(abs(slope))} × {_digits(values[term.of])}"
        over = " × ".join(_digits(values[name]) for name in term.over)
        text += f" ÷ ({over})" if over else ""
    return text


def _number(fact: Fact) -> Fraction | None:
    if isinstance(fact, Unknown):
        return None
    return exact(fact.value if isinstance(fact, Explained) else fact)


def _shown(fact: Fact) -> int | float | Decimal | Explained[float] | Explained[int] | Unknown:
    return float(fact) if isinstance(fact, Fraction) else fact


def _float(number: str) -> float:
    return float(Fraction(number))


def _digits(number: Fraction) -> str:
    """All digits, or the quotient of two whole numbers where they have no end."""
    places = next((places for places in range(_PLACES + 1) if 10**places % number.denominator == 0), None)
    if places is None:
        return f"({number.numerator:,} ÷ {number.denominator:,})"
    whole = int(number * 10**places)
    return show(Decimal(whole).scaleb(-places), exact=True)
