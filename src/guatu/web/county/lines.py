"""What is typed or pasted one a line: towns with their codes, offices with their short names."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from guatu.core.fields.normal import line as normal
from guatu.web.base.problems import Invalid

# Tabs come from sheets, commas from people, bars from tables of plain text.
_GAP = re.compile(r"[\s,,;;、|]+")
_DIGITS = re.compile(r"\d+")
MOST = 200
"""So many lines at once; a longer list is a matter for a sheet."""
_COUNTY, TOWN_DIGITS, WHOLE_DIGITS = 6, 9, 12
"""Digits of the statistical code down to the county, to the town, and in all."""
_OFFICE, _GOVERNMENT = "街道", "人民政府"


@dataclass(frozen=True)
class TownLine:
    number: int
    name: str
    code: str
    unit: str


@dataclass(frozen=True)
class OfficeLine:
    number: int
    name: str
    short_name: str


def town_lines(text: str, county: str) -> list[TownLine]:
    """Name and code of each line, in either order, and the name of its unit where a third word says it.

    Of the code the last three digits of a town's nine are enough, and zeros for the villages may be left out: 101,
    130990101 and 130990101000 are one town of the county 130990. Raises `Invalid` with all lines that cannot be read,
    or whose code is of another county.
    """
    found, wrong = [], []
    for number, words in _lines(text):
        # What is a code is seen by its digits, so that either order of columns can be pasted.
        codes = [word for word in words if _DIGITS.fullmatch(word)]
        others = [word for word in words if not _DIGITS.fullmatch(word)]
        if len(codes) != 1 or not 1 <= len(others) <= 2:
            wrong.append(_("第 %(n)d 行应为“名称 区划代码”,如“临溪镇 130990101”") % {"n": number})
            continue
        code = whole_code(codes[0], county)
        # A slip in the first six digits would set up a town of the neighbours; a shorter code is refused by its length.
        if len(code) == WHOLE_DIGITS and not code.startswith(county):
            said = _("第 %(n)d 行的代码“%(code)s”不在本县(%(county)s)之内;确由本县管理的,请在区域页面新设")
            wrong.append(said % {"n": number, "code": codes[0], "county": county})
            continue
        unit = others[1] if len(others) == 2 else government(others[0])
        found.append(TownLine(number, others[0], code, unit))
    _refuse(wrong)
    return found


def office_lines(text: str, county: str) -> list[OfficeLine]:
    """The full name of each line, and the short one where a second word says it: else the county's own name before it
    is shortened to its last character, as papers do (青禾县水利局: 县水利局)."""
    found, wrong = [], []
    for number, words in _lines(text):
        if len(words) > 2:
            wrong.append(_("第 %(n)d 行应为“全称”或“全称 简称”") % {"n": number})
            continue
        found.append(OfficeLine(number, words[0], words[1] if len(words) == 2 else shortened(words[0], county)))
    _refuse(wrong)
    return found


def whole_code(code: str, county: str) -> str:
    # Within a county only three digits differ, and lists on paper often name no more.
    if len(code) == TOWN_DIGITS - _COUNTY and len(county) == _COUNTY:
        code = county + code
    return code + "0" * (WHOLE_DIGITS - TOWN_DIGITS) if len(code) == TOWN_DIGITS else code


def government(town: str) -> str:
    """What the office of a town is called by law: 临溪镇人民政府, 城东街道办事处."""
    return f"{town}办事处" if town.endswith(_OFFICE) else f"{town}{_GOVERNMENT}"


def shortened(name: str, county: str) -> str:
    # A name that is the county itself is no office of it.
    return county[-1] + name[len(county) :] if len(county) > 1 and name.startswith(county) and name != county else ""


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """The words of each line that has any, with its number as the page counts them."""
    # Empty lines stay in the count: a problem names the line that the page shows.
    lines = [normal(one) for one in text.splitlines()]
    if not any(lines):
        raise Invalid(_("请至少填写一行。"), field="lines")
    if sum(map(bool, lines)) > MOST:
        raise Invalid(_("一次最多 %(n)d 行,更多的请用表格导入。") % {"n": MOST}, field="lines")
    for number, one in enumerate(lines, start=1):
        if words := [word for word in _GAP.split(one) if word]:
            yield number, words


def _refuse(wrong: list[str]) -> None:
    if wrong:
        raise Invalid(_(";").join(wrong) + _("。"), field="lines", code="lines.unread")
