"""Yes or no, as people write it and as programs do."""

from guatu.core.fields.findings import NO_TRUTH, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared
from guatu.core.kernel.finding import Language

YES, NO = ("是", "yes"), ("否", "no")
_WORDS = {
    **dict.fromkeys((*YES, "true", "y", "1", "对", "√"), True),
    **dict.fromkeys((*NO, "false", "n", "0", "不是"), False),
}


class Truth(Field[bool], frozen=True, kw_only=True):
    """A truth value; words for it in either language, 1 and 0 are read too."""

    def parse(self, given: Cell) -> bool | FieldFinding:
        if isinstance(given, bool):
            return given
        value = _WORDS.get(compared(str(given)).casefold())
        return found(NO_TRUTH, given) if value is None else value

    def show(self, value: bool | None, language: Language = "zh") -> str:
        if value is None:
            return ""
        return (YES if value else NO)[int(language == "en")]

    def export(self, value: bool | None) -> Cell:
        return value
