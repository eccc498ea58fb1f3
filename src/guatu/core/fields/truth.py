"""Whether something is so: 是 · 否 · yes · no · √ · ×."""

from guatu.core.fields.findings import NO_TRUTH, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared
from guatu.core.kernel.finding import Language

_WORDS = {
    **dict.fromkeys(("是", "yes", "y", "true", "√", "✓", "1"), True),
    **dict.fromkeys(("否", "不是", "no", "n", "false", "×", "0"), False),
}


class Truth(Field[bool], frozen=True, kw_only=True):
    """A truth value; what is neither yes nor no is refused."""

    def parse(self, given: Cell) -> bool | FieldFinding:
        if isinstance(given, bool):
            return given
        value = _WORDS.get(compared(str(given)).casefold())
        return found(NO_TRUTH, given) if value is None else value

    def show(self, value: bool | None, language: Language = "zh") -> str:
        if value is None:
            return ""
        return ("是" if value else "否") if language == "zh" else ("yes" if value else "no")

    def export(self, value: bool | None) -> Cell:
        return value
