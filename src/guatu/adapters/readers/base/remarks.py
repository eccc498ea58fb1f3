"""What a reader did to the text of a file that it was able to read: nothing is left out or counted once in silence."""

from typing import Literal

import msgspec

from guatu.adapters.content import Content, kind_name
from guatu.adapters.readers.base.errors import Language
from guatu.adapters.readers.base.places import Place

Severity = Literal["warning", "note"]

REMARKS: dict[str, tuple[Severity, str, str]] = {
    "read.taken-as": (
        "warning",
        "后缀与内容不同，内容是{content}，已按内容读取。",
        "Its content is not what its ending says but {content}, and was read as that.",
    ),
    "read.unread-pages": (
        "warning",
        "第 {pages} 页是图片，没有读到文字。请先做文字识别（OCR）再核对这几页。",
        "Pages {pages} are pictures and were not read. Run text recognition (OCR) and check these pages.",
    ),
    "read.columns": (
        "note",
        "第 {pages} 页分栏排版，按先左栏后右栏的顺序读入。请核对顺序。",
        "Pages {pages} are set in columns, which were read from the left to the right. Check their order.",
    ),
    "read.spaced-tables": (
        "note",
        "第 {pages} 页的表格没有框线，按各列之间的空白分列读入。请核对。",
        "On pages {pages} tables have no lines; their columns were told by the white between them. Check them.",
    ),
    "read.printed-twice": (
        "warning",
        "有 {characters} 个字是同一个字在同一位置重复印出的（加粗或阴影），每处只算一个；第一处在{place}：“{sample}”。请核对。",
        "{characters} characters are printed again over themselves, for bold type or a shadow, and count once; "
        "the first is on {place}: “{sample}”. Check it.",
    ),
    "read.slanting-text": (
        "warning",
        "有 {characters} 个斜着排的字（多为水印）没有读入；第一处在{place}：“{sample}”。如果是正文，请补上。",
        "{characters} characters stand aslant, as watermarks do, and were left out; the first are on {place}: "
        "“{sample}”. Add them if they belong to the text.",
    ),
    "read.unknown-characters": (
        "warning",
        "有 {characters} 个字的字体没有文字对照，读出的可能不对；第一处在{place}：“{sample}”。请对照原件核对。",
        "The fonts do not say what {characters} characters are, which may be wrong here; the first is on {place}: "
        "“{sample}”. Compare it with the document.",
    ),
    "read.struck-text": (
        "warning",
        "有 {characters} 个字加了删除线，没有读入；第一处在{place}：“{sample}”。如果不是删去的内容，请去掉删除线。",
        "{characters} characters are struck through and were left out; the first are on {place}: “{sample}”. "
        "Remove the stroke if they belong to the text.",
    ),
    "read.hidden-text": (
        "warning",
        "有 {characters} 个隐藏的字没有读入；第一处在{place}：“{sample}”。如果是正文，请取消隐藏。",
        "{characters} characters are hidden and were left out; the first are on {place}: “{sample}”. "
        "Show them if they belong to the text.",
    ),
    "read.note-marks": (
        "note",
        "注释的标记共 {characters} 个字没有读入；第一处在{place}：“{sample}”。",
        "Marks that point to notes, {characters} characters, were left out; the first are on {place}: “{sample}”.",
    ),
    "read.notes": (
        "warning",
        "脚注和尾注共 {characters} 个字没有读入；第一处在{place}：“{sample}”。其中如有任务、单位或数字，请写进正文。",
        "Footnotes and endnotes, {characters} characters, were left out; the first is on {place}: “{sample}”. "
        "Write tasks, units or numbers in them into the text.",
    ),
    "read.comments": (
        "note",
        "批注共 {characters} 个字没有读入；第一处在{place}：“{sample}”。",
        "Comments, {characters} characters, were left out; the first is on {place}: “{sample}”.",
    ),
    "read.deleted-text": (
        "note",
        "修订中删除的 {characters} 个字没有读入；第一处在{place}：“{sample}”。",
        "Text that a tracked change deletes, {characters} characters, was left out; the first is on {place}: "
        "“{sample}”.",
    ),
    "read.contents-list": (
        "note",
        "目录共 {characters} 个字没有读入；第一处在{place}：“{sample}”。",
        "Lists of contents, {characters} characters, were left out; the first is on {place}: “{sample}”.",
    ),
    "read.formulas": (
        "warning",
        "有公式只能按先后顺序读成一行，共 {characters} 个字；第一处在{place}：“{sample}”。请对照原件核对。",
        "Formulas that do not fit a line were read in the order of their letters, {characters} characters; the first "
        "is on {place}: “{sample}”. Compare it with the document.",
    ),
    "read.unread-parts": (
        "warning",
        "有 {characters} 处嵌入的内容没有读；第一处在{place}：{sample}。其中如有任务，请写进正文或单独导入。",
        "{characters} embedded parts were not read; the first is on {place}: {sample}. Write tasks in them into the "
        "text, or import them by themselves.",
    ),
    "read.boxes": (
        "warning",
        "文本框里的 {characters} 个字没有读入；第一处在{place}：“{sample}”。如果是正文，请写进单元格。",
        "Text boxes, {characters} characters, were left out; the first is on {place}: “{sample}”. "
        "Write them into cells if they belong to the text.",
    ),
    "read.hidden-sheets": (
        "warning",
        "有 {characters} 张隐藏的工作表没有读：{places}。其中如有任务，请取消隐藏。",
        "{characters} hidden sheets were not read: {places}. Show them if there are tasks in them.",
    ),
    "read.empty-formula": (
        "warning",
        "有 {characters} 个单元格是公式，文件里没有保存结果，没有读到内容：{places}；第一个是“{sample}”。请打开文件重新计算并保存。",
        "{characters} cells hold a formula without a saved result and were not read: {places}; the first is "
        "“{sample}”. Open the file, compute it and save it.",
    ),
    "read.cell-error": (
        "warning",
        "有 {characters} 个单元格是错误值，没有读到内容：{places}；第一个是“{sample}”。请改正公式。",
        "{characters} cells hold an error and were not read: {places}; the first is “{sample}”. Mend the formula.",
    ),
    "read.day-number": (
        "warning",
        "时间列里有 {characters} 个数字按日期读了：{places}；第一个是“{sample}”。请核对，并设成日期格式。",
        "In columns of times {characters} numbers were read as days: {places}; the first is “{sample}”. Check it, and "
        "give the cells a format of dates.",
    ),
    "read.number-format": (
        "warning",
        "有 {characters} 个单元格的数字格式没有读懂，只读了数字：{places}；第一个是“{sample}”。请核对单位。",
        "The number formats of {characters} cells were not understood; only their numbers were read: {places}; the "
        "first is “{sample}”. Check their units.",
    ),
    "read.hidden-cells": (
        "note",
        "隐藏的行、列里有 {characters} 个单元格也读入了：{places}；第一个是“{sample}”。",
        "{characters} cells of hidden rows and columns were read as well: {places}; the first is “{sample}”.",
    ),
    "read.unread-pictures": (
        "note",
        "有 {characters} 张图片没有读；第一张在{place}。",
        "{characters} pictures were not read; the first is on {place}.",
    ),
    "read.site-text": (
        "note",
        "网页上文件以外的 {characters} 个字（导航、信息卡、版权等）没有读入，开头是“{sample}”。",
        "Of the page, {characters} characters that are not of the document (menus, cards, copyright) were left out; "
        "they begin with “{sample}”.",
    ),
    "read.page-furniture": (
        "note",
        "页眉、页脚和页码共 {characters} 个字没有读入；第一处在{place}：“{sample}”。",
        "Running heads, feet and page numbers, {characters} characters, were left out; the first are on {place}: "
        "“{sample}”.",
    ),
    "read.repeated-head": (
        "note",
        "续页上重复的表头共 {characters} 个字没有读入；第一处在{place}：“{sample}”。",
        "Heads of tables that are repeated on further pages, {characters} characters, were left out; the first are "
        "on {place}: “{sample}”.",
    ),
}
_LEFT_OUT = frozenset(
    {
        "read.printed-twice",
        "read.slanting-text",
        "read.page-furniture",
        "read.repeated-head",
        "read.struck-text",
        "read.hidden-text",
        "read.note-marks",
        "read.notes",
        "read.comments",
        "read.deleted-text",
        "read.contents-list",
        "read.site-text",
        "read.boxes",
    }
)
PER_CELL = frozenset(
    f"read.{kind}"
    for kind in ("empty-formula", "cell-error", "day-number", "number-format", "hidden-cells", "hidden-sheets")
)
"""Remarks that count cells and name their places."""
_PLACES = 20
"""Places that are named; beyond, their number tells."""
_SAMPLE = 20


