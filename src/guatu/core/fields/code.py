"""Codes: half-width, without blanks, of a pattern; a long one that a spreadsheet took for a number is said to be
damaged."""

import re
from collections.abc import Callable
from functools import cache

from guatu.core.fields.findings import NO_CODE, TOO_LONG, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared
from guatu.core.fields.text import read_text


class Code(Field[str], frozen=True, kw_only=True):
    """A code. `form` says in words what `pattern` asks for; `check` is an algorithm of check digits."""

    longest: int = 0
    pattern: str = ""
    form: str = ""
    check: Callable[[str], bool] | None = None

    def parse(self, given: Cell) -> str | FieldFinding:
        text = read_text(given)
        if isinstance(text, FieldFinding):
            return text
        code = compared(text)
        if self.longest and len(code) > self.longest:
            return found(TOO_LONG, code, longest=self.longest, length=len(code))
        fits = not self.pattern or _compiled(self.pattern).fullmatch(code)
        return code if fits and (self.check is None or self.check(code)) else found(NO_CODE, code, form=self.form)

    def mask(self, value: str | None) -> str:
        """First and last two characters: enough to tell a line, too little to use it."""
        if not value:
            return ""
        return "***" if len(value) < 8 else f"{value[:2]}{'*' * (len(value) - 4)}{value[-2:]}"


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
