"""Names of WordprocessingML (ECMA-376 part 1, 17) and short ways to reach them."""

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_STRICT = b"http://purl.oclc.org/ooxml/wordprocessingml/main"
_TRANSITIONAL = b"http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFF = {"0", "false", "off"}


def transitional(data: bytes) -> bytes:
    """A part of a file saved as "Strict Open XML", with the names that all other files use."""
    return data.replace(_STRICT, _TRANSITIONAL)


def local(element: Any) -> str:
    """The element's name without its namespace."""
    return str(element.tag).rpartition("}")[2]


def child(element: Any, *path: str) -> Any:
    """The first element at a path of names below `element`, or None."""
    for name in path:
        if element is None:
            return None
        element = element.find(W + name)
    return element


def value(element: Any, *path: str) -> str | None:
    """`w:val` of the element at a path, or None."""
    found = child(element, *path)
    text = None if found is None else found.get(W + "val")
    return None if text is None else str(text)


def number(element: Any, *path: str) -> int | None:
    """`w:val` as a number, or None where it is missing or no number."""
    text = value(element, *path)
    try:
        return None if text is None else int(text)
    except ValueError:
        return None


def switched_on(element: Any, *path: str) -> bool:
    """Whether an on/off property is set: `<w:vanish/>` is on, `<w:vanish w:val="0"/>` is off."""
    found = child(element, *path)
    return found is not None and found.get(W + "val", "1") not in _OFF
