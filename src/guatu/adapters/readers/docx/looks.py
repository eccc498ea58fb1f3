"""What the look of letters says: struck through, hidden, raised or lowered; set on a run or by one of its styles."""

from typing import Any, Literal

import msgspec

from guatu.adapters.readers.docx.names import W, child, number, switched_on, value

Height = Literal["baseline", "superscript", "subscript"]
_MOVED_UP, _MOVED_DOWN = 0.25, -0.1
"""Shares of their own size by which letters are moved off the line, not only into its middle."""


class Look(msgspec.Struct, frozen=True):
    """None where it is not said."""

    struck: bool | None = None
    hidden: bool | None = None
    height: str | None = None

    def over(self, other: "Look") -> "Look":
        """This look where it says something, `other` elsewhere."""
        return Look(
            other.struck if self.struck is None else self.struck,
            other.hidden if self.hidden is None else self.hidden,
            self.height or other.height,
        )


class Looks:
    """The looks that the styles of a document give."""

    def __init__(self, styles: Any = None) -> None:
        self._own: dict[str, tuple[Look, str | None]] = {}
        self._of: dict[str, Look] = {"": Look()}
        self._usual = _look(child(styles, "docDefaults", "rPrDefault", "rPr"))
        for style in () if styles is None else styles.iterfind(W + "style"):
            look = _look(child(style, "rPr"))
            self._own[style.get(W + "styleId", "")] = look, value(style, "basedOn")

    def of(self, run: Any, paragraph_style: str | None) -> Look:
        """How a run looks: what it says itself goes before its style, and that before the style of its paragraph."""
        properties = child(run, "rPr")
        if properties is None and not paragraph_style:
            return self._usual
        named = self._style(value(properties, "rStyle")).over(self._style(paragraph_style))
        return _look(properties).over(named).over(self._usual)

    def _style(self, style: str | None) -> Look:
        """The look of a style with those that it is based on; styles may be based on each other in a ring."""
        key = style or ""
        chain: list[str] = []
        # Not by recursion: nothing bounds how long a chain a file may ask for.
        while key not in self._of:
            self._of[key] = Look()
            chain.append(key)
            key = self._own.get(key, (Look(), None))[1] or ""
        look = self._of[key]
        for name in reversed(chain):
            look = self._of[name] = self._own.get(name, (Look(), None))[0].over(look)
        return look


def _look(properties: Any) -> Look:
    if properties is None:
        return Look()
    said = [switched_on(properties, name) for name in ("strike", "dstrike") if child(properties, name) is not None]
    hidden = None if child(properties, "vanish") is None else switched_on(properties, "vanish")
    return Look(any(said) if said else None, hidden, value(properties, "vertAlign") or _placed(properties))


def _placed(properties: Any) -> str | None:
    """The height of small letters that are moved up or down, as LibreOffice writes raised and lowered ones."""
    moved, size = number(properties, "position"), number(properties, "sz")
    if not moved or not size:
        return None
    if moved > _MOVED_UP * size:
        return "superscript"
    return "subscript" if moved < _MOVED_DOWN * size else None
