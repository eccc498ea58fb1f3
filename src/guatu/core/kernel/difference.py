"""One difference between two versions of a thing, as a sentence in both languages."""

import msgspec

from guatu.core.kernel.finding import Language


class Difference(msgspec.Struct, frozen=True):
    """`element` is the id of the part that differs, "" where it is not one part."""

    zh: str
    en: str
    element: str = ""

    def message(self, language: Language = "zh") -> str:
        return self.zh if language == "zh" else self.en
