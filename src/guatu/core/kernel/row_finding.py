"""A finding that belongs to a row and a field (a report, a spreadsheet line, a milestone) and not to a place in
a text."""

import msgspec

from guatu.core.kernel.explained import show
from guatu.core.kernel.finding import Kind, Language, Severity


class RowFinding(msgspec.Struct, frozen=True):
    """One thing found at one field of one row; `row` and `field` are the caller's own keys."""

    code: str
    severity: Severity
    row: str
    field: str
    zh: str
    en: str
    params: dict[str, str | int | float] = {}

    def message(self, language: Language = "zh") -> str:
        template = self.zh if language == "zh" else self.en
        return template.format(**{key: show(value, "", language) for key, value in self.params.items()})


def row_finding(
    kind: Kind, row: str, field: str = "", severity: Severity | None = None, /, **params: str | int | float
) -> RowFinding:
    """A finding of this kind at a row; `severity` overrides the kind's where a table of rules declares it."""
    return RowFinding(kind.code, severity or kind.severity, row, field, kind.zh, kind.en, params)
