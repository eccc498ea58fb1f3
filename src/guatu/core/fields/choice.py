"""One of a few values, written as its label in any language or as the value itself."""

from collections.abc import Mapping, Sequence

from guatu.core.fields.findings import NO_CHOICE, FieldFinding, found
from guatu.core.fields.kind import Cell, Field
from guatu.core.fields.normal import compared
from guatu.core.fields.text import read_text
from guatu.core.kernel.finding import Language


class Choice(Field[str], frozen=True, kw_only=True):
    """A value of `options`, which name each value's labels: the Chinese one, the English one, then other spellings."""

    options: Mapping[str, Sequence[str]]

    def parse(self, given: Cell) -> str | FieldFinding:
        text = read_text(given)
        if isinstance(text, FieldFinding):
            return text
        wanted = compared(text).casefold()
        for value, labels in self.options.items():
            if wanted in (compared(word).casefold() for word in (value, *labels)):
                return value
        known = "、".join(self.show(value) for value in self.options)
        return found(NO_CHOICE, text, known=known, known_en=", ".join(self.show(value, "en") for value in self.options))

    def show(self, value: str | None, language: Language = "zh") -> str:
        labels = self.options.get(value or "", ())
        return (labels[min(len(labels) - 1, int(language == "en"))] if labels else value) or ""

    def sort_key(self, value: str | None) -> tuple[bool, object]:
        """In the order of the options."""
        places = {option: place for place, option in enumerate(self.options)}
        return value is None, places.get(value or "", len(places))
