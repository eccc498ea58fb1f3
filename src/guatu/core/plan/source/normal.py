"""Characters that mean the same are made the same, one for one, so that no position moves."""

import unicodedata

_PAIRS = {
    "〔": "[", "〕": "]", "【": "[", "】": "]", "［": "[", "］": "]", "﹝": "[", "﹞": "]", "〖": "[", "〗": "]",
    "﹙": "(", "﹚": ")", "⟨": "<", "⟩": ">", "〈": "<", "〉": ">", "﹤": "<", "﹥": ">",
    "—": "-", "–": "-", "―": "-", "─": "-", "－": "-", "−": "-", "‐": "-", "‑": "-", "━": "-",
    "～": "~", "〜": "~", "∼": "~", "、": "、", "､": "、", "﹑": "、", "。": "。", "｡": "。",
    "﹐": ",", "﹕": ":", "﹔": ";", "∶": ":", "︰": ":", "≧": "≥", "≦": "≤", "⩾": "≥", "⩽": "≤", "﹪": "%", "٪": "%",
    "\u3000": " ", "\u00a0": " ", "\u2002": " ", "\u2003": " ", "\u2009": " ", "\u200a": " ", "\u202f": " ",
    "\u200b": " ", "\ufeff": " ", "\u00ad": " ", "\u2028": "\n", "\u2029": "\n", "\x0c": "\n", "\x0b": " ", "\x85": "\n",
    "\r": " ",
}  # fmt: skip


def _table() -> dict[str, str]:
    table = {k: v for k, v in _PAIRS.items() if k != v}
    for code in range(0xFF01, 0xFF5F):
        table.setdefault(chr(code), unicodedata.normalize("NFKC", chr(code)))
    return table


_TABLE = _table()


def normalise(text: str) -> str:
    """`text` with full-width forms, brackets, dashes and spaces in one form each; same length, position by position."""
    # A text has a dozen of these characters: replacing each is ten times as fast as looking up every character.
    for character in sorted(_TABLE.keys() & set(text)):
        text = text.replace(character, _TABLE[character])
    return text
