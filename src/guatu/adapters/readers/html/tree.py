"""What the elements of a page are: shown or not, block or inline, text or furniture."""

import re
from collections.abc import Iterator
from typing import Any

UNSHOWN = frozenset(
    [
        "script",
        "style",
        "noscript",
        "template",
        "head",
        "iframe",
        "object",
        "embed",
        "svg",
        "canvas",
        "audio",
        "video",
        "select",
        "option",
        "button",
        "input",
        "textarea",
        "map",
        "area",
        "title",
        "meta",
        "link",
    ]
)
_PLAYED = frozenset(("iframe", "object", "embed", "canvas"))
"""Frames and objects that hold something of their own, which nobody reads here."""
FURNITURE = frozenset(("nav", "footer", "aside", "dialog", "menu"))
BLOCKS = frozenset(
    [
        "p",
        "div",
        "li",
        "ul",
        "ol",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "main",
        "header",
        "dl",
        "dt",
        "dd",
        "blockquote",
        "pre",
        "center",
        "form",
        "fieldset",
        "address",
        "figure",
        "figcaption",
        "hr",
        "table",
        "caption",
        "thead",
        "tbody",
        "tfoot",
        "tr",
        "td",
        "th",
        "body",
        "html",
        "br",
    ]
)
DEEPEST = 300
"""Levels of elements that are told apart; what lies deeper is read as plain text."""
_FURNITURE_NAMES = frozenset(
    [
        "nav",
        "navbar",
        "navigation",
        "menu",
        "submenu",
        "foot",
        "footer",
        "bottom",
        "copyright",
        "crumb",
        "crumbs",
        "breadcrumb",
        "breadcrumbs",
        "position",
        "location",
        "sidebar",
        "side",
        "aside",
        "share",
        "bdshare",
        "sharebox",
        "print",
        "printer",
        "related",
        "recommend",
        "comment",
        "comments",
        "search",
        "searchbox",
        "login",
        "banner",
        "logo",
        "pagination",
        "pager",
        "paging",
        "toolbar",
        "tool",
        "tools",
        "qrcode",
        "ewm",
        "dqwz",
        "weizhi",
        "friendlink",
        "friendlinks",
        "jiathis",
        "fontsize",
        "statement",
        "accessibility",
    ]
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?![.\d])", re.IGNORECASE)


def children(element: Any) -> Iterator[Any]:
    node = element.first_child
    while node is not None:
        yield node
        node = node.next


def is_text(node: Any) -> bool:
    return bool(node.is_text_node)


def text_of(node: Any) -> str:
    """The characters of a text node."""
    return str(node.text_content or "")


def attribute(element: Any, name: str) -> str:
    value = element.attributes.get(name)
    return "" if value is None else str(value)


def is_shown(element: Any) -> bool:
    if not element.is_element_node or element.tag in UNSHOWN:
        return False
    attributes = element.attributes
    return "hidden" not in attributes and not _HIDDEN.search(attributes.get("style") or "")


def unshown(node: Any) -> tuple[str, str]:
    """What an element that is not shown holds, under the code of its remark; scripts and the like hold nothing."""
    if not node.is_element_node or (node.tag in UNSHOWN and node.tag not in _PLAYED):
        return "read.hidden-text", ""
    if node.tag in _PLAYED:
        return "read.unread-parts", node.tag
    return "read.hidden-text", whole_text(node)


def is_furniture(element: Any) -> bool:
    """Whether the page's author calls this a menu, a footer, a search box: by tag, role, id or class."""
    if element.tag in FURNITURE:
        return True
    attributes = element.attributes
    if (attributes.get("role") or "") in ("navigation", "banner", "contentinfo", "search", "complementary"):
        return True
    if element.tag == "div" and attributes.get("title") in ("header", "footer"):  # as LibreOffice writes them
        return True
    names = f"{attributes.get('id') or ''} {attributes.get('class') or ''}"
    return any(word.lower() in _FURNITURE_NAMES for word in _WORD.findall(names))


def whole_text(element: Any) -> str:
    """All text below an element, shown or not, without white space."""
    return "".join(str(element.text(deep=True, separator="")).split())


def texts_outside(body: Any, main: Any) -> Iterator[str]:
    """The words that are shown outside an element below the body: what stands beside it and beside what holds it."""
    above = main
    while above is not None and above.mem_id != body.mem_id:
        for node in children(above.parent) if above.parent is not None else ():
            if node.mem_id == above.mem_id:
                continue
            if is_text(node):
                yield text_of(node)
            elif is_shown(node):
                yield whole_text(node)
        above = above.parent


_CONTAINER = re.compile(
    r"<(/?)(?:div|section|article|main|ul|ol|dl|blockquote|center|form|fieldset|table)\b", re.IGNORECASE
)


def is_too_deep(markup: str) -> bool:
    """Whether more containers are left open than any page has: the time to parse grows with the square of the depth."""
    depth = 0
    for match in _CONTAINER.finditer(markup):
        depth += -1 if match[1] else 1
        if depth > 10 * DEEPEST:
            return True
    return False
