"""Citizen numbers (GB 11643): eighteen characters with a day of birth and a check digit. No finding repeats one."""

from datetime import date

from guatu.core.fields.findings import FieldFinding
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared
from guatu.core.fields.text import read_text
from guatu.core.kernel.codes import check_citizen_number, masked_citizen_number


class CitizenNumber(Field[str], frozen=True, kw_only=True):
    """A number of somebody who was born by `today`."""

    today: date

    def parse(self, given: Cell) -> str | FieldFinding:
        text = read_text(given)
        if isinstance(text, FieldFinding):
            # A damaged one is still most of somebody's number.
            return FieldFinding(text.code, text.severity, text.zh, text.en)
        number = compared(text).upper()
        wrong = check_citizen_number(number, self.today)
        if wrong is None:
            return number
        words = {key: str(value) for key, value in wrong.params.items()}
        return FieldFinding(wrong.code, wrong.severity, wrong.zh, wrong.en, words)

    def mask(self, value: str | None) -> str:
        """Where it was given out, and nothing of the person."""
        return masked_citizen_number(value) if value else ""
