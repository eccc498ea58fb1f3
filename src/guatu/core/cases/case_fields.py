"""What a step of a case asks for: typed fields with their unit, range, choices and words in both languages.

Whoever fills one in, on a page, by the API or in an example of a pack, is read here, so that a condition of the flow
compares numbers with numbers and choices with choices. What is kept is JSON.
"""

from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from functools import cached_property
from typing import Any, Final, Literal

import msgspec

from guatu.core.fields.choice import Choice as ChoiceField
from guatu.core.fields.code import Code
from guatu.core.fields.day import Day
from guatu.core.fields.kind import Field, is_empty
from guatu.core.fields.money import Amount
from guatu.core.fields.number import Number
from guatu.core.fields.person import PersonName
from guatu.core.fields.phone import Phone
from guatu.core.fields.share import Share
from guatu.core.fields.text import Text
from guatu.core.fields.truth import Truth
from guatu.core.kernel.explained import RATIO
from guatu.core.kernel.finding import Kind, Language
from guatu.core.kernel.money import FEN_IN_YUAN, Money
from guatu.core.kernel.row_finding import RowFinding, row_finding
from guatu.core.rules import Choice, Term, Vocabulary, judge, names, parse
from guatu.core.rules.vocabulary import Type

FieldKind = Literal[
    "text", "lines", "number", "share", "money", "day", "choice", "truth", "unit", "place", "class", "condition",
    "person", "phone", "code", "photo", "file",
]  # fmt: skip
FILES: Final = ("photo", "file")
"""Kinds whose values are files: a list of their keys."""
LONGEST: Final = {"text": 200, "lines": 4000}
# Kinds that are not named here are texts to a condition.
_TYPES: Final[dict[str, Type]] = {
    "number": "number", "share": "number", "money": "number", "day": "day", "truth": "boolean",
    "photo": "list", "file": "list",
}  # fmt: skip
_UNITS: Final = {"share": RATIO, "money": "元"}
"""Units in which a kind is kept, whatever is asked for."""


NO_VALUE = Kind(
    "case.no-single-value",
    "error",
    "“{name}”要填写一个值,不是文件或列表",
    "'{name_en}' takes one value and no files or lists",
)


