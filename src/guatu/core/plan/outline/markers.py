"""Numbers in front of items, in all the styles that plans use."""

import re
from collections.abc import Callable

from guatu.core.kernel.regex import regex
from guatu.core.plan.outline.model import Marker, MarkerKind

_DIGITS = "零一二三四五六七八九"


def _numerals() -> dict[str, int]:
    """Chinese numerals from 1 to 199 as outlines write them."""
    table: dict[str, int] = {}
    for n in range(1, 200):
        hundreds, rest = divmod(n, 100)
        tens, ones = divmod(rest, 10)
        below = ("" if not tens else "十" if tens == 1 and not hundreds else _DIGITS[tens] + "十") + (
            _DIGITS[ones] if ones else ""
        )
        table[below if not hundreds else "一百" + ("零" if rest and not tens else "") + below] = n
    return table


_VALUES = _numerals()
_CN = "[一二三四五六七八九十百零〇]{1,5}"

# What may stand in front of a number: indent, a bullet, Markdown's marks of a heading or of bold type.
LEAD = r"[ \t#*>●◆■◇□○▲△★☆•▪►➤❖※]*"
# "一、二期工程" and "1、2号楼" are words, not items; "1.三级医院" is one, for nobody counts in two scripts at once.
_NO_CHINESE_LIST = r"(?![一二三四五六七八九十]{1,2}[期级类等标号、])"
_NO_ARABIC_LIST = r"(?!\d{1,2}[期级类等标号、])"

# 2.5 公里, 12 个镇: a quantity. 2.2 处置, 3.1 人员安排, 4.1 公共服务 begin with the same characters and are headings.
_MEASURES: dict[str, str] = {
    "万": "企村众",
    "亿": "",
    "亩": "",
    "公": "共开务安益示告司章",
    "千": "方",
    "平": "台安价稳",
    "米": "",
    "个": "人体性案",
    "座": "谈",
    "处": "置理罚分",
    "%": "",
    "年": "度终",
    "倍": "增",
    "元": "旦素",
    "吨": "",
    "户": "籍外口主",
    "人": "员才口民大力工居社防文",
    "名": "单录称牌优",
}
"""Characters that begin units of measure, and what behind them makes a word of another sense."""
_NO_MEASURE = "(?!" + "|".join(one + (f"(?![{words}])" if words else "") for one, words in _MEASURES.items()) + ")"

_MARKER = regex(
    rf"(?P<part>第(?:{_CN}|\d{{1,3}})(?P<what>章|节|条|部分|篇|编))(?=[ 、:.,\t*]|[\u4e00-\u9fff“《])[ 、:.,\t*]*"
    rf"|(?P<cn>{_CN}) ?(?:[、.]|,(?=[\u4e00-\u9fff“《])|(?= [\u4e00-\u9fff“《]))[ 、.]*{_NO_CHINESE_LIST}"
    rf"|(?P<cnp>\( ?{_CN} ?\))[ 、.:]*"
    rf"|(?P<dotted>\d{{1,2}}(?:\.\d{{1,2}}){{1,3}})(?:[ 、.]+|(?=[\u4e00-\u9fff“《])){_NO_MEASURE}"
    rf"|(?P<zero>0[1-9]|[1-9]\d)(?: +|(?<=0\d)[ 、.]+)(?=[\u4e00-\u9fff“《])(?![月日号]){_NO_MEASURE}"
    rf"|(?P<num>\d{{1,3}}) ?(?:、|\.(?!\d)|\.(?=20\d\d年)|,(?=[\u4e00-\u9fff“《])|(?P<half>\)))[ 、.]*{_NO_ARABIC_LIST}"
    r"|(?P<nump>\( ?[\dlIO]{1,3} ?\))[ 、.:]*"
    r"|(?P<ring>[①-⑳㉑-㉟⑴-⒇⒈-⒛])[ 、.]*"
    rf"|(?P<order>{_CN}(?:是|要(?=[\u4e00-\u9fff])(?![求点件素]))|第{_CN},|其{_CN},)[ :,]*"
    rf"|(?P<named>(?:任务|行动|工程|举措|措施|专项|专项行动|目标|(?:反馈)?问题|整改(?:任务|事项)|事项)(?:{_CN}|\d{{1,3}}))[ 、:.]+"
)


