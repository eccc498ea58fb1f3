"""What the program has to say about a document or a row: returned, never raised."""

from collections.abc import Mapping
from typing import Literal

import msgspec

from guatu.core.kernel.span import Span

Severity = Literal["error", "warning"]
Language = Literal["zh", "en"]


class Kind(msgspec.Struct, frozen=True):
    """One kind of finding: its code, its severity and its message in both languages.

    A message is a `str.format` template that says what is wrong and what to do.
    """

    code: str
    severity: Severity
    zh: str
    en: str

    def at(self, span: Span, **params: object) -> "Finding":
        """A finding of this kind at a place."""
        return Finding(self.code, self.severity, span, self.zh, self.en, {k: str(v) for k, v in params.items()})


class Finding(msgspec.Struct, frozen=True):
    """One thing found at one place."""

    code: str
    severity: Severity
    span: Span
    zh: str
    en: str
    params: Mapping[str, str] = {}

    def message(self, language: Language = "zh") -> str:
        template = self.zh if language == "zh" else self.en
        return template.format(**self.params)