class Remark(msgspec.Struct, frozen=True):
    """One remark on a whole file: `code` is a key of `REMARKS`, `place` and `sample` are of the first case.

    `characters` counts those concerned, white space aside; `pages` names the pages concerned, where that is what
    counts; `places` are those of each case where they are named; `content` is what a file was read as whose ending says
    something else.
    """

    code: str
    characters: int = 0
    place: Place | None = None
    sample: str = ""
    pages: tuple[int, ...] = ()
    content: Content | None = None
    places: tuple[Place, ...] = ()

    @property
    def severity(self) -> Severity:
        """`note`: such is left out of almost every document, and nobody need look at it."""
        return REMARKS[self.code][0]

    @property
    def left_out(self) -> int:
        """How many characters of the file are not in its text for this reason."""
        return self.characters if self.code in _LEFT_OUT else 0

    def message(self, language: Language = "zh") -> str:
        zh, en = REMARKS[self.code][1:]
        comma = "、" if language == "zh" else ", "
        sample = self.sample if len(self.sample) <= _SAMPLE else self.sample[:_SAMPLE] + "…"
        return (zh if language == "zh" else en).format(
            characters=self.characters,
            place="" if self.place is None else self.place.label(language),
            sample=sample,
            pages=comma.join(map(str, self.pages)),
            places=comma.join(place.label(language) for place in self.places)
            + ("…" if self.characters > len(self.places) else ""),
            content="" if self.content is None else kind_name(self.content, language),
        )


class Remarks:
    """Cases of what there is to remark, added up by their kind."""

    def __init__(self) -> None:
        self._found: dict[str, Remark] = {}

    def add(self, code: str, text: str, place: Place, characters: int | None = None) -> None:
        """A case: the text concerned, of which all characters count unless their number is given."""
        count = sum(not char.isspace() for char in text) if characters is None else characters
        if not count:
            return
        first = self._found.setdefault(code, Remark(code, 0, place, text))
        places = (*first.places, place) if code in PER_CELL and len(first.places) < _PLACES else first.places
        self._found[code] = msgspec.structs.replace(first, characters=first.characters + count, places=places)

    def all(self) -> tuple[Remark, ...]:
        """The remarks in the order of their catalogue."""
        return tuple(self._found[code] for code in REMARKS if code in self._found)
