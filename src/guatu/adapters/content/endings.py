"""Which content a name's ending may stand on.

The rule: **ending and content agree, or the file is refused with a sentence that says what it is.** Under some endings
the office programs and web sites of public bodies themselves write other things, and open them again: a .doc that is a
web page, a .wps that is a docx. Those are read as what they are, and it is said. Nothing else is guessed at.
"""

from pathlib import PurePath

import msgspec

from guatu.adapters.content.kinds import Content, Language, is_encrypted_office, kind_name, sniff

Kinds = tuple[Content | None, ...]
_TEXT: Kinds = (None, "html", "script")
"""Words are words, also where they are markup."""
_OLD_TEXT: Kinds = ("ole", "docx", "rtf", "html", None)
_OLD_SHEET: Kinds = ("ole", "xlsx", "html", None)
_LOCKABLE = ("docx", "xlsx")
"""With a password they are wrapped in an old office file; the reader says that they have one."""

HOLDS: dict[str, Kinds] = {
    **dict.fromkeys((".docx", ".docm", ".dotx"), ("docx", None)),
    **dict.fromkeys((".doc", ".dot", ".wps", ".wpt"), _OLD_TEXT),
    **dict.fromkeys((".xlsx", ".xlsm"), ("xlsx", None)),
    **dict.fromkeys((".xls", ".et", ".ett"), _OLD_SHEET),
    **dict.fromkeys((".html", ".htm", ".shtml", ".xhtml"), ("html", None)),
    **dict.fromkeys((".txt", ".text", ".md", ".markdown", ".csv", ".json", ".geojson", ".bpmn", ".dmn", ".xml"), _TEXT),
    **dict.fromkeys((".jpg", ".jpeg"), ("jpeg",)),
    **dict.fromkeys((".tif", ".tiff"), ("tiff",)),
    **dict.fromkeys((".heic", ".heif"), ("heic",)),
    **dict.fromkeys((".mp4", ".mov"), ("video",)),
    **dict.fromkeys((".rar", ".7z", ".gz"), ("archive",)),
    ".rtf": ("rtf", None),
    ".odt": ("odt", None),
    ".ods": ("ods", None),
    ".pdf": ("pdf", None),
    ".pptx": ("pptx",),
    ".zip": ("zip", None),
    ".parquet": ("parquet", None),
    ".png": ("png",),
    ".gif": ("gif",),
    ".webp": ("webp",),
    ".bmp": ("bmp",),
}
"""By ending, the contents that it may stand on, its own first. None is what the first bytes do not tell: text, and
damaged files, of which the reader then says what is wrong."""


SENTENCES = (
    "{name}：后缀是“{suffix}”，内容却是“{zh}”，没有读取。请改正后缀，或用原来的程序另存为 {suffix} 后再试。",
    "{name}: its ending is '{suffix}', but it is {en}; it was not read. "
    "Correct the ending, or save it as {suffix} in its own program, and try again.",
)


class Disagreement(msgspec.Struct, frozen=True):
    """A file whose ending says one thing and whose content is another."""

    name: str
    suffix: str
    content: Content | None

    def params(self) -> dict[str, str]:
        """What the sentences name."""
        names = {"zh": kind_name(self.content, "zh"), "en": kind_name(self.content, "en")}
        return {"name": self.name, "suffix": self.suffix, **names}

    def message(self, language: Language = "zh") -> str:
        return SENTENCES[0 if language == "zh" else 1].format(**self.params())


def disagreement(data: bytes, name: str) -> Disagreement | None:
    """What a file is that is not what its name says; None where they agree or the ending is not known here."""
    suffix = PurePath(name).suffix.lower()
    content = sniff(data)
    held = HOLDS.get(suffix)
    if held is None or content in held or (held[0] in _LOCKABLE and content == "ole" and is_encrypted_office(data)):
        return None
    return Disagreement(name, suffix, content)


def taken_as(data: bytes, name: str) -> Content | None:
    """The content of a file that is read as something else than its ending's own; None for all others."""
    held = HOLDS.get(PurePath(name).suffix.lower())
    content = sniff(data)
    return content if held and held[0] is not None and content in held[1:] else None
