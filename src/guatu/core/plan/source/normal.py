"""Characters that mean the same are made the same, one for one, so that no position moves."""

import unicodedata

from guatu.core.fields.normal import repaired

_PAIRS = {
    "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]", "﹝": "[", "﹞": "]", "〖": "[", "〗": "]",
    "﹙": "(", "﹚": ")", "⟨": "<", "⟩": ">", "〈": "<", "〉": ">", "﹤": "<", "﹥": ">",
    "—": "-", "–": "-", "―": "-", "─": "-", "－": "-", "−": "-", "‐": "-", "‑": "-", "━": "-",
    "～": "~", "〜": "~", "∼": "~", "、": "、", "､": "、", "﹑": "、", "。": "。", "｡": "。",
    "﹐": ",", "﹕": ":", "﹔": ";", "∶": ":", "︰": ":", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹪": "%", "٪": "%",
    "\u2028": "\n", "\u2029": "\n", "\x0c": "\n", "\x0b": " ", "\x85": "\n", "\r": " ",
}  # fmt: skip


def _table() -> dict[str, str]:
    table = {k: v for k, v in _PAIRS.items() if k != v} | dict.fromkeys(_EVERY_BLANK, " ")
    for code in range(0xFF01, 0xFF5F):
        table.setdefault(chr(code), unicodedata.normalize("NFKC", chr(code)))
    return table


_EVERY_BLANK = [chr(code) for code in range(0x00A0, 0x3001) if unicodedata.category(chr(code)) == "Zs"]
_TABLE = _table()


def normalise(text: str) -> str:
    """`text` with full-width forms, brackets, dashes and blanks in one form each, and characters instead of radicals.

    Same length, position by position. What has no width keeps its place: `Reading` cuts it out.
    """
    text = repaired(text)
    # Looking for each of these characters is faster than looking each character of the text up.
    for character, plain in _TABLE.items():
        if character in text:
            text = text.replace(character, plain)
    return text
