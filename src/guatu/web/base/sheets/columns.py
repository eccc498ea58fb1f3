"""Columns: what a cell may hold, how it is read, what is said when it cannot be read."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _

from guatu.web.base.parsing import day_of
from guatu.web.base.problems import Invalid

EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; longer codes have to be text."""


@dataclass(frozen=True)
class Column:
    """A column by key and label. `read` gets a cell that is not empty, and raises `Invalid` for one it cannot take."""

    key: str
    label: str | Promise
    required: bool = False
    width: int = 16
    hint: str | Promise = ""
    example: str = ""

    def read(self, value: Any) -> Any:
        raise NotImplementedError

    def shown(self, value: Any) -> Any:
        """A value as it is written into a cell."""
        return "" if value is None else value

    @property
    def head(self) -> str:
        return f"{self.label}*" if self.required else str(self.label)


@dataclass(frozen=True)
class Text(Column):
    longest: int = 120

    def read(self, value: Any) -> str:
        text = text_of(value)
        if len(text) > self.longest:
            raise Invalid(
                _("不能超过 %(longest)d 个字,现有 %(found)d 个。") % {"longest": self.longest, "found": len(text)}
            )
        return text


@dataclass(frozen=True)
class Whole(Column):
    """A whole number in a range."""

    least: int = 0
    most: int = 1_000_000

    def read(self, value: Any) -> int:
        if isinstance(value, bool):
            raise Invalid(_("应为整数,现为逻辑值。"))
        text = str(int(value)) if isinstance(value, float) and value.is_integer() else str(value).strip()
        if not text.lstrip("-").isdigit() or not text.isascii() or len(text) > EXACT_DIGITS:
            raise Invalid(_("“%(text)s”不是整数。") % {"text": text[:30]})
        if not self.least <= int(text) <= self.most:
            raise Invalid(_("应在 %(least)d 到 %(most)d 之间。") % {"least": self.least, "most": self.most})
        return int(text)


@dataclass(frozen=True)
class Day(Column):
    def read(self, value: Any) -> datetime.date:
        if isinstance(value, datetime.datetime):
            return value.date()
        if isinstance(value, datetime.date):
            return value
        if not isinstance(value, str):
            raise Invalid(
                _("“%(text)s”不是日期,请把单元格设为日期,或写成 2024-03-01。") % {"text": text_of(value)[:30]}
            )
        found = day_of(value)
        if found is None:
            raise Invalid(_("请填写日期。"))
        return found

    def shown(self, value: Any) -> Any:
        return value.isoformat() if isinstance(value, datetime.date) else ""


@dataclass(frozen=True)
class Choice(Column):
    """One of a few values, written as its label (in any of our languages) or as the value itself."""

    choices: Mapping[str, str | Promise] = field(default_factory=dict)

    def read(self, value: Any) -> str:
        from django.conf import settings
        from django.utils import translation

        text = text_of(value)
        for key, label in self.choices.items():
            if text == key or text == str(label):
                return key
            for language, _name in settings.LANGUAGES:
                with translation.override(language):
                    if text == str(label):
                        return key
        known = "、".join(str(label) for label in self.choices.values())
        raise Invalid(_("“%(text)s”不在可选项中:%(known)s") % {"text": text[:30], "known": known})

    def shown(self, value: Any) -> Any:
        return str(self.choices.get(value, value or ""))


def text_of(value: Any) -> str:
    """A cell as text; raises `Invalid` for what the spreadsheet has already damaged or what is no text."""
    if isinstance(value, bool):
        raise Invalid(_("应为文字,现为逻辑值(TRUE/FALSE)。"))
    if isinstance(value, float) and value.is_integer():
        digits = str(int(value))
        if len(digits.lstrip("-")) > EXACT_DIGITS:
            raise Invalid(_("长编码存成了数字,末几位可能已丢失。请把这一列设为“文本”格式后重新填写。"))
        return digits
    if isinstance(value, datetime.datetime):
        return value.date().isoformat() if value.time() == datetime.time() else value.isoformat(sep=" ")
    if isinstance(value, datetime.date | datetime.time | datetime.timedelta):
        return str(value)
    return str(value).strip()
