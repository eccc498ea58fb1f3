"""Other ways to write the same."""

import cn2an


def full_width(text: str) -> str:
    return "".join(chr(ord(c) + 0xFEE0) if "!" <= c <= "~" else c for c in text)


def han(number: int) -> str:
    """十二, 三十一."""
    return str(cn2an.an2cn(number)).removeprefix("一") if 10 <= number < 20 else str(cn2an.an2cn(number))


def read_out(number: int) -> str:
    """二〇二六."""
    return "".join("〇一二三四五六七八九"[int(d)] for d in str(number))
