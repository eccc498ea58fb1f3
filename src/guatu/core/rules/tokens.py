"""A rule's text as tokens. Names with blanks are the longest that the vocabulary declares at the place."""

import re
from collections.abc import Iterator
from typing import Literal

import msgspec

from guatu.core.kernel.span import Span
from guatu.core.rules.fault import RuleError
from guatu.core.rules.vocabulary import FUNCTIONS, KEYWORDS, NAME, Vocabulary

Sort = Literal["number", "text", "name", "word", "function", "sign", "end"]

_BLANK = re.compile(r"\s+")
_NAME = re.compile(NAME)
_NUMBER = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
_TEXT = re.compile(r'"((?:[^"\\\n\r\v\f\x85\u2028\u2029]|\\.)*)"')
_SIGN = re.compile(r"\*\*|<=|>=|!=|\.\.|[-+*/=<>()\[\],]")
_FUNCTION = re.compile(
    r"(" + "|".join(r"\s+".join(name.split(" ")) for name in FUNCTIONS) + r")(?=\s*\()"  # longest first
)
_ESCAPE = re.compile(r"\\(?:([\"\\'nrt])|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{6})|(.))", re.DOTALL)
_ESCAPED = {'"': '"', "\\": "\\", "'": "'", "n": "\n", "r": "\r", "t": "\t"}
# What a Chinese keyboard writes in place of a sign.
_WIDE = {
    "，": ",", "（": "(", "）": ")", "【": "[", "】": "]", "＜": "<", "＞": ">", "＝": "=", "≤": "<=", "≥": ">=", "≠": "!=",
    "＋": "+", "－": "-", "×": "*", "÷": "/", "“": '"', "”": '"',
}  # fmt: skip


class Token(msgspec.Struct, frozen=True):
    """`text` is the name, the sign, the digits, or the text without its quotes and escapes."""

    sort: Sort
    text: str
    span: Span


def tokens(text: str, vocabulary: Vocabulary) -> Iterator[Token]:
    """The tokens of a rule and one for its end. Raises RuleError at the first place that is none."""
    at = 0
    while True:
        blank = _BLANK.match(text, at)
        at = blank.end() if blank else at
        if at == len(text):
            yield Token("end", "", Span(at, at))
            return
        token = _token(text, at, vocabulary)
        yield token
        at = token.span.end


def _token(text: str, at: int, vocabulary: Vocabulary) -> Token:
    if found := _word(text, at, vocabulary):
        return found
    if number := _NUMBER.match(text, at):
        return Token("number", number[0], Span(*number.span()))
    if quoted := _TEXT.match(text, at):
        span = Span(*quoted.span())
        return Token("text", _ESCAPE.sub(lambda one: _unescaped(one, text, span.start + 1), quoted[1]), span)
    if text.startswith("==", at):
        raise RuleError(text, Span(at, at + 2), "一个等号 =", "one equals sign, =")
    if sign := _SIGN.match(text, at):
        return Token("sign", sign[0], Span(*sign.span()))
    raise _strange(text, at)


def _word(text: str, at: int, vocabulary: Vocabulary) -> Token | None:
    """A function, a declared name with blanks, a keyword or a name, in this order."""
    if function := _FUNCTION.match(text, at):
        return Token("function", _BLANK.sub(" ", function[1]), Span(*function.span()))
    if vocabulary.pattern and (long := vocabulary.pattern.match(text, at)):
        return Token("name", _BLANK.sub(" ", long[0]), Span(*long.span()))
    if name := _NAME.match(text, at):
        return Token("word" if name[0] in KEYWORDS else "name", name[0], Span(*name.span()))
    return None


def _unescaped(escape: re.Match[str], text: str, offset: int) -> str:
    plain, four, six, _ = escape.groups()
    code = int(four or six or "0", 16)
    if plain or ((four or six) and code <= 0x10FFFF and not 0xD800 <= code <= 0xDFFF):
        return _ESCAPED[plain] if plain else chr(code)
    span = Span(offset + escape.start(), offset + escape.end())
    raise RuleError(text, span, r"\" \\ \n \r \t 或 \u 加四位十六进制码", r"\" \\ \n \r \t or \u with four hex digits")


def _strange(text: str, at: int) -> RuleError:
    sign, span = text[at], Span(at, at + 1)
    if sign in _WIDE:
        return RuleError(text, span, f"半角符号 {_WIDE[sign]}", f"the half-width sign {_WIDE[sign]}")
    if sign == '"':
        return RuleError(text, span, "以引号结束、不换行的文字", "a text on one line that ends with a quote")
    if sign in "'‘’「":
        return RuleError(text, span, '用 " 括起的文字', 'a text in "')
    if sign in "%％":
        return RuleError(text, span, "小数(80% 写作 0.8)", "a decimal (80% is written 0.8)")
    return RuleError(text, span, "名称、数、文字或运算符", "a name, a number, a text or an operator")
