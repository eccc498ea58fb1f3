"""What the XML of a sheet says of its cells beside their values, which another library reads: results that were never
saved, errors, struck letters, hidden rows and columns.

One pass over the bytes: a sheet may have millions of cells, and hardly one of them is any of this.
"""

import html
import re
from typing import Any

import msgspec

from guatu.adapters.readers.base.limits import TABLE_CELLS
from guatu.adapters.readers.xlsx.strings import Rich, may_be_rich

At = tuple[int, int]
"""Row and column of a cell, from 1."""

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*?)(?:/>|>(.*?)</(?:\w+:)?c>)", re.DOTALL)
_REFERENCE = re.compile(rb"""\br=["']([A-Z]{1,3})(\d{1,7})["']""")
_STYLE = re.compile(rb"""\bs=["'](\d{1,6})["']""")
_TYPE = re.compile(rb"""\bt=["'](\w{1,9})["']""")
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f(?:\s[^>]*)?>([^<]*)<")
_TOLD = re.compile(rb"""<(?:\w+:)?f[\s>/]|\bt=["']e["']""")
_HIDDEN_ROW = re.compile(rb"""<(?:\w+:)?row\s[^>]*?\bhidden=["'](?:1|true)["'][^>]*>""")
_ROW_NUMBER = re.compile(rb"""\br=["'](\d{1,7})["']""")
_HIDDEN_COLUMNS = re.compile(rb"""<(?:\w+:)?col\s[^>]*?\bhidden=["'](?:1|true)["'][^>]*>""")
_MIN, _MAX = (re.compile(rb"""\b%s=["'](\d{1,5})["']""" % name) for name in (b"min", b"max"))


class Facts(msgspec.Struct):
    """By cell: the code of its remark with what it is about, its format, its text where letters differ in look."""

    told: dict[At, tuple[str, str]]
    formats: dict[At, str]
    rich: dict[At, Rich]
    struck: set[At]
    hidden_rows: set[int]
    hidden_columns: set[int]

    def is_hidden(self, at: At) -> bool:
        return at[0] in self.hidden_rows or at[1] in self.hidden_columns


class Styles(msgspec.Struct):
    """By the number of a cell style: the format that tells more than digits, and whether its font strikes through."""

    formats: dict[int, str]
    struck: set[int]


def facts(data: bytes, styles: Styles, shared: dict[int, Rich]) -> Facts:
    """What there is to say of the cells of a sheet. Cells that do not name their place are counted by nobody here."""
    found = Facts({}, {}, {}, set(), set(), set())
    inline = may_be_rich(data)
    # Most sheets have none of all this, and then their cells need not be looked at one by one.
    told = styles.formats or styles.struck or shared or inline or _TOLD.search(data)
    for match in _CELL.finditer(data) if told else ():
        attributes, inner = match[1], match[2] or b""
        reference = _REFERENCE.search(attributes)
        if reference is None:
            continue
        at = int(reference[2]), column_number(reference[1])
        if style := _STYLE.search(attributes):
            if (index := int(style[1])) in styles.formats:
                found.formats[at] = styles.formats[index]
            if index in styles.struck:
                found.struck.add(at)
        _content(found, at, attributes, inner, shared, inline)
    for match in _HIDDEN_ROW.finditer(data):
        if number := _ROW_NUMBER.search(match[0]):
            found.hidden_rows.add(int(number[1]))
    for match in _HIDDEN_COLUMNS.finditer(data):
        first, last = _MIN.search(match[0]), _MAX.search(match[0])
        if first and last:
            found.hidden_columns.update(range(int(first[1]), min(int(last[1]), 16_384) + 1))
    return found


def _content(found: Facts, at: At, attributes: bytes, inner: bytes, shared: dict[int, Rich], inline: bool) -> None:
    kind = (_TYPE.search(attributes) or (b"", b"n"))[1]
    value = _VALUE.search(inner)
    if kind == b"e" and value:
        found.told[at] = "read.cell-error", value[1].decode("utf-8", "replace")
    elif kind == b"s" and shared and value and value[1].strip().isdigit() and (text := shared.get(int(value[1]))):
        found.rich[at] = text
    elif kind == b"inlineStr" and inline and may_be_rich(inner) and len(found.rich) < TABLE_CELLS:
        found.rich[at] = Rich(_parsed(inner))
    elif value is None and kind != b"str" and (formula := _FORMULA.search(inner)):
        # A formula whose result is an empty text says so (t="str"); one without a result was never computed.
        found.told[at] = "read.empty-formula", "=" + html.unescape(formula[1].decode("utf-8", "replace"))


def _parsed(inner: bytes) -> Any:
    """The text inside a cell; its names lose their prefix, which is declared far above."""
    from lxml import etree

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True)
    root = etree.fromstring(b"<c>" + re.sub(rb"(</?)\w+:", rb"\1", inner) + b"</c>", parser)
    found = root.find("is")
    return root if found is None else found


def column_number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
