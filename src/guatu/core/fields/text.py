"""Text as people type it: without what cannot be seen, otherwise as it was written."""

import datetime

from guatu.core.fields.findings import DIGITS_LOST, NO_TEXT, TOO_LONG, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import line, lines

EXACT_DIGITS = 15
"""A spreadsheet keeps so many digits of a number; longer codes have to be text."""


def read_text(given: Cell, many_lines: bool = False) -> str | FieldFinding:
    """A cell as text: 3.0 is 3, midnight is left away; a finding for what a spreadsheet has damaged already."""
    if isinstance(given, bool):
        return found(NO_TEXT, given)
    if isinstance(given, int | float) and given == given // 1:
        digits = str(int(given))
        return found(DIGITS_LOST, digits) if len(digits.lstrip("-")) > EXACT_DIGITS else digits
    if isinstance(given, datetime.datetime):
        return given.date().isoformat() if given.time() == datetime.time() else given.isoformat(" ")
    return (lines if many_lines else line)(str(given))


class Text(Field[str], frozen=True, kw_only=True):
    """Text of at most so many characters (0: any number), in one line or many."""

    longest: int = 0
    many_lines: bool = False

    def parse(self, given: Cell) -> str | FieldFinding:
        text = read_text(given, self.many_lines)
        if isinstance(text, str) and self.longest and len(text) > self.longest:
            return found(TOO_LONG, text, longest=self.longest, length=len(text))
        return text
