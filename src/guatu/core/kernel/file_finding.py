"""A finding in a file that people write by hand (a pack's table, a flow): file, line, and the element where one has a
name."""

import re

import msgspec

from guatu.core.kernel.finding import Kind, Language, Severity

_NAMED = re.compile(r" ?\(\{name\}\)")


class FileFinding(msgspec.Struct, frozen=True):
    """One thing found in one line of a file; line 0 stands for the whole file, no file for the folder."""

    code: str
    severity: Severity
    file: str
    line: int
    element: str
    zh: str
    en: str
    params: dict[str, str] = {}

    def message(self, language: Language = "zh") -> str:
        template = self.zh if language == "zh" else self.en
        # Brackets for the name of an element that has none would stand empty.
        return (template if self.params.get("name", "?") else _NAMED.sub("", template)).format(**self.params)

    def text(self, language: Language = "zh") -> str:
        """The finding as one line: place, code, message."""
        place = f"{self.file}:{self.line}" if self.line else self.file
        return f"{place} {self.code} {self.message(language)}".lstrip()


def file_finding(kind: Kind, file: str, line: int = 0, element: str = "", /, **params: object) -> FileFinding:
    """A finding of this kind at a line; the parameter `element` is the element's id."""
    words = {"element": element, **{key: str(value) for key, value in params.items()}}
    return FileFinding(kind.code, kind.severity, file, line, element, kind.zh, kind.en, words)
