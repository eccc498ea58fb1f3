"""Automatic numbering turned into the text that Word shows (ECMA-376 part 1, 17.9)."""

import re
from typing import Any

import msgspec

from guatu.adapters.readers.base.numerals import numeral
from guatu.adapters.readers.docx.names import W, child, number, switched_on, value

_PLACEHOLDER = re.compile(r"%([1-9])")
_PRIVATE = re.compile(r"[\ue000-\uf8ff]")
_CLOSED = "、）)．.，,:：】］]"


class Level(msgspec.Struct, frozen=True):
    """One level of a list; `restart` is the level (from 1) after which it begins anew, 0 for never."""

    start: int = 1
    form: str = "decimal"
    text: str = ""
    suffix: str = "tab"
    restart: int | None = None
    legal: bool = False
    style: str | None = None


class Instance(msgspec.Struct):
    """A list in use: its abstract list, and what it overrides of it by level."""

    abstract: str
    starts: dict[int, int]
    levels: dict[int, Level]


class Style(msgspec.Struct, frozen=True):
    name: str
    based_on: str | None
    list_id: str | None
    level: int | None


class Numbering:
    """The lists of a document; `label` is asked once for each numbered paragraph, in reading order."""

    def __init__(self, numbering: Any, styles: Any) -> None:
        self._styles = _styles(styles)
        self._default = _default_style(styles)
        self._abstract: dict[str, dict[int, Level]] = {}
        self._instances: dict[str, Instance] = {}
        self._counters: dict[str, dict[int, int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if numbering is not None:
            self._load(numbering)

    def style_name(self, style: str | None) -> str:
        found = self._styles.get(style or "")
        return found.name if found else style or ""

    def label(self, properties: Any) -> str:
        """The number in front of a paragraph with these `w:pPr`, empty where it has none."""
        list_id, level = self._of_paragraph(properties)
        instance = self._instances.get(list_id or "")
        if instance is None:
            return ""
        levels = self._abstract.get(instance.abstract, {}) | instance.levels
        shape = levels.get(level)
        if shape is None:
            return ""
        counters = self._count(list_id or "", instance, level, levels)
        return _shown(shape, level, levels, counters)

    def _of_paragraph(self, properties: Any) -> tuple[str | None, int]:
        direct = child(properties, "numPr")
        list_id, level = value(direct, "numId"), number(direct, "ilvl")
        if list_id is None:
            list_id, level_of_style = self._of_style(value(properties, "pStyle") or self._default)
            level = level_of_style if level is None else level
        return list_id, level or 0

    def _of_style(self, style: str | None) -> tuple[str | None, int | None]:
        """The list and the level of a style or of the first style it is based on that has a list."""
        seen: set[str] = set()
        level: int | None = None
        while style is not None and style not in seen:
            seen.add(style)
            found = self._styles.get(style)
            if found is None:
                break
            level = found.level if level is None else level
            if found.list_id is not None:
                return found.list_id, self._level_of_style(found.list_id, seen) if level is None else level
            style = found.based_on
        return None, None

    def _level_of_style(self, list_id: str, styles: set[str]) -> int | None:
        instance = self._instances.get(list_id)
        levels = self._abstract.get(instance.abstract, {}) if instance else {}
        return next((index for index, level in levels.items() if level.style in styles), None)

    def _count(self, list_id: str, instance: Instance, level: int, levels: dict[int, Level]) -> dict[int, int]:
        """The counters of the list after one more paragraph at `level`. Lists of one abstract list count together."""
        counters = self._counters.setdefault(instance.abstract, {})
        first = (list_id, level) not in self._begun
        self._begun.add((list_id, level))
        if first and level in instance.starts:
            counters[level] = instance.starts[level]
        else:
            counters[level] = counters.get(level, levels[level].start - 1) + 1
        for deeper in [index for index in counters if index > level]:
            restart = levels[deeper].restart if deeper in levels else None
            if restart is None or level < restart:
                del counters[deeper]
        return counters

    def _load(self, numbering: Any) -> None:
        links: dict[str, str] = {}
        for abstract in numbering.iterfind(W + "abstractNum"):
            key = abstract.get(W + "abstractNumId", "")
            self._abstract[key] = _levels(abstract)
            link = value(abstract, "numStyleLink")
            if link is not None:
                links[key] = link
        for num in numbering.iterfind(W + "num"):
            self._instances[num.get(W + "numId", "")] = _instance(num)
        for key, style in links.items():
            linked = self._instances.get((self._styles[style].list_id or "") if style in self._styles else "")
            if linked is not None:
                self._abstract[key] = self._abstract.get(linked.abstract, {})


def _shown(shape: Level, level: int, levels: dict[int, Level], counters: dict[int, int]) -> str:
    if shape.form == "bullet":
        return ""

    def number_of(match: re.Match[str]) -> str:
        index = int(match[1]) - 1
        other = levels.get(index, Level())
        form = "decimal" if shape.legal and other.form not in ("none", "bullet") else other.form
        return numeral(counters.get(index, other.start), form) if index <= level else ""

    text = _PRIVATE.sub("", _PLACEHOLDER.sub(number_of, shape.text))
    apart = shape.suffix != "nothing" and text and text[-1] not in _CLOSED and not "①" <= text[-1] <= "⒛"
    return text + " " if apart and not text.endswith(" ") else text


def _levels(parent: Any) -> dict[int, Level]:
    return {_index(level): _level(level) for level in parent.iterfind(W + "lvl")}


def _index(element: Any) -> int:
    text = element.get(W + "ilvl", "0")
    return int(text) if text.isdecimal() else 0


def _level(element: Any) -> Level:
    start = number(element, "start")
    return Level(
        start=1 if start is None else start,
        form=value(element, "numFmt") or "decimal",
        text=value(element, "lvlText") or "",
        suffix=value(element, "suff") or "tab",
        restart=number(element, "lvlRestart"),
        legal=switched_on(element, "isLgl"),
        style=value(element, "pStyle"),
    )


def _instance(num: Any) -> Instance:
    starts: dict[int, int] = {}
    levels: dict[int, Level] = {}
    for override in num.iterfind(W + "lvlOverride"):
        index = _index(override)
        start = number(override, "startOverride")
        if start is not None:
            starts[index] = start
        own = child(override, "lvl")
        if own is not None:
            levels[index] = _level(own)
    return Instance(value(num, "abstractNumId") or "", starts, levels)


def _styles(styles: Any) -> dict[str, Style]:
    if styles is None:
        return {}
    return {
        style.get(W + "styleId", ""): Style(
            name=value(style, "name") or "",
            based_on=value(style, "basedOn"),
            list_id=value(style, "pPr", "numPr", "numId"),
            level=number(style, "pPr", "numPr", "ilvl"),
        )
        for style in styles.iterfind(W + "style")
    }


def _default_style(styles: Any) -> str | None:
    if styles is None:
        return None
    for style in styles.iterfind(W + "style"):
        if style.get(W + "type") == "paragraph" and style.get(W + "default") in ("1", "true", "on"):
            return str(style.get(W + "styleId", ""))
    return None
