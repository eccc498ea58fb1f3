"""What is raised for a text that is no rule: the only exception of this package."""

from guatu.core.kernel.finding import Kind, Language
from guatu.core.kernel.span import Span

# So much of the text is quoted from the place on.
_QUOTED = 20

SYNTAX = Kind(
    "rule.syntax",
    "error",
    "规则第 {position} 个字符“{near}”处读不懂,此处应为{expected};请改正",
    "the rule cannot be read at character {position}, “{near_en}”: expected {expected_en}; correct it",
)


class RuleError(ValueError):
    """A text that is no rule: where, what stands there, and what was expected, in both languages."""

    def __init__(self, text: str, span: Span, zh: str, en: str) -> None:
        super().__init__(text, span, zh, en)
        self.span = span
        self.expected: dict[Language, str] = {"zh": zh, "en": en}
        self.near = text[span.start : span.start + _QUOTED]

    def message(self, language: Language = "zh") -> str:
        template = SYNTAX.zh if language == "zh" else SYNTAX.en
        return template.format(**self.params())

    def params(self) -> dict[str, str]:
        """What the templates of `SYNTAX` name; positions count from 1, as an editor shows them."""
        return {
            "position": str(self.span.start + 1),
            "near": self.near or "末尾",
            "near_en": self.near or "the end",
            "expected": self.expected["zh"],
            "expected_en": self.expected["en"],
        }

    def __str__(self) -> str:
        return f"{self.message('zh')} · {self.message('en')}"