class Option(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One value of a choice with its words."""

    value: str
    zh: str
    en: str


class CaseField(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A field that steps and decision tables name. `unit`, `least` and `most` are of numbers and money, which is kept
    and compared in yuan in whatever unit it is asked for; `places` is of numbers, `pattern` of codes; `hint_zh` and
    `hint_en` say how to fill it in."""

    name: str
    kind: FieldKind
    zh: str
    en: str
    unit: str = ""
    least: Decimal | None = None
    most: Decimal | None = None
    places: int = 2
    options: tuple[Option, ...] = ()
    longest: int = 0
    pattern: str = ""
    hint_zh: str = ""
    hint_en: str = ""
    public: bool = False
    """Whether whoever reported reads what was filled in, or sees the picture."""

    def label(self, language: Language) -> str:
        return self.en if language == "en" else self.zh

    def hint(self, language: Language) -> str:
        return self.hint_en if language == "en" else self.hint_zh

    @property
    def is_file(self) -> bool:
        return self.kind in FILES

    @property
    def reader(self) -> Field[Any]:
        """The kind of field that reads a value of it; what the directory or the files know is a text here."""
        make = _READERS.get(self.kind)
        return make(self) if make else Text(longest=self.longest or LONGEST["text"])

    @property
    def kept_reader(self) -> Field[Any]:
        """Reads what a case keeps, which is in yuan where it is money."""
        return Amount() if self.kind == "money" else self.reader

    @property
    def term(self) -> Term:
        """The field as a fact of conditions."""
        choices = tuple(Choice(one.value, one.zh, one.en) for one in self.options)
        unit = _UNITS.get(self.kind, self.unit)
        type_ = _TYPES.get(self.kind, "text")
        least, most = (Decimal(0), Decimal(1)) if self.kind == "share" else (None, None)
        bounds = (least if self.least is None else self.least, most if self.most is None else self.most)
        return Term(self.name, type_, self.zh, self.en, unit, choices, *bounds)

    def read(self, given: Any, row: str) -> tuple[Any, list[RowFinding]]:
        """The value as a case keeps it, and what is wrong with what was given; files are keys and pass through."""
        if self.is_file and not isinstance(given, str):
            return given, []
        if isinstance(given, (list, tuple, dict)):
            return None, [row_finding(NO_VALUE, row, self.name, name=self.zh, name_en=self.en)]
        found = self.reader.read(given)
        # A warning is no reason to refuse what somebody typed on the spot.
        return kept(found.value), [one.at(row, self.name) for one in found.findings if one.severity == "error"]

    def shown(self, value: Any, language: Language) -> str:
        """The value in words: a choice by its label, a number with its unit."""
        if self.kind == "choice":
            return next(
                (one.en if language == "en" else one.zh for one in self.options if one.value == value), str(value)
            )
        if self.kind in ("number", "share", "money", "truth") and not isinstance(value, str):
            reader = self.kept_reader
            return reader.show(reader.read(value).value, language) or str(value)
        return str(value)

    def typed(self, value: Any) -> str:
        """The value as somebody would type it, so that it is read as the same."""
        if self.kind in ("share", "truth") or (self.kind == "money" and self.unit not in ("", _UNITS["money"])):
            return self.shown(value, "zh")
        # No number is typed with an exponent.
        return f"{Decimal(repr(value)):f}" if isinstance(value, float) else str(value)


_READERS: Final[dict[str, Callable[[CaseField], Field[Any]]]] = {
    "lines": lambda one: Text(longest=one.longest or LONGEST["lines"], many_lines=True),
    "number": lambda one: Number(unit=one.unit, least=one.least, most=one.most, places=one.places),
    "share": lambda one: Share(
        least=Decimal(0) if one.least is None else one.least, most=Decimal(1) if one.most is None else one.most
    ),
    "money": lambda one: Amount(unit=one.unit or "元", least=_yuan(one.least), most=_yuan(one.most)),
    "day": lambda one: Day(),
    "choice": lambda one: ChoiceField(options={o.value: (o.zh, o.en) for o in one.options}),
    "truth": lambda one: Truth(),
    "person": lambda one: PersonName(),
    "phone": lambda one: Phone(),
    "class": lambda one: ChoiceField(options={o.value: (o.zh, o.en) for o in one.options}) if one.options else Code(),
    "code": lambda one: Code(longest=one.longest, pattern=one.pattern, form=one.hint_zh or one.pattern),
}


def _yuan(value: Decimal | None) -> Money | None:
    return None if value is None else Money(int(value * FEN_IN_YUAN))


def kept(value: Any) -> Any:
    """A value as JSON keeps it: numbers are numbers, days are written as 2026-09-30, money is in yuan."""
    if isinstance(value, Money):
        value = value.yuan
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    return value if value is None or isinstance(value, (bool, str)) else value.isoformat()


class FieldCheck(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What must hold of the fields of a case: who fills in one that breaks it is told so in these words."""

    rule: str
    zh: str
    en: str


BROKEN = Kind("case.check-broken", "error", "{zh}", "{en}")


class CaseFields(msgspec.Struct, frozen=True, dict=True):
    """The fields that a pack declares, and what must hold of them. What is not declared, in flows of before, is read as
    a text."""

    rows: tuple[CaseField, ...] = ()
    checks: tuple[FieldCheck, ...] = ()

    @cached_property
    def by_name(self) -> dict[str, CaseField]:
        return {row.name: row for row in self.rows}

    def field(self, name: str) -> CaseField:
        return self.by_name.get(name) or CaseField(name=name, kind="text", zh=name, en=name, longest=LONGEST["lines"])

    @cached_property
    def vocabulary(self) -> Vocabulary:
        return Vocabulary(tuple(row.term for row in self.rows))

    def read(self, given: Mapping[str, Any], row: str) -> tuple[dict[str, Any], list[RowFinding]]:
        """All values that were given, by field, and all that is wrong with them; what is empty is left out."""
        values: dict[str, Any] = {}
        found: list[RowFinding] = []
        for name, one in given.items():
            # An empty control says nothing, and least of all that something is empty.
            if one is None or (isinstance(one, str) and is_empty(one)):
                continue
            value, faults = self.field(name).read(one, row)
            found += faults
            if not faults:
                values[name] = value
        return values, found

    def broken(self, given: Mapping[str, Any], data: Mapping[str, Any], row: str) -> list[RowFinding]:
        """The checks that what was given breaks, together with what is known already; each at the first field of it
        that was given."""
        found = []
        for check in self.checks:
            rule = parse(check.rule, self.vocabulary)
            asked = [name for name in names(rule) if name in given]
            if asked and judge(rule, {**data, **given}, self.vocabulary).verdict == "no":
                found.append(row_finding(BROKEN, row, asked[0], None, zh=check.zh, en=check.en))
        return found


def with_known(fields: Iterable[CaseField], known: Iterable[CaseField]) -> tuple[CaseField, ...]:
    """Fields of a pack over those that every case has."""
    own = {row.name: row for row in fields}
    return (*own.values(), *(row for row in known if row.name not in own))


COMMON: Final = (
    CaseField(name="class_code", kind="class", zh="类别", en="class"),
    CaseField(name="text", kind="lines", zh="情况", en="what was reported"),
    CaseField(name="address", kind="text", zh="地点", en="place in words"),
)
"""What every case begins with; a pack need not declare it."""