def marker_at(norm: str, start: int, end: int) -> Marker | None:
    """The number in front of the words at `start`, if there is one and words follow it before `end`."""
    match = _MARKER.match(norm, start, end)
    if match is None or match.end() >= end:
        return None
    kind = match.lastgroup if match.lastgroup not in ("what", "half") else None
    kind = kind or ("part" if match["part"] else "num")
    return _build(kind, match)


def _build(group: str, match: re.Match[str]) -> Marker | None:
    label = match[group].replace(" ", "")
    kind, value = _KINDS[group](label, match)
    if not value:
        return None
    if kind == "1)":
        label += ")"
    return Marker(kind, value, label.rstrip(","), match.start(), match.end())


def numeral(text: str) -> int:
    """Value of Arabic or Chinese digits as outlines use them; 0 where `text` is no such number."""
    if text.isdecimal():
        return int(text)
    return _VALUES.get(text.replace("〇", "零"), 0)


def in_style(marker: Marker, value: int) -> str:
    """The label that `value` has in the list of `marker`: of (三), (四) for 4; of 第三条, 第四条."""
    if marker.kind == "①":
        return chr(ord(marker.label) + value - marker.value)
    chinese = not any(c.isdecimal() for c in marker.label)
    number = _TEXTS.get(value, str(value)) if chinese else str(value)
    return _FIGURE.sub(number, marker.label, count=1)


_TEXTS = {value: text for text, value in _VALUES.items()}
_FIGURE = regex(rf"\d+|{_CN}")

_PARTS: dict[str, MarkerKind] = {"章": "章", "节": "节", "条": "条", "部分": "章", "篇": "章", "编": "章"}


def _part(label: str, match: re.Match[str]) -> tuple[MarkerKind, int]:
    what = match["what"]
    return _PARTS[what], numeral(label[1 : -len(what)])


def _number(label: str, match: re.Match[str]) -> tuple[MarkerKind, int]:
    return ("1)" if match["half"] else "1."), int(label)


# Where Unicode begins a row of numbers: ① to ⑳, ㉑ to ㉟, ⑴ to ⒇, ⒈ to ⒛.
_RINGS: tuple[tuple[int, MarkerKind], ...] = ((0x2460, "①"), (0x3251, "①"), (0x2474, "(1)"), (0x2488, "1."))


def _ring(label: str, match: re.Match[str]) -> tuple[MarkerKind, int]:
    code = ord(label)
    for first, kind in _RINGS:
        if first <= code < first + 20:
            return kind, code - first + (21 if first == 0x3251 else 1)
    return "①", 0


def _misread(label: str) -> int:
    """`(l)` and `(IO)` are figures that a scanner misread."""
    return numeral(label[1:-1].translate({0x6C: "1", 0x49: "1", 0x4F: "0"}))


_KINDS: dict[str, Callable[[str, re.Match[str]], tuple[MarkerKind, int]]] = {
    "part": _part,
    "cn": lambda label, match: ("一、", numeral(label)),
    "cnp": lambda label, match: ("(一)", numeral(label[1:-1])),
    "dotted": lambda label, match: ("1.1", int(label.rsplit(".", 1)[1])),
    "zero": lambda label, match: ("1.", int(label)),
    "num": _number,
    "nump": lambda label, match: ("(1)", _misread(label)),
    "ring": _ring,
    "order": lambda label, match: ("一是", numeral(label.strip("第其,是要"))),
    "named": lambda label, match: ("项", numeral(re.sub(r"^[^一二三四五六七八九十百\d]+", "", label))),
}
